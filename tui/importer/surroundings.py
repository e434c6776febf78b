"""The text around a line: its paragraph, and the text above and below a heading."""

from collections.abc import Sequence

from .cohesion import ABOVE, BELOW
from .features import LineFeatures

_MOST_LINES = 60


def paragraph_at(facts: Sequence[LineFeatures], at: int, most: int) -> str:
    """Return the first `most` characters of the text from line `at` to the line that ends its paragraph."""
    pieces: list[str] = []
    length = 0
    for fact in facts[at : at + _MOST_LINES]:
        pieces.append(fact.text[:most])
        length += len(pieces[-1])
        if length >= most or not (fact.full or fact.open):
            break
    return "".join(pieces)[:most]


def following_text(facts: Sequence[LineFeatures], at: int) -> int | None:
    """Return the index of the first line below that is neither heading nor byline, within five lines, or None."""
    for index in range(at + 1, min(at + 6, len(facts))):
        fact = facts[index]
        if not fact.byline and (not fact.open or fact.width > 30 or fact.full or fact.dateline):
            return index
    return None


def preceding_text(facts: Sequence[LineFeatures], at: int) -> int | None:
    """Return the index of the nearest line above that is not a byline, within three lines, or None."""
    return next((index for index in range(at - 1, max(-1, at - 4), -1) if not facts[index].byline), None)


def text_above(facts: Sequence[LineFeatures], at: int) -> list[str]:
    """Return the lines above a heading, back to a dateline or for `ABOVE` characters or `_MOST_LINES` lines."""
    pieces: list[str] = []
    length = 0
    for index in range(at - 1, max(-1, at - 1 - _MOST_LINES), -1):
        pieces.append(facts[index].text[-ABOVE:])
        length += len(pieces[-1])
        if length >= ABOVE or facts[index].dateline:
            break
    return pieces


def text_below(facts: Sequence[LineFeatures], at: int) -> list[str]:
    """Return a heading and the lines below it, up to a byline, a dateline, a likely heading or `BELOW` characters."""
    pieces: list[str] = [facts[at].text]
    length = 0
    for index in range(at + 1, len(facts)):
        fact = facts[index]
        if (length and (fact.byline or fact.dateline)) or (
            length > 120 and fact.open and fact.width < 30 and not fact.full
        ):
            break
        pieces.append(fact.text[:ABOVE])
        length += len(pieces[-1])
        if length >= BELOW:
            break
    return pieces
