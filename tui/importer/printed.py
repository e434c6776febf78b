"""Import of printed pages, given as lines with positions on paper."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from ..gazetteer import Gazetteer
from ..i18n import _
from .assemble import Draft, LabelledLine, drafts_of, finished_article
from .bylines import byline_in_place
from .datelines import Dateline, dateline_of
from .decisions import Decisions
from .folio import page_number
from .furniture import is_jump_line
from .geometry.articles import article_of_jump, articles_among, last_article
from .geometry.glyphs import PrintedPage
from .geometry.page_edges import edge_lines, is_scanned
from .geometry.printed_blocks import blocks_of
from .geometry.roles import PlacedLine, read_article
from .jumps import jump_of
from .line_joints import joined
from .notes import notes_of_articles
from .place_guess import PlaceFinder
from .printed_review import PrintedReview
from .result import FurnitureLine, ImportResult, JumpMark, Note
from .source_lines import printed_source_line, to_half_width
from .text_cues import closed

_DATELINE_LINES = 14
"""Lines of a narrow column that a dateline and the byline in it may take."""


def import_printed(
    pages: Sequence[PrintedPage], gazetteer: Gazetteer, decisions: Decisions | None = None
) -> ImportResult:
    """Return the articles of one file's pages, as the user decided.

    Line numbers count the lines of all pages in reading order.
    """
    finder = PlaceFinder(gazetteer)
    review = PrintedReview(pages, decisions)
    reader = _Reading(review, gazetteer)
    for page in pages:
        reader.read(page)
    finished = [finished_article(draft, finder) for draft in reader.drafts]
    doubts = tuple(review.doubts())
    notes = [*reader.notes, *notes_of_articles(finished), *(doubt.note for doubt in doubts)]
    return ImportResult(
        tuple(article for article, _place in finished),
        tuple(sorted(notes, key=lambda note: (note.line, note.code))),
        tuple(reader.furniture),
        tuple(reader.jumps),
        doubts,
        review.digest,
    )


def extend(draft: Draft, rest: Draft) -> None:
    """Add the part of an article that is on the next page. A sentence that the page break divides becomes whole."""
    pieces = list(rest.pieces)
    if draft.pieces and pieces and draft.pieces[-1][0] == pieces[0][0] == "paragraph":
        above = draft.pieces[-1][1]
        if not closed(above[-1].folded):
            above += pieces.pop(0)[1]
    draft.pieces += pieces
    draft.bylines += rest.bylines
    draft.authors += rest.authors
    draft.datelines |= rest.datelines
    draft.lines += rest.lines


class _Reading:
    """What was found on the pages read so far. Lines are numbered through all of them."""

    def __init__(self, review: PrintedReview, gazetteer: Gazetteer) -> None:
        self._review, self._gazetteer = review, gazetteer
        self.lines = 0
        self.drafts: list[Draft] = []
        self.furniture: list[FurnitureLine] = []
        self.notes: list[Note] = []
        self.jumps: list[JumpMark] = []
        self.open: int | None = None
        """Index of the draft that may continue on the next page: the one at the foot of the last column."""

    def read(self, page: PrintedPage) -> None:
        """Add the articles, furniture and jump lines of a page."""
        if is_scanned(page):
            message = _("第 {page} 页是扫描件，没有文字层。").format(page=page.number)
            self.notes.append(Note(self.lines + 1, "scanned-page", message, 1.0))
        edges = sorted(edge_lines(page), key=lambda one: (one.box.top, one.box.left))
        for line in edges:
            self.furniture.append(FurnitureLine(self._next(), line.text))
        number = page_number(line.text for line in edges if not is_jump_line(to_half_width(line.text)))
        jumps = [line for line in edges if is_jump_line(to_half_width(line.text))]
        blocks = blocks_of(page, [line for line in page.lines if line not in edges])
        articles = articles_among(blocks, follows=self.open is not None)
        owners = {id(line): article_of_jump(line, articles) for line in jumps}
        last = last_article(blocks, articles)
        before = self.open
        for at, article in enumerate(articles):
            if article.doubtful:
                message = _("有的栏离哪个标题都不近，归到了最近的一篇。")
                self.notes.append(Note(self.lines + 1, "column", message, 0.6))
            drafts = drafts_of(self._labelled(read_article(article, blocks)))
            if article.continues and before is not None and len(drafts) == 1:
                extend(self.drafts[before], drafts[0])
                if at == last:
                    self.open = before
                continue
            if at == last and drafts:
                self.open = len(self.drafts) + len(drafts) - 1
            if drafts:
                marks = (jump_of(line.text, len(self.drafts), number) for line in jumps if owners[id(line)] is article)
                self.jumps += [mark for mark in marks if mark]
            self.drafts += drafts

    def _next(self) -> int:
        self.lines += 1
        return self.lines

    def _labelled(self, placed: Iterable[PlacedLine]) -> Iterator[LabelledLine]:
        rows: list[LabelledLine] = []
        for one in placed:
            line = printed_source_line(self._next(), one.line)
            if line is None:
                continue
            if is_jump_line(line.folded):
                self.furniture.append(FurnitureLine(line.number, line.text))
                continue
            label, broken = self._review.label_of(line, one)
            byline = byline_in_place(line.folded) if label in ("above", "byline") else None
            rows.append(LabelledLine(line, label, byline, broken))
        for at, row in enumerate(rows):
            yield (
                replace(row, dateline=self._dateline(rows[at : at + _DATELINE_LINES]))
                if row.label == "paragraph"
                else row
            )

    def _dateline(self, rows: Sequence[LabelledLine]) -> Dateline | None:
        """Return the dateline that opens the paragraph with which the rows begin."""
        below = takewhile(lambda row: row.label == "join", rows[1:])
        return dateline_of(joined([rows[0].line, *(row.line for row in below)])[1], self._gazetteer)
