"""Completions for articles, places, authors, bulletins, themes and queries."""

import re
from collections.abc import Iterable, Iterator

from ..clean import clean_line
from ..i18n import _
from ..paths import config_dir
from .arguments import Arguments
from .article_source import ArticleSource
from .open_library import open_source

Value = tuple[str, str]
"""The text to insert, and its description."""
MAX_VALUES = 5000
FIELDS = ("place:", "author:", "title:", "date:", "is:unread", "is:starred")


def values(arguments: Arguments, kind: str, typed: str = "") -> list[Value]:
    """Return at most `MAX_VALUES` values of `kind` that start with `typed`.

    Articles also match by an end of their id. Without a library only themes have values.
    """
    found = list(_unique_clean(_themes() if kind == "theme" else _of_library(arguments, kind)))
    started = [each for each in found if each[0].startswith(typed)]
    if not started and kind == "article":
        started = match_ends(found, typed)
    return started[:MAX_VALUES]


def match_ends(articles: Iterable[Value], typed: str) -> list[Value]:
    """Return the articles whose id has an end that starts with `typed`, preferably at the start of a word.

    A single article is given by its whole id. Several are given by those ends, because shells replace the typed text
    by the common start of all values.
    """
    articles = list(articles)
    for pattern in (rf"(?<![^/_.-]){re.escape(typed)}", re.escape(typed)):
        found = [(id, match.start(), about) for id, about in articles if (match := re.search(pattern, id))]
        if len(found) == 1:
            return [(id, about) for id, _start, about in found]
        if found:
            return [(id[start:], about) for id, start, about in found]
    return []


def _unique_clean(found: Iterable[Value]) -> Iterator[Value]:
    """Yield each value once, cleaned for the terminal."""
    for value, about in dict.fromkeys(found):
        yield clean_line(value), clean_line(about)


def _themes() -> list[Value]:
    from ..theme import BUILTIN
    from ..theme.user import user_themes

    user, _problems = user_themes(config_dir() / "themes")
    return [("auto", ""), *((theme.name, _(theme.label)) for theme in (*BUILTIN, *user))]


def _of_library(arguments: Arguments, kind: str) -> list[Value]:
    source = open_source(arguments)
    return [] if source is None else _values(source, kind)


def _values(source: ArticleSource, kind: str) -> list[Value]:
    if kind == "article":
        return [(entry.id, " ".join(entry.title)) for entry in source.entries()]
    if kind == "place":
        gazetteer = source.library.gazetteer()
        every = (*((gazetteer.region,) if gazetteer.region else ()), *gazetteer.places)
        return [(place.label, place.name) for place in every]
    if kind == "bulletin":
        return [(bulletin.id, bulletin.title) for bulletin in source.library.bulletins()]
    if kind == "author":
        return [(author, "") for entry in source.entries() for author in entry.authors]
    if kind == "query":
        return [(field, "") for field in FIELDS] + [
            (f"place:{entry.place}", "") for entry in source.entries() if entry.place
        ]
    return []
