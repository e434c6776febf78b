"""`stats`: how many articles there are by place, month or author, and which words set them apart."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..cells import cell_len
from ..clean import clean_line
from ..words import _
from .arguments import Arguments
from .distinctive import Distinctive, distinctive
from .opened import opened_shelf
from .output import Json, coloured, paged, write_json_list, write_lines
from .shelf import Entry, Shelf
from .style import painted

_BAR = 30
"""Cells of the longest bar."""


class Count(NamedTuple):
    """One place, month or author; the key is empty for articles without."""

    key: str
    articles: int
    characters: int
    words: list[Distinctive]


def run(arguments: Arguments) -> int:
    """Print the counts; 1 when there is nothing to count."""
    shelf = opened_shelf(arguments)
    if shelf is None:
        return 2
    by, colour = arguments.text("by", "place"), coloured(arguments)
    groups = _grouped(shelf, by)
    told = _words(shelf, groups) if arguments.flag("words") else {}
    counts = [
        Count(key, len(entries), sum(entry.characters for entry in entries), told.get(key, []))
        for key, entries in groups.items()
    ]
    counts.sort(key=lambda count: count.key if by == "month" else count.articles, reverse=True)
    total = len({entry.id for entries in groups.values() for entry in entries})
    with paged(arguments):
        _print(counts, {"by": by, "total": total}, arguments.format(), colour)
    return 0 if counts else 1


def _grouped(shelf: Shelf, by: str) -> dict[str, list[Entry]]:
    issued = {bulletin.id: bulletin.issued for bulletin in shelf.library.bulletins()}
    groups: dict[str, list[Entry]] = {}
    for entry in shelf.entries():
        for key in _keys(entry, by, issued.get(entry.bulletin)):
            groups.setdefault(key, []).append(entry)
    return groups


def _keys(entry: Entry, by: str, issued: str | None) -> Iterable[str]:
    if by == "author":
        return entry.authors or ("",)
    return ((entry.date or issued or "")[:7],) if by == "month" else (entry.place or "",)


def _words(shelf: Shelf, groups: dict[str, list[Entry]]) -> dict[str, list[Distinctive]]:
    def texts(entries: list[Entry]) -> Iterator[str]:
        for entry in entries:
            if article := shelf.article(entry.id):
                yield from (*article.title, article.body)

    return distinctive({key: texts(entries) for key, entries in groups.items()})


def _print(counts: list[Count], about: dict[str, Json], wanted: str, colour: bool) -> None:
    if wanted == "json":
        write_json_list("groups", map(_json, counts), about)
    elif wanted == "csv":
        from ..export.table import csv_lines

        rows = ((one.key, one.articles, one.characters, _joined(one.words)) for one in counts)
        for line in csv_lines((str(about["by"]), "articles", "characters", "words"), rows):
            print(line, end="")
    else:
        write_lines(_lines(counts, colour))


def _json(count: Count) -> dict[str, Json]:
    words: list[Json] = [{"word": one.word, "count": one.times, "score": one.score} for one in count.words]
    return {"key": count.key or None, "articles": count.articles, "characters": count.characters, "words": words}


def _lines(counts: list[Count], colour: bool) -> Iterator[str]:
    labels = [clean_line(count.key) or _("未注明") for count in counts]
    column = max(map(cell_len, labels), default=0)
    most = max((count.articles for count in counts), default=1)
    digits = len(str(most))
    for label, count in zip(labels, counts, strict=True):
        bar = "▪" * max(1, round(_BAR * count.articles / most))
        gap = " " * (column - cell_len(label))
        line = f"{label}{gap}  {count.articles:>{digits}}  {painted(bar, 'found', colour)}"
        yield line + (f"{' ' * (_BAR - len(bar) + 2)}{_joined(count.words)}" if count.words else "")


def _joined(words: list[Distinctive]) -> str:
    return _("、").join(one.word for one in words)
