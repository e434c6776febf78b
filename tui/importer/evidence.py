"""Evidence, in points, for and against a line being a heading, a continuation, running text or a caption.

Each function yields named points, so that a note on a doubtful decision can give reasons. Points are roughly natural
logarithms of odds: two points make a label seven times as likely.
"""

import re
from collections.abc import Iterator, Sequence

from .cohesion import everyday_pair, taken_up
from .columns import ColumnLayout
from .features import LineFeatures
from .page_habits import PageHabits
from .text_cues import dangles, goes_on, leads_in, starts_off, unbalanced

Points = Iterator[tuple[str, float]]

NEVER = -30.0
NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.]|[(][一二三四五六七八九十\d]{1,3}[)]|\d{1,2}[、.](?!\d)|[①-⑩]|第[一二三四五六七八九十]+[,、:]|之[一二三四五]|[●■◆▲◎○□★※•·▪])"
)
_OPENS_PARAGRAPH = re.compile(
    r"^(?:近日|日前|近期|不久前|连日来|一直以来|期间|自.{2,20}以来|今年以来|近年来|目前|[一-鿿]{2,4}(?:表示|指出|强调|介绍|说),|据悉|据了解|据介绍|下一步|同时,|此外,|活动中|随后|经.{1,8},|与此同时|接下来|\d{1,2}月\d{1,2}日|“)"
)
_DATED = re.compile(r"\d{1,2}日|[(]\d|今天|昨天")
COLUMN = re.compile(r"^【[^】]{2,20}】.{4}")
_SHORT_CLAUSE = re.compile(r"^[^近日今昨当目据同此随“].?[、,]")
_CLOSES, _LEFT_OPEN = re.compile(r"[^()]{1,30}\)"), re.compile(r"\([^()]*$")
_WHERE = re.compile(r"在.{2,8}[里上中下内外前后间]$")
_TOLD = re.compile(r",(?:却|就|都|才|还|又|也|随即|并|再|会|每|即|便|可|经|被|而)|已经|一直|往往|随即|当场")
_PAST = re.compile(r".了.")
_SPEECH = re.compile(r"(?:表示|强调|指出|认为|说|称|获悉|了解到|.时),")
NOTICE = re.compile(
    r"^(?:公告|通告|启事|声明|公示|通知|遗失声明|寻人启事|悬赏通告|更正|致歉|简讯|短讯|图片新闻|导语|编者按|评论|短评|社论)$|(?:公告|通告|启事|声明|公示|悬赏令)$"
)
LONGEST_HEADING = 62
_PARAGRAPH_INDENTS = (2, 4)


def may_head(fact: LineFeatures) -> bool:
    """Return whether the line can be a heading at all, by its length and marks."""
    text = fact.text
    if fact.width > LONGEST_HEADING or "。" in text or starts_off(text) or text[-1] in ",、;":
        return False
    return bool(re.search(r"[^\W\d_]", text))


def heading(facts: Sequence[LineFeatures], at: int, layout: ColumnLayout) -> Points:
    """Yield points for line `at` being a heading rather than part of a paragraph."""
    fact = facts[at]
    text = fact.text
    after = facts[at + 1] if at + 1 < len(facts) else None
    yield "open", 1.0 if fact.open else -2.5 if text[-1] in "!?" else -1.0 if text[-1] == ":" else -3.0
    if text[-1] == ":" and fact.width <= 16 and after and stacked(after):
        yield "kicker", 2.0
    if layout.wrapped:
        yield "measure", -2.5 if fact.full else 3.0
        if layout.indented and fact.full:
            yield "indent", -2.0 if fact.line.indent in _PARAGRAPH_INDENTS else 2.0
    if _in_column(facts, at):
        yield "column-below", -4.0
    parts = text.split(" ")
    if len(parts) > 1 and all(len(part) >= 3 for part in parts):
        yield "parts", 2.0
    if NUMBERED.match(text):
        yield "numbered", 1.5
    if COLUMN.match(text):
        yield "column", 1.5
    if dangles(text):
        yield "dangles", -2.0
    elif _WHERE.search(text):
        yield "dangles", -1.0
    if unbalanced(text):
        yield "unbalanced", -2.0
    if goes_on(text):
        yield "goes-on", -1.5
    if leads_in(text) and "," in text:
        yield "leads-in", -1.5
    clauses = [clause for clause in re.split("[,、;: ]", text) if clause]
    if "," in text and len(clauses) > 1 and len(clauses[0]) <= 4 and len(clauses[1]) >= 2 * len(clauses[0]) + 2:
        yield "short-clause", -1.0
    if "," in text and len(clauses) == 2 and abs(len(clauses[0]) - len(clauses[1])) <= 2:
        yield "even-clauses", 1.0
    elif "," in text and len(clauses) == 2 and abs(len(clauses[0]) - len(clauses[1])) > 4:
        yield "uneven-clauses", -1.0
    if text.count(",") >= 2:
        yield "commas", -1.5
    if fact.width < 4 and not NOTICE.search(text):
        yield "tiny", -3.0
    if fact.width > 28 and " " not in text:
        yield "long", -1.0
    if fact.width > 40:
        yield "very-long", -1.5
    if "," not in text and not layout.wrapped:
        yield "no-comma", 1.5 if fact.width >= 14 else 0.75
    if _DATED.search(text):
        yield "dated", -1.5
    if _SPEECH.search(text):
        yield "speech", -2.0
    if fact.dateline:
        yield "dateline", -6.0
    if _TOLD.search(text):
        yield "told", -1.5
    if _PAST.search(text):
        yield "past", -1.0
    if text.startswith("记者"):
        yield "reporter", -3.0
    if after:
        yield from _followed(after)
        yield from _carried_on(facts, at)


