"""What speaks for a heading opening a new article, and what for its being a subhead of the one above, in points.

Pages without datelines and bylines are told apart here: by whether the text below speaks of the same thing as the text
above, and by what the other headings of the page look like.
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
    """For a new article, against a subhead of the one above."""
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
    """The first line below that is no heading and no byline, within five lines."""
    for index in range(at + 1, min(at + 6, len(facts))):
        fact = facts[index]
        if not fact.byline and (not fact.open or fact.width > 30 or fact.full or fact.dateline):
            return index
    return None


def preceding_text(facts: Sequence[LineFeatures], at: int) -> int | None:
    """The last line above that is no byline, within three lines."""
    return next((index for index in range(at - 1, max(-1, at - 4), -1) if not facts[index].byline), None)


def text_above(facts: Sequence[LineFeatures], at: int) -> str:
    """Some of the text above a heading, up to the last byline."""
    pieces: list[str] = []
    length = 0
    for index in range(at - 1, max(-1, at - 1 - _MOST_LINES), -1):
        pieces.append(facts[index].text[-ABOVE:])
        length += len(pieces[-1])
        if length >= ABOVE or facts[index].dateline:
            break
    return "\n".join(reversed(pieces))


def text_below(facts: Sequence[LineFeatures], at: int) -> str:
    """Some of the text below a heading, up to the next byline or dateline."""
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
