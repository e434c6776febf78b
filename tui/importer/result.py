"""What an import gives: articles as they stand on the page, and a note for every doubtful decision."""

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
    """Headline parts; empty where the page begins in the middle of an article."""
    place: str | None
    """Label of a place of the gazetteer; None where nothing says one."""
    place_id: int | None
    admin: tuple[str, ...]
    """Labels of league and county, as far as they are known."""
    dateline: str | None
    """As printed, 讯 included."""
    authors: tuple[str, ...]
    byline: str
    """As printed, brackets included; several are parted by a space."""
    paragraphs: tuple[Piece, ...]
    span: tuple[int, int]
    """First and last source line, counted from 1."""


@dataclass(frozen=True, slots=True)
class Note:
    """A decision that the text alone does not settle."""

    line: int
    code: str
    """Stable, for programs; listed in docs/import.md."""
    message: str
    confidence: float
    """From 0.5 (as likely as not) to 1."""


@dataclass(frozen=True, slots=True)
class FurnitureLine:
    """A line of page furniture, as printed."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class ImportResult:
    """The articles of a page in their order, and what is doubtful about them."""

    articles: tuple[Imported, ...]
    notes: tuple[Note, ...]
    furniture: tuple[FurnitureLine, ...] = ()
    """What stands on the page and belongs to no article; articles and furniture together are the page."""


Json = str | int | float | None | list["Json"] | dict[str, "Json"]


class PageJson(TypedDict):
    """The form that `--json` prints."""

    articles: list[Json]
    notes: list[Json]
    furniture: list[Json]


def as_json(result: ImportResult) -> PageJson:
    """The result as plain values."""
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
