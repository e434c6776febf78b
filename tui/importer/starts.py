"""Evidence, in points, for a heading opening a new article rather than being a subhead of the one above.

Where datelines and bylines are missing, the evidence is whether the texts above and below have the same topic, and
what the other headings of the page look like.
"""

import re
from collections.abc import Sequence

from .cohesion import ABOVE, BELOW, cohesion
from .evidence import COLUMN, NOTICE, NUMBERED, Points, stacked
from .features import LineFeatures
from .page_habits import PageHabits
from .text_cues import LEAD, WIND_UP

_LABEL = re.compile(
    r"^(?:编者按|编后|记者手记|相关链接|链接|延伸阅读|背景|新闻背景|短评|点评|律师说法|法官说法|民警提醒|警方提醒|温馨提示|提示|专家点评|名词解释|小贴士|案情回顾|案例[一二三四五六七八九十\d]+)$"
)
_MOST_LINES = 60


def start(facts: Sequence[LineFeatures], at: int, page: PageHabits) -> Points:
    """Yield points for heading `at` opening a new article rather than being a subhead of the one above."""
    fact = facts[at]
    text = fact.text
    below = following_text(facts, at)
    if NUMBERED.match(text) or _LABEL.match(text):
        yield "numbered", -4.0
    if COLUMN.match(text):
        yield "column", 1.5
    if NOTICE.search(text) or fact.heads_pictures:
        yield "notice", 4.0
    parts = text.split(" ")
    if len(parts) > 1 and min(map(len, parts)) >= 3:
        yield "parts", 1.5
    yield "length", 1.0 if fact.width >= 18 else 0.5 if fact.width >= 15 else -1.0 if fact.width <= 9 else 0.0
    if at + 1 < len(facts) and (signer := facts[at + 1].byline) and signer.certain and not signer.credit:
        yield "byline-below", 3.0
    if below is not None:
        opening = facts[below]
        if opening.dateline:
            yield "dateline", 4.0
        elif page.dated:
            yield "no-dateline", -0.5
        cue = LEAD.search(opening.text[:45])
        if cue and not opening.dateline:
            yield "lead", 1.5 if cue.start() < 25 else 0.75
        elif opening.text.startswith("“"):
            yield "quote", -0.75
    above = preceding_text(facts, at)
    if above is not None:
        if facts[above].signed:
            yield "signed", 4.0
        elif page.signed and not facts[at - 1].byline:
            yield "not-signed", -2.0
        if WIND_UP.match(facts[above].text):
            yield "winds-up", 0.75
        yield "cohesion", -0.85 * cohesion(text_above(facts, at), text_below(facts, at))
    if at + 1 < len(facts) and stacked(facts[at + 1]):
        yield "stacked", 2.0
    yield from page.siblings(at)


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


def text_above(facts: Sequence[LineFeatures], at: int) -> str:
    """Return the text above a heading, going back to a dateline or for `ABOVE` characters or `_MOST_LINES` lines."""
    pieces: list[str] = []
    length = 0
    for index in range(at - 1, max(-1, at - 1 - _MOST_LINES), -1):
        pieces.append(facts[index].text[-ABOVE:])
        length += len(pieces[-1])
        if length >= ABOVE or facts[index].dateline:
            break
    return "\n".join(reversed(pieces))


def text_below(facts: Sequence[LineFeatures], at: int) -> str:
    """Return a heading and the text below it, up to a byline, a dateline, a likely heading or `BELOW` characters."""
    pieces: list[str] = [facts[at].text]
    length = 0
    for index in range(at + 1, len(facts)):
        fact = facts[index]
        if (length and (fact.byline or fact.dateline)) or (
            length > 120 and fact.open and fact.width < 30 and not fact.full
        ):
            break
        pieces.append(fact.text[: 2 * BELOW])
        length += len(pieces[-1])
        if length >= BELOW:
            break
    return "\n".join(pieces)
