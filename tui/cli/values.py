"""What can stand for an article, a place, an author, a bulletin, a theme or the start of a query: for completions."""

import re
from collections.abc import Iterable, Iterator

from ..clean import clean_line
from ..i18n import _
from .arguments import Arguments
from .article_source import ArticleSource
from .open_library import open_source

Value = tuple[str, str]
"""What is typed, and what it is."""
_MOST = 5000
FIELDS = ("place:", "author:", "title:", "date:", "is:unread", "is:starred")


def values(arguments: Arguments, kind: str, typed: str = "") -> list[Value]:
    """Return at most some thousand values of this kind that start with what is typed.

    An article is found by an end of its id too. Without a library there are themes only.
    """
    found = list(_unique(_themes() if kind == "theme" else _of_library(arguments, kind)))
    started = [each for each in found if each[0].startswith(typed)]
    if not started and kind == "article":
        started = by_their_end(found, typed)
    return started[:_MOST]


def by_their_end(articles: Iterable[Value], typed: str) -> list[Value]:
    """Return the articles with an end that starts with what is typed.

    A single one is given by its whole id, several by these ends: shells replace what is typed by what all have in
    common. Ends at the start of a word of the id come first.
    """
    articles = list(articles)
    for pattern in (rf"(?<![^/_.-]){re.escape(typed)}", re.escape(typed)):
        found = [(id, match.start(), about) for id, about in articles if (match := re.search(pattern, id))]
        if len(found) == 1:
            return [(id, about) for id, _start, about in found]
        if found:
            return [(id[start:], about) for id, start, about in found]
    return []


def _unique(found: Iterable[Value]) -> Iterator[Value]:
    """Each value once, harmless in a terminal."""
    for value, about in dict.fromkeys(found):
        yield clean_line(value), clean_line(about)


def _themes() -> list[Value]:
    from ..paths import config_dir
    from ..theme import BUILTIN
    from ..theme.user import user_themes

    own, _problems = user_themes(config_dir() / "themes")
    return [("auto", ""), *((look.name, _(look.label)) for look in (*BUILTIN, *own))]


def _of_library(arguments: Arguments, kind: str) -> list[Value]:
    shelf = open_source(arguments)
    return [] if shelf is None else _values(shelf, kind)


def _values(shelf: ArticleSource, kind: str) -> list[Value]:
    if kind == "article":
        return [(entry.id, " ".join(entry.title)) for entry in shelf.entries()]
    if kind == "place":
        gazetteer = shelf.library.gazetteer()
        every = (*((gazetteer.region,) if gazetteer.region else ()), *gazetteer.places)
        return [(place.label, place.name) for place in every]
    if kind == "bulletin":
        return [(bulletin.id, bulletin.title) for bulletin in shelf.library.bulletins()]
    if kind == "author":
        return [(author, "") for entry in shelf.entries() for author in entry.authors]
    if kind == "query":
        return [(field, "") for field in FIELDS] + [
            (f"place:{entry.place}", "") for entry in shelf.entries() if entry.place
        ]
    return []
