"""Import of printed pages, given as lines with positions on paper."""

from collections.abc import Iterable, Iterator, Sequence

from ..gazetteer import Gazetteer
from ..i18n import _
from .assemble import LabelledLine, drafts_of, finished_article
from .bylines import byline_in_place
from .furniture import is_jump_line
from .geometry.articles import articles_among
from .geometry.glyphs import PrintedPage
from .geometry.page_edges import edge_lines
from .geometry.printed_blocks import blocks_of
from .geometry.roles import PlacedLine, read_article
from .notes import notes_of_articles
from .place_guess import PlaceFinder
from .result import FurnitureLine, ImportResult, Note
from .source_lines import printed_source_line


def import_printed(pages: Sequence[PrintedPage], gazetteer: Gazetteer) -> ImportResult:
    """Return the articles of one file's pages. Line numbers count the lines of all pages in reading order."""
    finder = PlaceFinder(gazetteer)
    reader = _Numbering()
    labelled: list[LabelledLine] = []
    for page in pages:
        labelled += _page(page, reader)
    finished = [finished_article(draft, finder) for draft in drafts_of(labelled)]
    notes = [*reader.notes, *notes_of_articles(finished)]
    return ImportResult(
        tuple(article for article, _place in finished),
        tuple(sorted(notes, key=lambda note: (note.line, note.code))),
        tuple(reader.furniture),
    )


class _Numbering:
    """A counter of the lines of all pages, which also collects furniture and notes."""

    def __init__(self) -> None:
        self.lines = 0
        self.furniture: list[FurnitureLine] = []
        self.notes: list[Note] = []

    def next(self) -> int:
        self.lines += 1
        return self.lines


def _page(page: PrintedPage, reader: _Numbering) -> Iterator[LabelledLine]:
    edges = edge_lines(page)
    for line in sorted(edges, key=lambda one: (one.box.top, one.box.left)):
        reader.furniture.append(FurnitureLine(reader.next(), line.text))
    blocks = blocks_of(page, [line for line in page.lines if line not in edges])
    for article in articles_among(blocks):
        if article.doubtful:
            message = _("有的栏离哪个标题都不近，归到了最近的一篇。")
            reader.notes.append(Note(reader.lines + 1, "column", message, 0.6))
        yield from _article(read_article(article, blocks), reader)


def _article(placed: Iterable[PlacedLine], reader: _Numbering) -> Iterator[LabelledLine]:
    for one in placed:
        line = printed_source_line(reader.next(), one.line)
        if line is None:
            continue
        if is_jump_line(line.folded):
            reader.furniture.append(FurnitureLine(line.number, line.text))
            continue
        byline = byline_in_place(line.folded) if one.label in ("above", "byline") else None
        yield LabelledLine(line, one.label, byline, one.broken)
