"""Signs certain enough to count without learning: numbered headings, colons, verse."""

import re
from collections.abc import Iterator, Sequence

from .features import LineFeatures
from .text_cues import dangles, goes_on

_NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]{1,2}、|\([一二三四五六七八九十]{1,2}\))[^,。;:!?、]{2,}(?:[,:][^,。;:!?]{2,})?$"
)
_LONGEST_HEADING = 22
"""Em."""
_VERSE_END = re.compile("[,。;!?、]$")
_LONGEST_VERSE, _LEAST_VERSE = 16, 4
"""Characters of a line of verse, and lines of one length in a row."""


def certain_signs(facts: Sequence[LineFeatures], at: int) -> Iterator[str]:
    """Yield the signs of line `at`."""
    fact = facts[at]
    after = facts[at + 1] if at + 1 < len(facts) else None
    if after and _is_numbered_heading(fact) and not goes_on(after.text):
        yield "numbered-heading"
    if fact.text.endswith(":"):
        yield "ends-in-colon"
    if _is_verse(facts, at):
        yield "verse"


def _is_numbered_heading(fact: LineFeatures) -> bool:
    short = not fact.full and fact.width <= _LONGEST_HEADING
    return short and _NUMBERED.match(fact.text) is not None and not dangles(fact.text)


def _is_verse(facts: Sequence[LineFeatures], at: int) -> bool:
    """Return whether the line is in a run of short lines of one length, each of which ends in a mark."""

    def fits(index: int) -> bool:
        return (
            0 <= index < len(facts)
            and len(facts[index].text) == len(facts[at].text)
            and _VERSE_END.search(facts[index].text) is not None
        )

    if len(facts[at].text) > _LONGEST_VERSE or not fits(at):
        return False
    first = last = at
    while fits(first - 1) and last - first < _LEAST_VERSE:
        first -= 1
    while fits(last + 1) and last - first < _LEAST_VERSE:
        last += 1
    return last - first + 1 >= _LEAST_VERSE
