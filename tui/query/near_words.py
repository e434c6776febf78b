"""Words that differ from a typed one in a single wrong, missing or extra character."""

import re
from collections.abc import Iterable, Iterator, Sequence

from ..fold import dense, fold, visible
from ..word_tables import word_tables

MIN_CHARACTERS, MAX_CHARACTERS = 2, 60
"""Characters. The length of terms that have near words."""
MIN_PIECE = 4
"""Characters. Shorter terms are not compared with pieces of headlines, since almost any piece would be near."""
_MAX_PLACES = 20
"""Positions in a headline at which a term is compared with it."""
_GAP = re.compile(r"(?<![0-9A-Za-z]) +| +(?![0-9A-Za-z])")


def is_near(one: str, other: str) -> bool:
    """Return whether the texts differ in exactly one wrong, missing or extra character."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = _shared_start(one, other)
    longer, shorter = (one, other) if len(one) >= len(other) else (other, one)
    return longer[start + 1 :] == shorter[start + (len(one) == len(other)) :]


def near_words(text: str, names: Iterable[str]) -> list[str]:
    """Return the folded names and words of the table that are near a folded text: names first, then common words."""
    if not MIN_CHARACTERS <= len(text) <= MAX_CHARACTERS:
        return []
    weights = word_tables().weights()
    known = dense("\n".join((*names, *sorted(weights, key=lambda word: -weights[word]))))
    found = dict.fromkeys(re.findall(_near_pattern(text), known, re.MULTILINE))
    return [word for word in found if len(word) >= MIN_CHARACTERS and is_near(text, word)]


def near_pieces(text: str, title: Sequence[str]) -> Iterator[str]:
    """Yield the pieces of a headline, as printed without gaps, that are near a folded text.

    One half of the text occurs in every such piece, which bounds the comparisons.
    """
    if not MIN_PIECE <= len(text) <= MAX_CHARACTERS:
        return
    printed = _GAP.sub("", visible(" ".join(title)))
    folded, middle = fold(printed), len(text) // 2
    for at in _positions(text[:middle], folded):
        yield from _near_slices(text, printed, folded, [(at, at + len(text) + more) for more in (0, 1, -1)])
    for at in _positions(text[middle:], folded):
        end = at + len(text) - middle
        yield from _near_slices(text, printed, folded, [(end - len(text) - more, end) for more in (0, 1, -1)])


def distance(text: str, word: str) -> tuple[bool, bool, bool]:
    """Return a key that sorts words near a folded text: those with its sound first, then its ends, then its length."""
    folded = fold(word)
    same_ends = (text[0], text[-1]) == (folded[0], folded[-1])
    return not sounds_alike(text, folded), not same_ends, len(text) != len(folded)


def sounds_alike(one: str, other: str) -> bool:
    """Return whether two folded texts of the same length share a reading of each character."""
    known = word_tables().all
    return len(one) == len(other) and all(
        first == second or not set(known.get(first, ())).isdisjoint(known.get(second, ()))
        for first, second in zip(one, other, strict=True)
    )


def halves(text: str) -> tuple[str, str]:
    """Return the halves of a text, one of which occurs in every text near it."""
    return text[: len(text) // 2], text[len(text) // 2 :]


def _near_pattern(text: str) -> str:
    """Return a pattern of the lines that may be near the text."""
    ends = [(re.escape(text[:at]), re.escape(text[at:])) for at in range(len(text) + 1)]
    extra = [f"{start}.{end}" for start, end in ends]
    others = [f"{start}.?{re.escape(text[at + 1 :])}" for at, (start, _end) in enumerate(ends[:-1])]
    return f"^(?:{'|'.join((*extra, *others))})$"


def _near_slices(text: str, printed: str, folded: str, slices: Iterable[tuple[int, int]]) -> Iterator[str]:
    for start, end in slices:
        if 0 <= start < end <= len(folded) and is_near(text, folded[start:end]):
            yield printed[start:end]


def _positions(part: str, folded: str) -> Iterator[int]:
    at = -1
    for _count in range(_MAX_PLACES):
        if (at := folded.find(part, at + 1)) < 0:
            return
        yield at


def _shared_start(one: str, other: str) -> int:
    """Return the number of characters at the start that both texts share."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (first, second) in enumerate(pairs) if first != second), min(len(one), len(other)))