def _in_column(facts: Sequence[LineFeatures], at: int) -> bool:
    """Return whether the next two lines are as long as this one, so that it begins a column with its own measure."""
    here, below = facts[at], facts[at + 1 : at + 3]
    lead = 2.0 if here.opens_column else 0.0
    return (
        len(below) == 2
        and 9 <= here.width <= 40
        and all(abs(fact.width - here.width - lead) <= 0.5 for fact in below)
        and not any(fact.byline or (stacked(fact) and " " in fact.text) for fact in below)
    )


def _carried_on(facts: Sequence[LineFeatures], at: int) -> Points:
    """Score words repeated below (for a heading) and a word split at the line end (against)."""
    text, after = facts[at].text, facts[at + 1].text
    below = after if len(after) > 60 or at + 2 >= len(facts) else after + "\n" + facts[at + 2].text
    share = taken_up(text, below[:300])
    if share is not None:
        yield "taken-up", 3.0 * share - 0.75
    if everyday_pair(text[-1] + after[0]):
        yield "word-broken", -2.0


def _followed(after: LineFeatures) -> Points:
    if after.dateline:
        yield "dateline-below", 4.0
    if after.byline and after.byline.certain:
        yield "byline-below", 3.0
    if starts_off(after.text):
        yield "next-starts-off", -4.0
    elif _SHORT_CLAUSE.match(after.text):
        yield "next-short-clause", -1.5
    elif goes_on(after.text):
        yield "next-goes-on", -1.5
    if leads_in(after.text) or after.text.startswith("“"):
        yield "next-leads-in", 0.75


def continuation(facts: Sequence[LineFeatures], at: int, layout: ColumnLayout) -> Points:
    """Yield points for line `at` continuing the paragraph above rather than opening a new one."""
    before, fact = facts[at - 1], facts[at]
    if starts_off(fact.text):
        yield "starts-off", 6.0
    if layout.wrapped:
        yield from _wrapped_continuation(before, fact, layout)
    else:
        yield "open" if before.open else "closed", 6.0 if before.open else -6.0
    if _CLOSES.match(fact.text) and _LEFT_OPEN.search(before.text[-40:]):
        yield "closes-bracket", 8.0
    if fact.dateline and not (before.dateline and before.full):
        yield "dateline", -6.0
    if fact.byline and fact.byline.credit:
        yield "credit", 6.0
    elif fact.byline and fact.byline.certain:
        yield "byline", -8.0
    if fact.opens_caption:
        yield "caption", -3.0
    if before.text[-1] == ";" and NUMBERED.match(fact.text):
        yield "numbered", -9.0
    if before.signed:
        yield "signed", -6.0
    if before.open and dangles(before.text):
        yield "dangles", 1.5


def _wrapped_continuation(before: LineFeatures, fact: LineFeatures, layout: ColumnLayout) -> Points:
    if not before.full:
        yield "short-line", -3.0 if before.open else -7.0
    else:
        yield "full-line", 4.0 if before.open else 0.75
        if not before.open and _OPENS_PARAGRAPH.match(fact.text):
            yield "opens-paragraph", -1.5
    if layout.indented:
        yield "indent", -5.0 if fact.line.indent >= 2 else 3.0
    elif layout.stripped and before.full and not before.open:
        yield "indent", -5.0 if fact.opens_column else 3.0 if fact.full else 0.0


def stacked_on(facts: Sequence[LineFeatures], at: int, page: PageHabits) -> Points:
    """Yield points for line `at` being another line of the headline above, which rarely repeats its words."""
    above, fact = facts[at - 1] if at else facts[at], facts[at]
    if fact.text.startswith("——"):
        yield "deck", 4.0
    share = taken_up(above.text, fact.text)
    if share is not None and share > 0.4:
        yield "repeats", -2.5
    yield "stacks", page.stacks
    yield from ((name, points) for name, points in page.siblings(at) if points < 0)
    if " " in above.text and " " not in fact.text:
        yield "third-part", -1.0


def running(fact: LineFeatures, layout: ColumnLayout) -> Points:
    """Yield points for running text rather than anything else."""
    if fact.dateline:
        yield "dateline", 4.0
    if layout.wrapped and not fact.full and fact.open:
        yield "breaks-off", -3.5
    if fact.over:
        yield "over", -2.0
    if layout.indented and fact.line.indent == 0:
        yield "no-indent", -2.0


def caption(facts: Sequence[LineFeatures], at: int, under_pictures: bool) -> Points:
    """Yield points for line `at` being a caption; `under_pictures` means that a headline above announces pictures."""
    fact = facts[at]
    yield "base", -3.0
    if fact.opens_caption:
        yield "opens-caption", 5.0 if fact.text.startswith(("图为", "▲", "△")) else 3.5
    if fact.ends_caption:
        yield "credit", 6.0
    if under_pictures:
        yield "pictures", 6.0
    elif fact.open and not fact.full:
        yield "open", -1.5
    if fact.width > 120:
        yield "long", -3.0


def stacked(fact: LineFeatures) -> bool:
    """Return whether the line looks like another line of a headline."""
    return (
        may_head(fact) and fact.open and not fact.full and not fact.byline and fact.width <= 30 and "," not in fact.text
    )
