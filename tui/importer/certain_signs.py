"""Signs certain enough to count without learning: numbered headings, colons, verse."""

import re
from collections.abc import Iterator, Sequence

from .features import LineFeatures
from .page_habits import BRIEFS
from .text_cues import dangles, goes_on

_NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]{1,2}、|\([一二三四五六七八九十]{1,2}\))[^,。;:!?、]{2,}(?:[,:][^,。;:!?]{2,})?$"
)
_COLUMN_NAME = re.compile(
    r"^(?:[一-鿿]{3,6}|[【\[][^】\]]{2,10}[】\]]|.{0,4}(?:关注|视点|观察|提示|提醒|故事|来信|手记))$"
)
"""The name of a column, which stands above a headline: 读者来信, 【以案释法】."""
_SHORTEST, _LONGEST = 6.5, 30
"""Em of a headline below the name of a column."""
_LONGEST_HEADING = 22
"""Em."""
_VERSE_END = re.compile("[,。;!?、]$")
_LONGEST_VERSE, _LEAST_VERSE = 16, 4
"""Characters of a line of verse, and lines of one length in a row."""


def certain_signs(facts: Sequence[LineFeatures], at: int) -> Iterator[str]:
    """Yield the signs of line `at`."""
    fact = facts[at]
    before = facts[at - 1] if at else None
    after = facts[at + 1] if at + 1 < len(facts) else None
    if after and _is_numbered_heading(fact) and not goes_on(after.text):
        yield "numbered-heading"
    if before and _is_column_name(before) and _is_headline_below(fact):
        yield "below-column-name"
    if fact.text.endswith(":"):
        yield "ends-in-colon"
    if _is_verse(facts, at):
        yield "verse"


def _is_column_name(fact: LineFeatures) -> bool:
    return _COLUMN_NAME.match(fact.text) is not None and not BRIEFS.search(fact.text)


def _is_headline_below(fact: LineFeatures) -> bool:
    ends = fact.open or fact.text[-1] in "?!"
    return ends and not fact.full and _SHORTEST < fact.width <= _LONGEST


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
