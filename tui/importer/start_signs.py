"""Signs that a heading opens a new article, or is a subhead of the one above.

Where datelines and bylines are missing, what counts is whether the texts above and below have the same topic, and what
the other headings of the page look like.
"""

from collections.abc import Iterator, Sequence

from .cohesion import ABOVE, BELOW, cohesion
from .features import LineFeatures
from .heading_signs import LABEL, NOTICE, Signs, stacked
from .page_habits import PageHabits
from .text_cues import LEAD, WIND_UP

_MOST_LINES = 60


def start_signs(facts: Sequence[LineFeatures], at: int, page: PageHabits) -> Signs:
    """Yield signs for and against heading `at` opening a new article rather than being a subhead."""
    fact = facts[at]
    text = fact.text
    if LABEL.match(text):
        yield "label"
    if NOTICE.search(text) or fact.heads_pictures:
        yield "notice"
    yield from _below(facts, at, page)
    yield from _above(facts, at, page)
    if at + 1 < len(facts) and stacked(facts[at + 1]):
        yield "stacked"
    yield from page.siblings(at)
    if page.stacks:
        yield page.stacks


def _below(facts: Sequence[LineFeatures], at: int, page: PageHabits) -> Iterator[str]:
    below = following_text(facts, at)
    if below is None:
        return
    opening = facts[below]
    if opening.dateline:
        yield "dateline-below"
        return
    if page.dated:
        yield "no-dateline"
    cue = LEAD.search(opening.text[:45])
    if cue:
        yield "lead" if cue.start() < 25 else "late-lead"
    elif opening.text.startswith("“"):
        yield "quote"


def _above(facts: Sequence[LineFeatures], at: int, page: PageHabits) -> Iterator[str]:
    above = preceding_text(facts, at)
    if above is None:
        return
    if facts[above].signed:
        yield "signed-above"
    elif page.signed and not facts[at - 1].byline:
        yield "not-signed"
    if WIND_UP.match(facts[above].text):
        yield "winds-up"
    yield f"cohesion {round(cohesion(text_above(facts, at), text_below(facts, at)))}"


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
