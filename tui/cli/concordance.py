"""The subcommand `concordance`: print a line for every occurrence of a query, aligned on the match."""

import sys
from collections.abc import Iterable, Iterator
from shutil import get_terminal_size
from typing import NamedTuple

from ..cells import cell_len, character_width
from ..i18n import _
from ..search import Hit
from ..text.document import Field, fields
from .arguments import Arguments
from .article_source import ArticleSource
from .exit_status import AnsweredInterrupt
from .open_library import open_source
from .output import Json, paged_output, remark, use_colour, write_json_list, write_jsonl, write_lines
from .terminal_style import paint, printable_line

CONTEXT_CELLS = 30
"""Cells of text on either side of a match, where the terminal's width does not decide."""
_MIN_CELLS, _ID_CELLS = 10, 30
"""Cells: the least context, and the space left for id and position on a terminal."""
_LONGEST = 200
"""Code points of context beyond one a cell, as marks and joiners take none."""
_COLUMNS = ("article", "field", "start", "end", "left", "match", "right", "title", "place", "date")


class Occurrence(NamedTuple):
    """A match with the text around it, all from one field."""

    hit: Hit
    field: Field
    start: int
    """Code points, as in a hit's spans."""
    end: int
    left: str
    match: str
    right: str


def run(arguments: Arguments) -> int:
    """Print the occurrences of the query, and return 1 if there are none."""
    source = open_source(arguments, for_search=True)
    if source is None:
        return 2
    answer = source.search(" ".join(arguments.operands), None, arguments.flag("newest"))
    if answer.refusal:
        remark(f"ganews-tui: {answer.refusal}")
        return 2
    width = arguments.number("context") or _context_cells()
    found = _Counted(occurrences(source, answer.hits, width), arguments.number("limit"))
    about: dict[str, Json] = {"query": answer.query, "read_as": answer.read_as}
    with paged_output(arguments):
        _print(found, arguments.format(), about, width, use_colour(arguments))
    if arguments.format() == "text":
        remark(_("{n} 处，在 {articles} 篇里。").format(n=found.count, articles=len(found.articles)))
    if answer.is_from_files and answer.partial:  # the user interrupted the reading
        sys.stdout.flush()
        raise AnsweredInterrupt
    return 0 if found.count else 1


class _Counted:
    """An iterator over at most `limit` occurrences that counts them and their articles."""

    def __init__(self, found: Iterator[Occurrence], limit: int | None) -> None:
        self._found, self._limit = found, limit
        self.count = 0
        self.articles: set[str] = set()

    def __iter__(self) -> Iterator[Occurrence]:
        while self._limit is None or self.count < self._limit:
            one = next(self._found, None)
            if one is None:
                return
            self.count += 1
            self.articles.add(one.hit.article)
            yield one


def occurrences(source: ArticleSource, hits: Iterable[Hit], width: int) -> Iterator[Occurrence]:
    """Yield every match of every hit, with `width` cells of context on either side; skip articles that have gone."""
    for hit in hits:
        article = source.article(hit.article) if hit.spans else None
        texts = dict(fields(article)) if article else {}
        for field, start, end in hit.spans:
            if text := texts.get(field):
                left, right = _last_cells(text[:start], width), _first_cells(text[end:], width)
                yield Occurrence(hit, field, start, end, left, text[start:end], right)


def _context_cells() -> int:
    if not sys.stdout.isatty():
        return CONTEXT_CELLS
    return max(_MIN_CELLS, (get_terminal_size().columns - _ID_CELLS) // 2)


def _first_cells(text: str, width: int) -> str:
    """Return the beginning of the text that takes at most `width` cells."""
    end = 0
    for character in text[: width + _LONGEST]:
        width -= character_width(character)
        if width < 0:
            break
        end += 1
    return text[:end]


def _last_cells(text: str, width: int) -> str:
    """Return the end of the text that takes at most `width` cells, without marks that lost their character."""
    start = len(text)
    for character in reversed(text[-width - _LONGEST :]):
        width -= character_width(character)
        if width < 0:
            break
        start -= 1
    while start < len(text) and not character_width(text[start]):
        start += 1
    return text[start:]


def _print(found: Iterable[Occurrence], output_format: str, about: dict[str, Json], width: int, colour: bool) -> None:
    if output_format == "json":
        write_json_list("occurrences", map(occurrence_json, found), about)
    elif output_format == "jsonl":
        write_jsonl(map(occurrence_json, found))
    elif output_format == "csv":
        from ..export.csv_file import csv_lines

        rows = ((*_values(one), " ".join(one.hit.title), one.hit.place, one.hit.date) for one in found)
        for line in csv_lines(_COLUMNS, rows):
            print(line, end="")
    else:
        write_lines(_line(one, width, colour) for one in found)


def _values(one: Occurrence) -> tuple[str | int, ...]:
    return (one.hit.article, one.field, one.start, one.end, one.left, one.match, one.right)


def occurrence_json(one: Occurrence) -> dict[str, Json]:
    """Return the occurrence as JSON; field, start and end are those of a hit's span."""
    return dict(zip(_COLUMNS, _values(one), strict=False))


def _line(one: Occurrence, width: int, colour: bool) -> str:
    """Return a line in which the match begins `width` cells and a space from the left."""
    left, right = printable_line(one.left), _first_cells(printable_line(one.right), width)
    gap = " " * max(0, width - cell_len(left))
    after = " " * max(0, width - cell_len(right))
    where = paint(f"{one.hit.article} {one.field}:{one.start}", "quiet", colour)
    return f"{gap}{left} {paint(one.match, 'found', colour)} {right}{after}  {where}"
