"""Signs that a heading opens a new article, or is a subhead of the one above.

Where datelines and bylines are missing, what counts is whether the texts above and below have the same topic, and what
the other headings of the page look like.
"""

import re
from collections.abc import Iterator, Sequence

from .features import LineFeatures
from .heading_signs import LABEL, NOTICE, Signs, stacked
from .other_places import ELSEWHERE
from .page_habits import PageHabits
from .surroundings import following_text, paragraph_at, preceding_text, text_above
from .text_cues import LEAD, WIND_UP

_OPENING = 45
"""Characters of the text below a heading that are searched for the cues of a lead."""
_LIKENESS_STEPS, _MOST_LIKENESS = 20, 8
_NAMED = re.compile(
    rf"{ELSEWHERE.pattern}|[一-鿿]{{2}}(?:省|市|县|旗|盟|州|镇)|(?:公安|检察|法院|政府|公司|大学|集团|委员会|局|厅)(?=[一-鿿])"
)
"""Names of places and of bodies, which say in a headline who acts and where; subheads seldom name them."""


def start_signs(facts: Sequence[LineFeatures], at: int, page: PageHabits) -> Signs:
    """Yield signs for and against heading `at` opening a new article rather than being a subhead."""
    fact = facts[at]
    text = fact.text
    if LABEL.match(text):
        yield "label"
    if NOTICE.search(text) or fact.heads_pictures:
        yield "notice"
    led = _led(facts, at)
    if led != "dateline-below" and page.dated and led:
        yield "no-dateline"
    if led:
        yield led
    names_actor = bool(_NAMED.search(text))
    if names_actor:
        yield "names-actor"
    yield f"led {led} {page.habit_of_dating}"
    yield f"led {led} {names_actor}"
    parts = text.count(" ")
    yield f"led {led} {min(9, int(fact.width // 3))} {min(2, parts)}"
    yield from _above(facts, at, page, led)
    if at + 1 < len(facts) and stacked(facts[at + 1]):
        yield "stacked"
    for sign in (*page.siblings(at), *page.distances(at)):
        yield sign
        yield f"{sign} {led}"
    yield page.habit_of_dating
    yield f"{page.habit_of_dating} {page.is_dated(at)}"
    if page.stacks:
        yield page.stacks
    form = page.likeness_of_form(at)
    if form:
        yield form
        yield f"{form} {led}"


def _led(facts: Sequence[LineFeatures], at: int) -> str:
    """Return a sign for how the text below the heading opens; empty if there is none near."""
    below = following_text(facts, at)
    if below is None:
        return ""
    if facts[below].dateline:
        return "dateline-below"
    cue = LEAD.search(paragraph_at(facts, below, _OPENING))
    if cue:
        return "lead" if cue.start() < 25 else "late-lead"
    return "quote" if facts[below].text.startswith("“") else "no-lead"


def _above(facts: Sequence[LineFeatures], at: int, page: PageHabits, led: str) -> Iterator[str]:
    above = preceding_text(facts, at)
    if above is None:
        return
    if facts[above].signed:
        yield "signed-above"
    elif page.signed and not facts[at - 1].byline:
        yield "not-signed"
        if page.all_closed_by_bylines:
            yield "signed-but-above"
    if WIND_UP.match(facts[above].text):
        yield "winds-up"
    likeness = page.likeness(at)
    share = page.topics.share(facts[at].text, text_above(facts, at))
    near = known = "-"
    if likeness is not None:
        rank = min(_MOST_LIKENESS, int(likeness * _LIKENESS_STEPS))
        yield f"cohesion {rank}"
        near = str(min(3, rank // 2))
        yield from page.relative_likeness(at, likeness)
    if share is not None:
        yield f"known-above {int(share * 4)}"
        known = str(min(2, int(share * 4)))
    yield f"topic {near} {known}"
    yield f"topic {near} {led}"
