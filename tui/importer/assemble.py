"""Labelled lines into articles: pieces joined, bylines and datelines lifted out of the text, punctuation restored."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ..gazetteer import Gazetteer
from .bylines import Byline, bracketed_byline, continued
from .captions import credit_of
from .datelines import dateline_of
from .features import LineFeatures
from .lines import SourceLine, to_half_width
from .places import PlaceFinder, PlaceGuess
from .punctuation import close_up, full_width
from .result import Imported, Piece, PieceKind
from .scores import Label
from .text_cues import width

_SIGNED = re.compile(r"(?<=[。!?…”’)])\s?([(\[【]([^()\[\]【】]{2,60})[)\]】])$")
_WORD_BEFORE, _WORD_AFTER = re.compile(r"[a-z]{2}[,.;]?$"), re.compile(r"^[A-Za-z]?[a-z]+\b", re.ASCII)


_OPEN_BRACKET, _CLOSE_BRACKET = re.compile(r"\([^()]+$"), re.compile(r"^[^()]*\)")
_DIGITS = tuple("0123456789.")
_REST = 0.8


@dataclass(frozen=True, slots=True)
class LabelledLine:
    """A line and what it was decided to be, by its words or by its place on paper."""

    line: SourceLine
    label: Label
    byline: Byline | None = None
    broken: bool = False
    """Whether a line of a headline goes on with the part above it."""


@dataclass
class Draft:
    """An article as its lines come in."""

    headline: list[tuple[SourceLine, bool]] = field(default_factory=list)
    """Lines of the headline; whether the line goes on with the part above it."""
    pieces: list[tuple[PieceKind, list[SourceLine]]] = field(default_factory=list)
    bylines: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    dateline: str | None = None
    filed_from: str = ""
    lines: list[int] = field(default_factory=list)


def labelled_lines(facts: Sequence[LineFeatures], labels: Sequence[Label]) -> Iterator[LabelledLine]:
    """Yield the lines of a page of plain text with their labels."""
    above: LineFeatures | None = None
    for fact, label in zip(facts, labels, strict=True):
        broken = (
            label == "more" and above is not None and _broken(above.text, above.full or above.over, fact.line.folded)
        )
        yield LabelledLine(fact.line, label, fact.byline, broken)
        if label in ("headline", "more"):
            above = fact


def drafts_of(labelled: Iterable[LabelledLine]) -> list[Draft]:
    """Return the articles' lines, sorted by what they are."""
    drafts: list[Draft] = []
    for one in labelled:
        if one.label == "headline" or not drafts:
            drafts.append(Draft())
        draft = drafts[-1]
        draft.lines.append(one.line.number)
        if one.label in ("headline", "more"):
            draft.headline.append((one.line, one.broken))
        elif one.label in ("above", "byline"):
            _sign(draft, one.line.text, one.byline.authors if one.byline else ())
        elif one.label in ("join", "caption-join", "subhead-more") and draft.pieces:
            draft.pieces[-1][1].append(one.line)
        else:
            draft.pieces.append((_kind(one.label), [one.line]))
    return drafts


def finished_article(draft: Draft, finder: PlaceFinder) -> tuple[Imported, PlaceGuess]:
    """The article of a draft, and how sure its place is."""
    pieces = [piece for kind, lines in draft.pieces for piece in _piece(draft, kind, lines, finder.gazetteer)]
    title = _title(draft.headline)
    texts = [piece.text for piece in pieces]
    found = finder.place_of(draft.filed_from, title, texts)
    place = found.place
    article = Imported(
        title=title,
        place=place.label if place else None,
        place_id=place.id if place else None,
        admin=finder.hierarchy(place),
        dateline=draft.dateline,
        authors=tuple(dict.fromkeys(draft.authors)),
        byline=" ".join(draft.bylines),
        paragraphs=tuple(pieces),
        span=(draft.lines[0], draft.lines[-1]),
    )
    return article, found


def _kind(label: Label) -> PieceKind:
    if label in ("subhead", "subhead-more"):
        return "subhead"
    return "caption" if label in ("caption", "caption-join") else "paragraph"


def _sign(draft: Draft, byline: str, authors: Iterable[str]) -> None:
    draft.bylines.append(full_width(byline.strip()))
    draft.authors += authors


def _title(headline: Sequence[tuple[SourceLine, bool]]) -> tuple[str, ...]:
    """Return the headline's parts: separated by spaces, or on lines of their own unless a column only broke them."""
    parts: list[str] = []
    for line, broken in headline:
        first, *others = full_width(line.text).split(" ")
        if broken and parts:
            parts[-1] += first
        else:
            parts.append(first)
        parts += others
    return tuple(part for part in parts if part)


def _broken(above: str, reaches: bool, below: str) -> bool:
    """Whether two lines of a headline are one part.

    The parts of a headline are cut to about one length; a line that reaches the measure and leaves a shorter rest, a
    rest of a word or two, or a number broken in two, is one part.
    """
    if below.startswith("——"):
        return False
    first, second = width(above.split(" ")[-1]), width(below.split(" ")[0])
    if above[-1:] in _DIGITS and below[:1] in _DIGITS:
        return True
    return (reaches and abs(first - second) > 0.5 and second < _REST * width(above)) or (reaches and second <= 2)


def _piece(draft: Draft, kind: PieceKind, lines: Sequence[SourceLine], gazetteer: Gazetteer) -> Iterable[Piece]:
    text = _joined(lines)
    if kind == "paragraph":
        if draft.dateline is None:
            text = _without_dateline(draft, text, gazetteer)
        text = _without_byline(draft, text)
    elif kind == "caption":
        text = _without_credit(draft, text)
    if text:
        text = full_width(text) if kind == "subhead" else close_up(full_width(text))
        yield Piece(kind, text, (lines[0].number, lines[-1].number))


def _joined(lines: Sequence[SourceLine]) -> str:
    """Lines put together: nothing between Chinese, a space between Latin words."""
    pieces = [lines[0].text]
    for line in lines[1:]:
        if (_WORD_BEFORE.search(pieces[-1]) and _WORD_AFTER.match(line.text)) or _names_part(pieces[-1], line.text):
            pieces.append(" ")
        pieces.append(line.text)
    return "".join(pieces)


def _names_part(above: str, below: str) -> bool:
    """Whether a bracketed byline was broken between two names, where a space stood."""
    opening, closing = _OPEN_BRACKET.search(to_half_width(above[-40:])), _CLOSE_BRACKET.match(to_half_width(below[:40]))
    if not opening or not closing:
        return False
    return continued(opening[0], closing[0]) == f"{opening[0]} {closing[0]}"


def _without_dateline(draft: Draft, text: str, gazetteer: Gazetteer) -> str:
    found = dateline_of(to_half_width(text[:160]), gazetteer)
    if not found:
        return text
    if found.end:
        draft.dateline = full_width(text[: found.end])
        draft.filed_from = found.place
    if found.byline:
        _sign(draft, text[found.byline_start : found.byline_end], found.byline.authors)
    return text[found.text_start :]


def _without_byline(draft: Draft, text: str) -> str:
    tail = max(0, len(text) - 64)
    signed = _SIGNED.search(to_half_width(text[tail:]))
    byline = bracketed_byline(signed[2]) if signed else None
    if signed is None or byline is None:
        return text
    _sign(draft, text[tail + signed.start(1) :], byline.authors)
    return text[: tail + signed.start()].rstrip()


def _without_credit(draft: Draft, text: str) -> str:
    credit = credit_of(to_half_width(text))
    if credit is None:
        return text
    start, byline = credit
    _sign(draft, text[start:], byline.authors)
    return text[:start].rstrip()
