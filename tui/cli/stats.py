"""The subcommand `stats`: count the articles by place, month, author or tag, and find their keywords."""

import sys
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..article import ArticleSummary
from ..cells import cell_len
from ..i18n import _
from .arguments import Arguments
from .article_source import ArticleSource
from .keywords import Keyword, keywords
from .open_library import open_source
from .output import Json, paged_output, use_colour, write_json_list, write_lines
from .terminal_style import column_width, paint, printable_line

_BAR = 30
"""Cells of the longest bar."""


class GroupCount(NamedTuple):
    """The counts of one place, month, author or tag. The key is empty for articles without one."""

    key: str
    articles: int
    characters: int
    words: list[Keyword]


def run(arguments: Arguments) -> int:
    """Print the counts, and return 1 if there are no articles."""
    source = open_source(arguments)
    if source is None:
        return 2
    by, colour = arguments.text("by", "place"), use_colour(arguments)
    tally = _Tally(source, by, arguments.flag("words"))
    words = _words(source, tally)
    counts = [
        GroupCount(key, articles, characters, words.get(key, []))
        for key, (articles, characters) in tally.counts.items()
    ]
    counts.sort(key=lambda count: count.key if by == "month" else count.articles, reverse=True)
    bars = sys.stdout.isatty()
    with paged_output(arguments):
        _print(counts, {"by": by, "total": tally.total}, arguments.format(), colour, bars)
    return 0 if counts else 1


class _Tally:
    """The numbers of articles and characters of each group, and with `keep_ids` the ids of the articles."""

    def __init__(self, source: ArticleSource, by: str, keep_ids: bool) -> None:
        self.total = 0
        self.counts: dict[str, tuple[int, int]] = {}
        self.ids: dict[str, list[str]] = {}
        issued = {bulletin.id: bulletin.issued for bulletin in source.library.bulletins()}
        for entry in source.entries():
            self.total += 1
            for key in _keys(entry, by, issued.get(entry.bulletin_id)):
                articles, characters = self.counts.get(key, (0, 0))
                self.counts[key] = articles + 1, characters + entry.characters
                if keep_ids:
                    self.ids.setdefault(key, []).append(entry.id)


def _keys(entry: ArticleSummary, by: str, issued: str | None) -> Iterable[str]:
    if by == "author":
        return entry.authors or ("",)
    if by == "tag":
        return entry.tags or ("",)
    return ((entry.date or issued or "")[:7],) if by == "month" else (entry.place or "",)


def _words(source: ArticleSource, tally: _Tally) -> dict[str, list[Keyword]]:
    def texts(ids: list[str]) -> Iterator[str]:
        for article in source.articles(ids):
            yield from (*article.title, article.body)

    size = sum(characters for _articles, characters in tally.counts.values())
    places = source.library.gazetteer().places if tally.ids else ()
    names = {name for place in places for name in (place.name, place.label)}
    return keywords({key: texts(ids) for key, ids in tally.ids.items()}, size, names=names)


def _print(counts: list[GroupCount], about: dict[str, Json], output_format: str, colour: bool, bars: bool) -> None:
    if output_format == "json":
        write_json_list("groups", map(_json, counts), about)
    elif output_format == "csv":
        from ..export.csv_file import csv_lines

        rows = ((one.key, one.articles, one.characters, _joined(one.words)) for one in counts)
        for line in csv_lines((str(about["by"]), "articles", "characters", "words"), rows):
            print(line, end="")
    else:
        write_lines(_lines(counts, colour, bars))


def _json(count: GroupCount) -> dict[str, Json]:
    words: list[Json] = [{"word": one.word, "count": one.times, "score": one.score} for one in count.words]
    return {"key": count.key or None, "articles": count.articles, "characters": count.characters, "words": words}


def _lines(counts: list[GroupCount], colour: bool, bars: bool) -> Iterator[str]:
    """Yield a line for each group, with bars if the output is a terminal."""
    labels = [printable_line(count.key) or _("未注明") for count in counts]
    column = column_width(map(cell_len, labels))
    most = max((count.articles for count in counts), default=1)
    digits = len(str(most))
    for label, count in zip(labels, counts, strict=True):
        columns = [label + " " * (column - cell_len(label)), f"{count.articles:>{digits}}"]
        if bars:
            bar = "▪" * max(1, round(_BAR * count.articles / most))
            columns.append(paint(bar, "found", colour) + " " * (_BAR - len(bar) if count.words else 0))
        if count.words:
            columns.append(_joined(count.words))
        yield "  ".join(columns)


def _joined(words: list[Keyword]) -> str:
    return _("、").join(one.word for one in words)
