"""Signs that a line is a heading, or is none: its marks, its length, its words and the lines next to it.

Signs are names. `label_model` knows what each one counts for each label.
"""

import re
from collections.abc import Iterator, Sequence

from .cohesion import taken_up
from .features import LineFeatures
from .set_phrases import is_never_heading
from .text_cues import NUMBERED, dangles, goes_on, leads_in, starts_off, unbalanced

Signs = Iterator[str]

_DATED = re.compile(r"\d{1,2}日|[(]\d|今天|昨天")
COLUMN = re.compile(r"^【[^】]{2,20}】.{4}")
_SHORT_CLAUSE = re.compile(r"^[^近日今昨当目据同此随“].?[、,]")
_WHERE = re.compile(r"在.{2,8}[里上中下内外前后间]$")
_TOLD = re.compile(r",(?:却|就|都|才|还|又|也|随即|并|再|会|每|即|便|可|经|被|而)|已经|一直|往往|随即|当场")
_PAST = re.compile(r".了.")
_SPEECH = re.compile(r"(?:表示|强调|指出|认为|说|称|获悉|了解到|.时),")
NOTICE = re.compile(
    r"^(?:公告|通告|启事|声明|公示|通知|遗失声明|寻人启事|悬赏通告|更正|致歉|简讯|短讯|图片新闻|导语|评论|短评|社论|快讯|一句话新闻)$|"
    r"(?:公告|通告|启事|声明|公示|悬赏令|名单|来信|读者来信)$"
)
LABEL = re.compile(
    r"^(?:编者按|编者的话|编后|编后语|记者手记|采访手记|相关链接|链接|延伸阅读|背景|新闻背景|背景链接|短评|点评|律师说法|法官说法|检察官说法|以案释法|"
    r"民警提醒|警方提醒|温馨提示|提示|专家点评|名词解释|小贴士|案情回顾|基本案情|裁判结果|典型意义|法条链接|记者点评|专家观点|"
    r"案例[一二三四五六七八九十\d]+)[::]?$"
)
LONGEST_HEADING = 62
_LINES_BELOW, _ENOUGH_BELOW, _BELOW = 14, 120, 300
"""Lines below a heading that may repeat its words, characters that are enough, and characters at most."""


def may_head(fact: LineFeatures) -> bool:
    """Return whether the line can be a heading at all, by its length and marks."""
    text = fact.text
    if fact.width > LONGEST_HEADING or "。" in text or starts_off(text) or text[-1] in ",、;" or is_never_heading(text):
        return False
    return bool(re.search(r"[^\W\d_]", text))


def looks_like_heading(fact: LineFeatures) -> bool:
    """Return whether the line alone looks like a heading. Serves to find the habits of a page."""
    text = fact.text
    if not (may_head(fact) and fact.open and not fact.full) or (fact.byline and fact.byline.certain):
        return False
    return not (dangles(text) or unbalanced(text) or goes_on(text) or text.count(",") > 1 or fact.dateline) and not (
        "," in text and (leads_in(text) or _SPEECH.search(text))
    )


def heading_signs(facts: Sequence[LineFeatures], at: int) -> Signs:
    """Yield signs for and against line `at`, which may be a heading, being one."""
    fact = facts[at]
    text = fact.text
    after = facts[at + 1] if at + 1 < len(facts) else None
    if text[-1] == ":" and fact.width <= 16 and after and stacked(after):
        yield "kicker"
    yield from _parts(text)
    if COLUMN.match(text):
        yield "column"
    if _WHERE.search(text):
        yield "where"
    yield from _clauses(text)
    if fact.width < 4 and not NOTICE.search(text):
        yield "tiny"
    if _DATED.search(text):
        yield "dated"
    if _SPEECH.search(text):
        yield "speech"
    if _TOLD.search(text):
        yield "told"
    if _PAST.search(text):
        yield "past"
    if text.startswith("记者"):
        yield "reporter"
    if after:
        if _SHORT_CLAUSE.match(after.text):
            yield "next-short-clause"
        yield from _carried_on(facts, at)


def _parts(text: str) -> Signs:
    parts = [part for part in text.split(" ") if part]
    if len(parts) > 1:
        long, short = max(map(len, parts)), min(map(len, parts))
        yield "parts-even" if long - short <= 2 and short >= 3 else "parts" if short >= 3 else "parts-short"
        if len(parts) > 2:
            yield "many-parts"


def _clauses(text: str) -> Signs:
    clauses = [clause for clause in re.split("[,、;: ]", text) if clause]
    if "," not in text:
        yield "no-comma"
        return
    if len(clauses) > 1 and len(clauses[0]) <= 4 and len(clauses[1]) >= 2 * len(clauses[0]) + 2:
        yield "short-clause"
    if len(clauses) == 2:
        apart = abs(len(clauses[0]) - len(clauses[1]))
        yield "even-clauses" if apart <= 2 else "uneven-clauses" if apart > 4 else "clauses"


def in_column(facts: Sequence[LineFeatures], at: int) -> bool:
    """Return whether the next two lines are full like this one, or as long, so that it begins a column of text."""
    here, below = facts[at], facts[at + 1 : at + 3]
    if len(below) == 2 and here.full and all(fact.full for fact in below):
        return True
    lead = 2.0 if here.opens_column else 0.0
    return (
        len(below) == 2
        and 9 <= here.width <= 40
        and all(abs(fact.width - here.width - lead) <= 0.5 for fact in below)
        and not any(fact.byline or (stacked(fact) and " " in fact.text) for fact in below)
    )


def _carried_on(facts: Sequence[LineFeatures], at: int) -> Signs:
    """Yield a sign for the share of the line's words that are repeated below, as a heading's are."""
    pieces: list[str] = []
    length = 0
    for fact in facts[at + 1 : at + 1 + _LINES_BELOW]:
        pieces.append(fact.text[:_BELOW])
        length += len(pieces[-1])
        if length >= _ENOUGH_BELOW:
            break
    share = taken_up(facts[at].text, "".join(pieces)[:_BELOW])
    if share is not None:
        yield f"taken-up {min(4, int(share * 8))}"


def stacked(fact: LineFeatures) -> bool:
    """Return whether the line looks like another line of a headline."""
    return (
        may_head(fact) and fact.open and not fact.full and not fact.byline and fact.width <= 30 and "," not in fact.text
    )


def stacking_signs(facts: Sequence[LineFeatures], at: int) -> Signs:
    """Yield signs for line `at` being another line of the headline above, which rarely repeats its words."""
    if not at:
        return
    above, fact = facts[at - 1], facts[at]
    share = taken_up(above.text, fact.text)
    if share is not None and share > 0.4:
        yield "repeats"
    if " " in above.text and " " not in fact.text:
        yield "third-part"
    apart = abs(above.width - fact.width)
    yield "stack-even" if apart <= 1 else "stack-near" if apart <= 4 else "stack-far"


def numbered(text: str) -> bool:
    """Return whether the text begins with a number or bullet of a list."""
    return bool(NUMBERED.match(text))
