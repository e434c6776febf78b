"""Recognition of datelines (讯头) at the head of a first paragraph, and of the bylines that may follow them.

Examples: `双河讯`, `本报讯(记者 刘星)`, `新华社呼和浩特6月1日电 记者刘星报道:`.
Texts and offsets refer to the folded line.
"""

import re
from dataclasses import dataclass

from ..gazetteer import Gazetteer
from .bylines import Byline, bracketed_byline, byline_of
from .text_cues import HAN

_SHAPE = re.compile(
    rf"^(?P<open>[【\[])?(?P<by>据)?(?P<source>[{HAN}·A-Za-z“”‘’《》/、-]{{0,18}}?)\s?(?P<date>(?:\d{{4}}年)?(?:\d{{1,2}}月)?\d{{1,2}}日)?"
    r"(?P<mark>讯|电|消息)(?(open)[】\]])"
)
_MEDIUM = re.compile(
    r"^(?:[“‘《/、-]*(?:本报|本网|本台|本社|本刊|新华社|新华网|中新社|中新网|人民网|央视网|央广网|光明网|中国网|法治网|"
    rf"[{HAN}A-Za-z]{{1,10}}?(?:日报|晚报|晨报|时报|商报|法治报|法制报|公安报|青年报|周报|警方|网|报|台|社|客户端|新闻|频道|融媒体?(?:中心)?|在线))[”’》]?|"
    r"[“《][^“”《》]{2,10}[”》])+(?:综合)?"
)
_NOT_AFTER = {
    "电": re.compile(r"^[力话子信网动影视脑器气台能量源商池磁压缆报杆机线厂站路梯费]"),
    "讯": re.compile(r"^[息号问飞速]"),
    "消息": re.compile(r"^[称说人灵来]"),
}
_WORDS = re.compile("[通资喜音审简快短问电捷]讯$|[供用家发来致充断停触放]电$|(?:好|坏|小道)消息$")
"""Words that end in the mark of a dateline: 快讯, 供电, 好消息. Behind a medium's name they are datelines: 晚报快讯."""
_SURE_MEDIUM = re.compile(
    rf"^[【\[]?据?[“《]?(?:本报|本网|本台|本社|新华社|新华网|中新社|中新网|人民网|央视网|央广网|光明网|中国网|法治网|"
    rf"[{HAN}]{{1,8}}?(?:日报|晚报|晨报|时报|商报|法治报|法制报|公安报|青年报|新闻网|在线|网-)|"
    rf"[{HAN}]{{2,6}}(?:网|报|台|频道|客户端)(?=\d|讯|消息|$))"
)
_PUNCTUATION = re.compile("[。!?;]")
_BRACKET = re.compile(r"^\s?\(([^()]{2,60})\)\s?")
_NAMED = re.compile(
    rf"^(?=.*报道)\s?((?:[{HAN}]{{0,8}}(?:记者|通讯员|实习生)\s?[{HAN}·]{{2,4}}?(?:[、 ][{HAN}·]{{2,4}}?)*?\s?){{1,3}}"
    r"(?:摄影)?报道)\s?[::,]?\s?|"
    rf"^\s((?:[{HAN}]{{0,4}}(?:记者|通讯员)\s[{HAN}·]{{2,3}}(?:[、 ][{HAN}·]{{2,3}})*)[: ]\s?)"
)
_NAMED_ALONE = re.compile(
    rf"^((?:本[报网台社刊])?(?:记者|通讯员)\s?[{HAN}·]{{2,4}}(?:[、 ][{HAN}·]{{2,4}}){{0,3}}\s?报道)(?::\s?|\s)"
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """The extent of a dateline and of its byline, and the start of the text. Offsets are in code points."""

    end: int
    """Offset of the end of the dateline; 0 if there is only a byline."""
    place: str
    """The dateline without medium and date; may be empty or missing from the gazetteer."""
    byline: Byline | None = None
    byline_start: int = 0
    byline_end: int = 0
    text_start: int = 0


def dateline_of(folded: str, gazetteer: Gazetteer) -> Dateline | None:
    """Return the dateline that opens a paragraph, or None."""
    head = folded[:120]
    alone = _bracket_alone(head) or _named_alone(head)
    if alone:
        return alone
    shape = _SHAPE.match(head)
    if not shape or not _plausible(shape, head[shape.end() :], gazetteer):
        return None
    end = shape.end()
    return _with_names(head, end, _place_in(shape["source"] or ""))


def names_medium(folded: str) -> bool:
    """Return whether the text begins with the name of a medium, as the first line of a broken dateline does."""
    return bool(_SURE_MEDIUM.match(folded)) and not _PUNCTUATION.search(folded)


def opens_with_dateline(folded: str) -> bool:
    """Return whether the text opens with a medium, or a place with a date, and 讯, 电 or 消息."""
    shape = _SHAPE.match(folded[:60])
    if not shape or _NOT_AFTER[shape["mark"]].match(folded[shape.end() :]):
        return False
    return bool(shape["date"] or _MEDIUM.match(shape["source"] or ""))


def _plausible(shape: re.Match[str], after: str, gazetteer: Gazetteer) -> bool:
    source, mark = shape["source"] or "", shape["mark"]
    if _NOT_AFTER[mark].match(after) or (
        _WORDS.search(source + mark) and not shape["date"] and not _MEDIUM.match(source)
    ):
        return False
    if len(re.findall(f"[{HAN}]", source)) > 16:
        return False
    if _MEDIUM.match(source):
        place = _place_in(source)
        return bool(len(place) <= 8 and (shape["date"] or mark != "消息" or not place or gazetteer.resolve(place)))
    if mark == "消息":
        return False
    if shape["date"]:
        return len(source) <= 8
    if source and gazetteer.resolve(source):
        return True
    return bool(mark == "讯" and 2 <= len(source) <= 8 and re.match(r"^(?:\s|\()", after))


def _place_in(source: str) -> str:
    place = _MEDIUM.sub("", source).strip()
    return "" if place in ("快", "简", "短", "专") else place


def _with_names(head: str, end: int, place: str) -> Dateline:
    """Return the dateline with the byline that follows it, if any, in brackets or as 记者X报道:."""
    rest = head[end:]
    bracket = _BRACKET.match(rest)
    if bracket:
        found = bracketed_byline(bracket[1])
        if found:
            start = end + bracket.start(0) + len(bracket[0]) - len(bracket[0].lstrip())
            return Dateline(end, place, found, start, end + bracket.start(0) + rest.index(")") + 1, end + bracket.end())
    named = _NAMED.match(rest)
    if named:
        group = 1 if named[1] else 2
        found = byline_of(named[group].strip(" :,"))
        if found and found.authors:
            tail = len(named[0].rstrip(" "))  # includes the colon
            return Dateline(end, place, found, end + named.start(group), end + tail, end + named.end())
    opening = re.match(r"^[: ]\s?", rest)
    return Dateline(end + (1 if rest.startswith(":") else 0), place, text_start=end + (opening.end() if opening else 0))


def _bracket_alone(head: str) -> Dateline | None:
    """Return a bracketed byline that opens the text without a dateline, as in `(记者 刘星)`, or None."""
    bracket = _BRACKET.match(head)
    if not bracket or bracket.end() >= len(head) or ("记者" not in bracket[1] and "通讯员" not in bracket[1]):
        return None
    found = bracketed_byline(bracket[1])
    return Dateline(0, "", found, 0, head.index(")") + 1, bracket.end()) if found else None


def _named_alone(head: str) -> Dateline | None:
    """Return a byline that opens the text without a dateline, as in `记者刘星报道:`, or None."""
    named = _NAMED_ALONE.match(head)
    found = byline_of(named[1]) if named else None
    if named is None or found is None or not found.authors:
        return None
    return Dateline(0, "", found, 0, len(named[0].rstrip()), named.end())
