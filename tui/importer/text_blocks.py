"""Blocks of text: the lines that form one paragraph, caption or heading, as far as lengths and marks show it.

What ends a block, such as the credit of a picture, says something of all its lines.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .features import LineFeatures
from .text_cues import NUMBERED

_PIECE = 34
"""Em. A longer line that ends open is a piece of a block on a page without hard-wrapped columns."""
_MOST_LINES = 40
_SIZES = (16, 30, 45, 70, 110, 180)
"""Characters. Upper ends of the classes of size."""


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Lines `first` to `last` of a page."""

    first: int
    last: int
    size: int
    """Class of the number of characters."""
    credited: bool
    """Whether the credit of a picture ends the block or follows it."""
    pictured: bool
    """Whether it says what a picture shows."""
    numbered: bool

    def signs(self, at: int) -> Iterator[str]:
        """Yield the signs that the block gives to its line `at`."""
        where = "first" if at == self.first else "inside"
        lines = self.last - self.first
        yield f"block-size {self.size} {where}"
        yield f"block-lines {lines if lines < 3 else '3' if lines < 6 else '6'} {where}"
        if self.credited:
            yield f"block-credited {where}"
            yield f"block-credited {where} {min(self.size, 5)}"
        if self.pictured:
            yield f"block-pictured {where}"
        if self.numbered:
            yield f"block-numbered {where}"
            if self.credited or self.pictured:
                yield f"block-numbered-picture {where}"


def blocks_of(facts: Sequence[LineFeatures]) -> list[TextBlock]:
    """Return the block of every line, in order."""
    blocks: list[TextBlock] = []
    first = 0
    for at, fact in enumerate(facts):
        goes_on = (fact.full or (fact.open and fact.width > _PIECE)) and at - first < _MOST_LINES
        following = facts[at + 1] if at + 1 < len(facts) else None
        if goes_on and following is not None and not following.byline and not following.dateline:
            continue
        blocks += [_block(facts, first, at)] * (at + 1 - first)
        first = at + 1
    return blocks


def _block(facts: Sequence[LineFeatures], first: int, last: int) -> TextBlock:
    lines = facts[first : last + 1]
    below = facts[last + 1].byline if last + 1 < len(facts) else None
    return TextBlock(
        first,
        last,
        bisect_left(_SIZES, sum(len(fact.text) for fact in lines)),
        credited=lines[-1].ends_caption or bool(below and below.credit),
        pictured=any("图为" in fact.text or fact.opens_caption for fact in lines),
        numbered=bool(NUMBERED.match(lines[0].text)),
    )
