"""Assembly of articles from labelled lines.

Joins lines into paragraphs, moves bylines and datelines out of the text, and restores full-width punctuation.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from .bylines import Byline, bracketed_byline
from .captions import credit_of
from .datelines import Dateline
from .features import LineFeatures
from .line_joints import joined
from .place_guess import PlaceFinder, PlaceGuess
from .punctuation import close_up, full_width
from .result import Imported, Piece, PieceKind
from .scores import Label
from .source_lines import SourceLine, for_analysis, simplified
from .text_cues import HAN, is_document_title, width

_SIGNED = re.compile(r"(?<=[。!?…”’)])\s?([(\[【]([^()\[\]【】]{2,60})[)\]】])$")
_DIGITS = tuple("0123456789.")
_REST = 0.8
_SPACED_WORD = re.compile(
    rf"(?<=^[{HAN}]) (?=[{HAN}]$)|(?<=^[{HAN}]) (?=[{HAN}] [{HAN}]$)|(?<=^[{HAN}] [{HAN}]) (?=[{HAN}]$)"
)
"""The spaces within a headline of two or three spaced characters: 短 波, 讣 告, 回 音 壁."""


@dataclass(frozen=True, slots=True)
class LabelledLine:
    """A line with the label assigned to it, from its words or from its position on paper."""

    line: SourceLine
    label: Label
    byline: Byline | None = None
    broken: bool = False
    """Whether this headline line continues the headline part above it."""
    dateline: Dateline | None = None
    """The dateline that begins on this line. Offsets count from the line's start through the joined lines."""


@dataclass
class Draft:
    """An article under construction, filled line by line."""

    headline: list[tuple[SourceLine, bool]] = field(default_factory=list)
    """Lines of the headline, each with whether it continues the part above."""
    pieces: list[tuple[PieceKind, list[SourceLine]]] = field(default_factory=list)
    bylines: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    datelines: dict[int, Dateline] = field(default_factory=dict)
    """Datelines by the number of the line on which they begin."""
    dateline: str | None = None
    filed_from: str = ""
    lines: list[int] = field(default_factory=list)


def labelled_lines(facts: Sequence[LineFeatures], labels: Sequence[Label]) -> Iterator[LabelledLine]:
    """Yield each line of a plain-text page with its label. `facts` and `labels` have the same length."""
    above: LineFeatures | None = None
    for fact, label in zip(facts, labels, strict=True):
        broken = (
            label == "more" and above is not None and _broken(above.text, above.full or above.over, fact.line.folded)
        )
        yield LabelledLine(fact.line, label, fact.byline, broken, fact.dateline)
        if label in ("headline", "more"):
            above = fact


def drafts_of(labelled: Iterable[LabelledLine]) -> list[Draft]:
    """Group labelled lines into drafts; each headline starts a new one."""
    drafts: list[Draft] = []
    for one in labelled:
        if one.label == "headline" or not drafts:
            drafts.append(Draft())
        draft = drafts[-1]
        draft.lines.append(one.line.number)
        if one.dateline:
            draft.datelines[one.line.number] = one.dateline
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
    """Return the article built from `draft`, and its place with a confidence."""
    pieces = [piece for kind, lines in draft.pieces for piece in _piece(draft, kind, lines)]
    title = _title(draft.headline)
    texts = [piece.text for piece in pieces]
    found = finder.place_of(draft.filed_from, [*map(simplified, title)], [*map(simplified, texts)])
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
    draft.authors += (_as_printed(author, byline) for author in authors)


def _as_printed(author: str, byline: str) -> str:
    """Return the author's name in the script of the byline. Analysis reads traditional script as simplified."""
    printed = re.sub(r"\s", "", byline)
    at = for_analysis(printed).find(author)
    return printed[at : at + len(author)] if at >= 0 else author


def _title(headline: Sequence[tuple[SourceLine, bool]]) -> tuple[str, ...]:
    """Return the headline's parts. A space or a line end separates parts, unless the line is marked as broken."""
    parts: list[str] = []
    for line, broken in headline:
        first, *others = _SPACED_WORD.sub("", full_width(line.text)).split(" ")
        if broken and parts:
            parts[-1] += first
        else:
            parts.append(first)
        parts += others
    return tuple(part for part in parts if part)


def _broken(above: str, reaches: bool, below: str) -> bool:
    """Return whether `below` continues the headline part that ends `above`. `reaches` means that `above` is full.

    Editors write headline parts of about equal length. Two lines are therefore one part if the first is full and the
    second is much shorter or at most two em, or if the line end splits a number or the title of a document.
    """
    if below.startswith("——"):
        return False
    first, second = width(above.split(" ")[-1]), width(below.split(" ")[0])
    if (above[-1:] in _DIGITS and below[:1] in _DIGITS) or is_document_title(above, below):
        return True
    return (reaches and abs(first - second) > 0.5 and second < _REST * width(above)) or (reaches and second <= 2)


def _piece(draft: Draft, kind: PieceKind, lines: Sequence[SourceLine]) -> Iterable[Piece]:
    text = joined(lines)[0]
    if kind == "paragraph":
        found = draft.datelines.get(lines[0].number)
        if found and draft.dateline is None:
            text = _without_dateline(draft, text, found)
        text = _without_byline(draft, text)
    elif kind == "caption":
        text = _without_credit(draft, text)
    if text:
        row = lines[0].printed is not None and lines[0].printed.row
        text = full_width(text) if kind == "subhead" or row else close_up(full_width(text))
        yield Piece(kind, text, (lines[0].number, lines[-1].number))


def _without_dateline(draft: Draft, text: str, found: Dateline) -> str:
    if found.end:
        draft.dateline = full_width(text[: found.end])
        draft.filed_from = found.place
    if found.byline:
        _sign(draft, text[found.byline_start : found.byline_end], found.byline.authors)
    return text[found.text_start :]


def _without_byline(draft: Draft, text: str) -> str:
    tail = max(0, len(text) - 64)
    signed = _SIGNED.search(for_analysis(text[tail:]))
    byline = bracketed_byline(signed[2]) if signed else None
    if signed is None or byline is None:
        return text
    _sign(draft, text[tail + signed.start(1) :], byline.authors)
    return text[: tail + signed.start()].rstrip()


def _without_credit(draft: Draft, text: str) -> str:
    credit = credit_of(for_analysis(text))
    if credit is None:
        return text
    start, byline = credit
    _sign(draft, text[start:], byline.authors)
    return text[:start].rstrip()
