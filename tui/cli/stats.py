"""The subcommand `stats`: count the articles by place, month, author or tag, and find their keywords."""

import sys
from collections.abc import Iterator
from typing import NamedTuple, cast

from ..article import GroupCounts
from ..cells import cell_len
from ..i18n import _
from .arguments import Arguments
from .article_source import ArticleSource, Grouping, group_keys
from .keywords import Keyword, keywords
from .open_library import open_source
from .output import Json, paged_output, remark, use_colour, write_json_list, write_lines
from .terminal_style import column_width, paint, printable_line

_BAR = 30
"""Cells of the longest bar."""
_MANY_ARTICLES = 20_000
"""Articles whose keywords take many seconds."""


class KeyedCount(NamedTuple):
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
    by, colour = cast(Grouping, arguments.text("by", "place")), use_colour(arguments)
    counts = source.group_counts(by)
    words = _words(source, by, counts) if arguments.flag("words") else {}
    groups = [KeyedCount(key, *count, words.get(key, [])) for key, count in counts.groups.items()]
    groups.sort(key=lambda group: group.key)
    groups.sort(key=lambda group: group.key if by == "month" else group.articles, reverse=True)
    bars = sys.stdout.isatty()
    with paged_output(arguments):
        _print(groups, {"by": by, "total": counts.total}, arguments.format(), colour, bars)
    return 0 if groups else 1


def _words(source: ArticleSource, by: Grouping, counts: GroupCounts) -> dict[str, list[Keyword]]:
    """Return the keywords of each group. Reads every article, and says so if that takes long."""
    if counts.total > _MANY_ARTICLES:
        remark(_("要读完全部 {n} 篇文章。").format(n=counts.total))
    issued = {bulletin.id: bulletin.issued for bulletin in source.library.bulletins()}
    ids: dict[str, list[str]] = {}
    for entry in source.entries():
        for key in group_keys(entry, by, issued.get(entry.bulletin_id)):
            ids.setdefault(key, []).append(entry.id)

    def texts(ids: list[str]) -> Iterator[str]:
        for article in source.articles(ids):
            yield from (*article.title, article.body)

    size = sum(count.characters for count in counts.groups.values())
    places = source.library.gazetteer().places if ids else ()
    names = {name for place in places for name in (place.name, place.label)}
    return keywords({key: texts(of_group) for key, of_group in ids.items()}, size, names=names)


def _print(counts: list[KeyedCount], about: dict[str, Json], output_format: str, colour: bool, bars: bool) -> None:
    if output_format == "json":
        write_json_list("groups", map(_json, counts), about)
    elif output_format == "csv":
        from ..export.csv_file import csv_lines

        rows = ((one.key, one.articles, one.characters, _joined(one.words)) for one in counts)
        for line in csv_lines((str(about["by"]), "articles", "characters", "words"), rows):
            print(line, end="")
    else:
        write_lines(_lines(counts, colour, bars))


def _json(count: KeyedCount) -> dict[str, Json]:
    words: list[Json] = [{"word": one.word, "count": one.times, "score": one.score} for one in count.words]
    return {"key": count.key or None, "articles": count.articles, "characters": count.characters, "words": words}


def _lines(counts: list[KeyedCount], colour: bool, bars: bool) -> Iterator[str]:
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
