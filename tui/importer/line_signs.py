"""The signs of each line that the label model weighs: its form, its place on the page and the lines around it."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..segmentation import common_words
from .certain_signs import certain_signs
from .columns import ColumnLayout
from .features import LineFeatures
from .heading_signs import (
    LABEL,
    NOTICE,
    Signs,
    heading_signs,
    in_column,
    looks_like_heading,
    may_head,
    stacked,
    stacking_signs,
)  # fmt: skip
from .page_habits import PageHabits
from .set_phrases import is_full_date, is_signature, set_phrases
from .start_signs import start_signs
from .text_blocks import blocks_of
from .text_cues import NUMBERED, dangles, goes_on, leads_in, left_open, starts_off, unbalanced

_LENGTHS = (3, 6, 9, 12, 16, 20, 26, 34, 44, 62, 120)
"""Em. Upper ends of the classes of length."""
_ALIKE = 1.0
_OPENS_PARAGRAPH = re.compile(
    r"^(?:近日|日前|近期|不久前|连日来|一直以来|期间|自.{2,20}以来|今年以来|近年来|目前|[一-鿿]{2,4}(?:表示|指出|强调|介绍|说),|据悉|据了解|据介绍|下一步|同时,|此外,|活动中|随后|经.{1,8},|与此同时|接下来|\d{1,2}月\d{1,2}日|“)"
)
_ADVERBIAL = re.compile(r"^[^,、。:;“”]{1,9}[中后时前上内间下来里天月年日午晨晚夜初末底处旁],")
"""A phrase of time or place at the start, as running text has and headings have not."""
_FUNCTION_WORDS = re.compile("[的了在是把被将就还已也都从到以着过其这那他她我你们并而及或但因由]")
"""Words of sentences, which headings leave out."""
_CLOSES, _LEFT_OPEN = re.compile(r"[^()]{1,30}\)"), re.compile(r"\([^()]*$")
_SPEAKER = re.compile(r"^(?:问|答|记者|[一-鿿]{2,4})(?:\([^()]{1,12}\))?:")
_MUST_GO_ON = re.compile(r"^(?:的|了|着|们|得|(?:介绍|表示|说|告诉记者|坦言|认为|强调|指出|称)[,:“])")
_SURE_CAPTION = ("图为", "▲", "△", "图片", "上图", "左图", "右图", "下图")
_PICTURED = re.compile("图|摄")
_NEAR_PICTURES, _LONGEST_CAPTION = 12, 62
"""Lines around a caption in which a byline names the photographer; em up to which that is asked."""
_LONGEST_CRY = 26
"""Em. Up to here, a line that ends in a question or exclamation mark may be a heading."""
_MANY_DIGITS = 0.25
_AROUND = 6
"""Characters on each side of a line end in which to look for a broken word."""
_ENDS = {
    **dict.fromkeys("。…", "stop"), **dict.fromkeys("!?", "cry"),
    **dict.fromkeys("”’」』\"'", "quote"), **dict.fromkeys(")】〉》", "bracket"),
    ",": "comma", "、": "comma", ";": "semicolon", ":": "colon",
}  # fmt: skip
_STARTS = {
    **dict.fromkeys("“‘「『", "quote"), **dict.fromkeys("(【〈《[", "bracket"), "—": "dash", "▲": "arrow", "△": "arrow",
}  # fmt: skip


def habits_of(facts: Sequence[LineFeatures]) -> PageHabits:
    """Return the habits of a page."""
    return PageHabits(facts, [at for at, fact in enumerate(facts) if looks_like_heading(fact)])


def signs_of_page(facts: Sequence[LineFeatures], layout: ColumnLayout, page: PageHabits) -> list[list[str]]:
    """Return the signs of every line, in order."""
    forms = [form_of(fact, layout) for fact in facts]
    broken = [False, *(is_word_broken(above.text, below.text) for above, below in pairwise(facts)), False]
    blocks = blocks_of(facts)
    return [
        [page.pictures, *_signs(facts, at, forms, broken, layout, page), *blocks[at].signs(at)]
        for at in range(len(facts))
    ]


def form_of(fact: LineFeatures, layout: ColumnLayout) -> str:
    """Return one word for how far the line reaches and how it ends, as `full.comma`."""
    return f"{reach_of(fact, layout)}.{_end_of(fact)}"


def reach_of(fact: LineFeatures, layout: ColumnLayout) -> str:
    """Return how far the line reaches: `free` outside hard-wrapped columns."""
    if fact.over:
        return "over"
    if not layout.wrapped_at(fact.line):
        return "free"
    return "full" if fact.full else "short"


def _end_of(fact: LineFeatures) -> str:
    text = fact.text
    last = _ENDS.get(text[-1])
    if last in ("quote", "bracket"):
        return last if fact.open else "stop"
    if last:
        return last
    if not fact.open:
        return "stop"
    return "dangling" if dangles(text) else "digit" if text[-1].isdigit() else "han"


def _start_of(text: str) -> str:
    if starts_off(text):
        return "mark"
    if known := _STARTS.get(text[0]):
        return known
    if NUMBERED.match(text):
        return "number"
    if goes_on(text):
        return "going-on"
    return "lead" if leads_in(text) else "digit" if text[0].isdigit() else "han"


def _length(width: float) -> int:
    return next((rank for rank, most in enumerate(_LENGTHS) if width <= most), len(_LENGTHS))


def _signs(
    facts: Sequence[LineFeatures],
    at: int,
    forms: Sequence[str],
    broken: Sequence[bool],
    layout: ColumnLayout,
    page: PageHabits,
) -> Iterator[str]:
    fact = facts[at]
    yield "any"
    yield from _own(fact, forms[at], layout)
    yield from _neighbours(facts, at, forms, layout)
    yield from certain_signs(facts, at)
    if broken[at]:
        yield "word-broken"
        yield f"word-broken {forms[at - 1].partition('.')[0]}"
    if broken[at + 1]:
        yield "next-word-broken"
        yield f"next-word-broken {forms[at].partition('.')[0]}"
    yield from _pictures(facts, at)
    if may_head(fact) and not (fact.byline and fact.byline.certain):
        reach, _dot, end = forms[at].partition(".")
        if (
            end not in ("stop", "comma", "semicolon")
            and reach != "full"
            and (end != "cry" or fact.width <= _LONGEST_CRY)
        ):
            yield "heading-shape"
            yield f"heading-shape {_length(fact.width)}"
            yield page.broken
            words = len(_FUNCTION_WORDS.findall(fact.text))
            yield f"function-words {min(4, words)}"
            yield f"function-words {min(4, words)} {page.broken}"
            yield from start_signs(facts, at, page)
        if reach == "full":
            yield f"heading-full {'open' if fact.open else 'closed'}"
        yield from heading_signs(facts, at)
        yield from stacking_signs(facts, at)
    else:
        yield "no-heading"


def _own(fact: LineFeatures, form: str, layout: ColumnLayout) -> Signs:
    text = fact.text
    reach = form.partition(".")[0]
    start = _start_of(text)
    yield f"form {form}"
    yield f"start {start}"
    yield f"start {start} {reach}"
    yield f"length {_length(fact.width)} {'open' if fact.open else 'closed'}"
    yield f"length {_length(fact.width)} {reach}"
    yield f"commas {min(2, text.count(','))} {'open' if fact.open else 'closed'}"
    if _ADVERBIAL.match(text):
        yield "adverbial"
        yield f"adverbial {reach} {'open' if fact.open else 'closed'}"
    if "。" in text[:-1]:
        yield "inner-stop"
    if layout.indented:
        yield f"indent {min(4, fact.line.indent)} {reach}"
    if fact.opens_column:
        yield "opens-column"
    if reach == "short" and abs(layout.measure_at(fact.line) - layout.length(fact.line) - 2) <= 0.5:
        yield f"two-short {'open' if fact.open else 'closed'} {fact.line.number in layout.stripped}"
    if unbalanced(text):
        yield "unbalanced"
    if sum(map(str.isdigit, text)) > _MANY_DIGITS * len(text):
        yield "digits"
    if text.count(" ") and fact.width <= 44:
        yield f"gaps {min(3, text.count(' '))}"
    yield from _kinds(fact)


def _kinds(fact: LineFeatures) -> Signs:
    """Yield signs for the kind of line: byline, dateline, caption, list item, table row."""
    text = fact.text
    if fact.byline:
        yield "byline" if fact.byline.certain else "byline-bare"
        if fact.byline.credit:
            yield "byline-credit"
        if not fact.byline.authors:
            yield "byline-nobody"
    if fact.dateline:
        yield "dateline"
    if fact.signed:
        yield "signed"
    if fact.opens_caption:
        yield f"opens-caption {'sure' if text.startswith(_SURE_CAPTION) else 'maybe'}"
    if fact.ends_caption:
        yield "ends-caption"
    if fact.heads_pictures:
        yield f"heads-pictures {text.endswith(')')}"
    if text.startswith("——"):
        yield "deck"
    if NOTICE.search(text):
        yield "notice-name"
    if LABEL.match(text):
        yield "label-name"
    yield from set_phrases(text)
    if fact.width <= 44 and (rows := [part for part in text.split(" ") if part]) and len(rows) > 2:
        yield "row" if sum(any(map(str.isdigit, part)) for part in rows) > 1 else "row-of-words"


def _neighbours(facts: Sequence[LineFeatures], at: int, forms: Sequence[str], layout: ColumnLayout) -> Signs:
    fact = facts[at]
    before = facts[at - 1] if at else None
    after = facts[at + 1] if at + 1 < len(facts) else None
    mine = "open" if fact.open else "closed"
    reach = forms[at].partition(".")[0]
    if before is None:
        yield "first"
        if fact.byline:
            yield "first byline"
    else:
        start = _start_of(fact.text)
        yield f"before {forms[at - 1]}"
        yield f"before {forms[at - 1]} {start}"
        yield f"between {forms[at - 1]} {reach} {mine}"
        yield f"before-length {_length(before.width)} {'open' if before.open else 'closed'} {mine}"
        yield from _joint(before, fact, forms[at - 1], layout)
        yield from _same_length("before", before, fact, reach)
    if after is None:
        yield "last"
    else:
        yield f"after {forms[at + 1]} {mine}"
        yield f"reach-after {reach} {forms[at + 1].partition('.')[0]} {mine}"
        yield f"after-start {_start_of(after.text)} {mine}"
        yield f"after-length {_length(after.width)} {mine} {reach}"
        yield from _followed(after, f"{reach} {mine}", heads=fact.open and may_head(fact) and not fact.byline)
        if before is not None and reach in ("free", "short") and fact.open:
            yield f"beside {forms[at - 1].partition('.')[2]} {_start_of(after.text)} {_length(fact.width)}"
        if is_signature(fact.text, after.text):
            yield "signature"
        yield from _same_length("after", after, fact, reach)
        if in_column(facts, at):
            yield "column-below"
        if fact.full and all(one.full for one in facts[at + 1 : at + 3]):
            yield "column-of-text"
    if _SPEAKER.match(fact.text) and any(
        _SPEAKER.match(one.text) for one in (*facts[max(0, at - 2) : at], *facts[at + 1 : at + 3])
    ):
        yield "speaker"
    yield from _run_of_short_lines(facts, at)
    if at + 2 < len(facts) and facts[at + 2].dateline:
        yield "dateline-two-below"


def _joint(before: LineFeatures, fact: LineFeatures, form: str, layout: ColumnLayout) -> Signs:
    """Yield signs for the line continuing the one above."""
    if _CLOSES.match(fact.text) and _LEFT_OPEN.search(before.text[-40:]):
        yield "closes-bracket"
    if left_open(before.text) > 0:
        yield "left-open"
    if before.signed:
        yield "before-signed"
    if before.byline:
        yield f"before-byline {before.byline.certain}"
    if before.dateline:
        yield "before-dateline"
    if before.ends_caption:
        yield "before-credit"
    if before.full and not before.open and fact.text[0] in "“‘":
        yield "quote-after-stop"
    if not before.open and _OPENS_PARAGRAPH.match(fact.text):
        yield "opens-paragraph"
        yield f"opens-paragraph {form.partition('.')[0]}"
        if before.full:
            yield "opens-after-stop"
    if layout.indented:
        yield f"indents {min(2, before.line.indent)} {min(2, fact.line.indent)} {form.partition('.')[0]}"
    if fact.line.number in layout.stripped and before.full and not before.open:
        yield "stripped-opens" if fact.opens_column else "stripped-full" if fact.full else "stripped-short"
    if bool(NUMBERED.match(before.text)) and bool(NUMBERED.match(fact.text)):
        yield "both-numbered"
    if LABEL.match(before.text) or NOTICE.search(before.text):
        yield "below-label"


def is_word_broken(above: str, below: str) -> bool:
    """Return whether the end of one line and the start of the next are halves of one word."""
    end = above[-_AROUND:]
    return len(end) in common_words().inside_words(end + below[:_AROUND])


def _followed(after: LineFeatures, form: str, *, heads: bool) -> Signs:
    """Yield signs for what the next line is. `form` is that of the line itself, `heads` whether it may be a heading."""
    if after.dateline:
        yield "next-dateline"
        yield f"next-dateline {form}"
        if heads:
            yield "heads-dateline"
    if _MUST_GO_ON.match(after.text):
        yield "next-must-go-on"
    if is_full_date(after.text):
        yield "next-date-alone"
    if after.byline:
        yield f"next-byline {after.byline.certain} {after.byline.credit}"
    if after.opens_caption:
        yield "next-caption"
    if after.signed:
        yield "next-signed"
    if stacked(after):
        yield "next-stacked"


def _same_length(where: str, other: LineFeatures, fact: LineFeatures, reach: str) -> Signs:
    apart = fact.width - other.width
    if max(fact.width, other.width) <= 44:
        size = "same" if abs(apart) <= _ALIKE else "longer" if apart > 0 else "shorter"
        yield f"{where} {size} {reach}"
        if fact.text.count(" ") == other.text.count(" ") >= 2:
            yield f"{where} same-gaps"
        if fact.text[-1] == other.text[-1] and not fact.text[-1].isalnum():
            yield f"{where} same-end {size}"


def _run_of_short_lines(facts: Sequence[LineFeatures], at: int) -> Signs:
    """Yield a sign for the length of the run of short open lines around the line, as in tables and lists."""
    above = below = 0
    while above < 4 and at - above - 1 >= 0 and _short(facts[at - above - 1]):
        above += 1
    while below < 4 and at + below + 1 < len(facts) and _short(facts[at + below + 1]):
        below += 1
    if _short(facts[at]):
        yield f"run {above + below if above + below < 4 else 4}"
        yield f"run-above {above} {below > 0}"


def _short(fact: LineFeatures) -> bool:
    return fact.width <= 22 and not fact.full and "。" not in fact.text


def _pictures(facts: Sequence[LineFeatures], at: int) -> Signs:
    around = facts[max(0, at - _NEAR_PICTURES) : at + _NEAR_PICTURES]
    if facts[at].width <= _LONGEST_CAPTION and any(one.byline and _PICTURED.search(one.text) for one in around):
        yield f"pictures-around {'open' if facts[at].open else 'closed'}"
    for above in range(at - 1, max(-1, at - 6), -1):
        if facts[above].heads_pictures:
            yield f"under-pictures {'near' if above == at - 1 else 'far'}"
            if above == at - 1:
                yield "right-under-pictures"
            return
