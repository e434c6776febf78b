"""The result of an import: articles in page order, notes on doubtful decisions, and furniture."""

from dataclasses import dataclass
from typing import Literal, TypedDict

PieceKind = Literal["paragraph", "subhead", "caption"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, subhead or caption, with its first and last source line."""

    kind: PieceKind
    text: str
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Imported:
    """One article of the page."""

    title: tuple[str, ...]
    """Headline parts; empty if the page begins in the middle of an article."""
    place: str | None
    """Label of a place in the gazetteer; None if unknown."""
    place_id: int | None
    admin: tuple[str, ...]
    """Labels of the league and the county, if known."""
    dateline: str | None
    """As printed, including 讯."""
    authors: tuple[str, ...]
    byline: str
    """As printed, including brackets; a space separates several bylines."""
    paragraphs: tuple[Piece, ...]
    span: tuple[int, int]
    """First and last source line, counted from 1."""


@dataclass(frozen=True, slots=True)
class Note:
    """A doubtful decision that the user should check."""

    line: int
    code: str
    """Stable identifier for programs; listed in docs/import.md."""
    message: str
    confidence: float
    """Probability that the decision is right, from 0.5 to 1."""


@dataclass(frozen=True, slots=True)
class FurnitureLine:
    """A line of page furniture, as printed."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class JumpMark:
    """A jump line of an article: it goes on (`onward`) or began on another page. Page numbers are as in 3 or A3."""

    article: int
    """Index of the article in the result."""
    onward: bool
    page: str | None
    """The other page; None if the line names none."""
    on: str | None
    """The page with the jump line; None if unknown."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A doubtful decision on one line, as `import --review` shows it."""

    line: int
    offset: int
    """Characters of the page before the line, without white space. It names the line in the stored decisions."""
    label: str
    instead: str
    """The second-best label."""
    note: Note
    context: tuple[str, ...]
    """The lines around, as printed; `at` is the index of the line itself."""
    at: int


@dataclass(frozen=True, slots=True)
class ImportResult:
    """The articles of a page in order, the notes on them, and the furniture."""

    articles: tuple[Imported, ...]
    notes: tuple[Note, ...]
    furniture: tuple[FurnitureLine, ...] = ()
    """Lines outside all articles. Articles and furniture together are the whole page."""
    jumps: tuple[JumpMark, ...] = ()
    """JumpMark lines whose other half is in none of the pages of the same file."""
    doubts: tuple[Doubt, ...] = ()
    """Doubtful decisions on lines, in the order of the page."""
    digest: str = ""
    """Names the page, or the file of printed pages, in the stored decisions."""


Json = str | int | float | None | list["Json"] | dict[str, "Json"]


class PageJson(TypedDict):
    """The document that `--json` prints."""

    articles: list[Json]
    notes: list[Json]
    furniture: list[Json]


def as_json(result: ImportResult) -> PageJson:
    """Convert a result to values that JSON can hold."""
    return {
        "articles": [_article(one) for one in result.articles],
        "notes": [_note(one) for one in result.notes],
        "furniture": [{"line": one.line, "text": one.text} for one in result.furniture],
    }


def _article(article: Imported) -> Json:
    return {
        "title": list(article.title),
        "place": article.place,
        "place_id": article.place_id,
        "admin": list(article.admin),
        "dateline": article.dateline,
        "authors": list(article.authors),
        "byline": article.byline,
        "paragraphs": [{"kind": piece.kind, "text": piece.text} for piece in article.paragraphs],
        "span": list(article.span),
    }


def _note(note: Note) -> Json:
    return {"line": note.line, "code": note.code, "message": note.message, "confidence": round(note.confidence, 2)}
