"""Recognition of page furniture: folios, dates, editors' names, section names, jump lines (上接, 下转)."""

import itertools
import re
from collections.abc import Iterable, Sequence

from .furniture_parts import CALENDAR, DATED, FOLIO, NUMERALS, PAPER, SECTION, SOURCE, STRONG, WEAK, editor_at
from .source_lines import SourceLine
from .text_cues import closed, dangles, goes_on

_GAP = re.compile(r"[\s|/·—–_,;()【】\[\]■□●◆>»→~-]+")
_BARE_NUMBER = re.compile(r"[A-D]?\d{1,3}(?=$|[\s·|])")
_NAME = re.compile(
    r"(?<![一-鿿\d])(?![一-鿿·]*[的了在是有和与于被将从已])[一-鿿][一-鿿·]{1,9}(?=$|[\s|/(]|·第?[A-D]?\d)"
)
"""A short name that no list has, such as that of a paper or a section. It begins a part of the line, and a page number
may follow a dot: 草原法治·第3版."""
_MEDIUM = re.compile(r"(?:报|网|台|社|刊|在线|新闻|客户端|融媒|融媒体中心|资讯|传媒)$")
_JUMP = (
    r"[(▲▼■□◆●→←【]*(?:上接|下转|转自|紧接|接|转)(?:第|本版|A|B|C|D|\d|"
    rf"[{NUMERALS}]{{1,3}}版).{{0,14}}?版?.{{0,4}}[)▲▼■□◆●→←】]*$"
)
_PATTERNS = (
    r"(?:责任编辑|责编|美编|版式|校对|排版|本版编辑|本版责编|执行主编|值班主任|值班编委|编辑|主编)(?:[::/]).{1,60}$",
    r"(?:国内统一(?:连续出版物|刊)号|CN\s?\d\d).{0,60}$",
    r"(?:新闻热线|热线电话|广告热线|发行热线|投稿邮箱|投稿信箱|社址|本报地址|邮发代号)[::].{1,60}$",
    r"(?:您?当前的?位置\s?[::]\s?|首页\s?(?:>|»|→)).{0,60}$",
    r"(?:主送|报送?|送|抄送|抄报|发送?|印发|呈报)[::][^。]{2,50}。?$",
    r"(?:上|下)一[篇条页版期][::].{0,60}$",
    r"[^\s,。;:!?]{2,16}(?:\s[>»›]\s[^\s,。;:!?>»›]{2,16}){1,5}$",
    r"(?:https?://|www\.)\S{3,60}$",
    r"[·•—–-]*\s?\d{1,3}\s?[·•—–-]*$",
    r"\d{1,3}\s?/\s?\d{1,3}$",
    _JUMP,
)
_WHOLE = re.compile("|".join(f"(?:{pattern})" for pattern in _PATTERNS))
_SHORT_JUMP = re.compile(_JUMP)
_LONGEST = 90
_BARE = re.compile(r"[A-D]?[\d/ ]+$")
_SIGNED_HEAD = (
    r"[一-鿿]{3,24}(?:委员会|办公室|局|厅|政府|支队|总队|中心|部)\s+(?:(?:编|编印|主编|主办|印)\s+)?"
    rf"(?:{DATED.pattern})"
)
"""The line below the name of a bulletin: the body that issues it, and the date."""
_LINKS = r"(?:相关(?:文章|链接|阅读|新闻|报道|推荐)|推荐阅读|热门文章)[::]?"
_WEAK_ALONE = re.compile(
    rf"(?:{_LINKS}|{SECTION.pattern}|(?:{DATED.pattern})|{SOURCE.pattern}|{PAPER.pattern}|{_SIGNED_HEAD})$"
)


_DATE_ALONE = re.compile(rf"(?:(?:{CALENDAR.pattern})[\s()·|/-]*)+$")
_FULL_DATE = re.compile(rf"(?:{DATED.pattern}).*(?:星期|周)[一二三四五六日天]")
_HALF_JUMP = re.compile(r"^[(▲▼]*(?:上|下|紧|转)[^)]{0,8}$")


def is_jump_line(folded: str) -> bool:
    """Return whether the line is a jump line, which names the page on which an article continues or began."""
    return len(folded) <= 24 and bool(_SHORT_JUMP.match(folded))


def is_furniture(folded: str) -> bool:
    """Return whether the line is page furniture: by its form, or because all its parts are."""
    return len(folded) <= _LONGEST and bool(_WHOLE.match(folded) or _all_parts(folded))


def is_weak(folded: str) -> bool:
    """Return whether the line is a date, a section, a source or the like, which counts only next to other furniture."""
    return bool(_WEAK_ALONE.match(folded))


def is_date(folded: str) -> bool:
    """Return whether the line is a date or a weekday alone, which within a page may be part of an article.

    Both together are a page head.
    """
    return bool(_DATE_ALONE.match(folded)) and not _FULL_DATE.match(folded)


def _all_parts(folded: str) -> bool:
    """Return whether the line consists only of the paper's name, dates, page and issue numbers, sections and links.

    Beside a page number, a weekday or an issue number, two short unknown names are allowed, and beside a date one that
    ends as the names of media do.
    """
    at, strong, numbers = 0, 0, 0
    weak: list[str] = []
    unknown: list[str] = []
    while at < len(folded):
        if gap := _GAP.match(folded, at):
            at = gap.end()
        elif found := STRONG.match(folded, at):
            strong += 1
            at = found.end()
        elif end := editor_at(folded, at):
            strong += 1
            at = end
        elif found := WEAK.match(folded, at):
            weak.append(found[0])
            at = found.end()
        elif found := _BARE_NUMBER.match(folded, at):
            numbers += 1
            at = found.end()
        elif found := _NAME.match(folded, at):
            unknown.append(found[0])
            at = found.end()
        else:
            return False
    if numbers > 1:
        return False
    if unknown:
        if "," in folded:
            return False
        return _names_fit(folded, unknown, numbers, weak)
    sections = [part for part in weak if SECTION.fullmatch(part)]
    if strong or (sections and len(weak) <= 2 and (numbers or len(weak) > len(sections))):
        return True
    if len(weak) > 1 and any(PAPER.fullmatch(part) or DATED.fullmatch(part) for part in weak):
        return True
    return is_weak(folded)


def _names_fit(folded: str, unknown: Sequence[str], numbers: int, weak: Sequence[str]) -> bool:
    dated = DATED.search(folded) is not None
    folio = FOLIO.search(folded) is not None or (numbers > 0 and folded[:1].isascii() and (dated or bool(weak)))
    if folio:
        return len(unknown) <= 1 + dated
    return (dated or numbers > 0) and len(unknown) == 1 and bool(_MEDIUM.search(unknown[0]))


def furniture_among(lines: Sequence[SourceLine]) -> dict[int, SourceLine]:
    """Return the lines that are furniture, by line number; empty if that would be all lines.

    A bare number within a sentence is not furniture.
    """
    dates = [is_date(line.folded) for line in lines]
    sure = [
        is_furniture(line.folded) and not is_weak(line.folded) and not date
        for line, date in zip(lines, dates, strict=True)
    ]
    for at, (line, after) in enumerate(itertools.pairwise(lines)):
        if _HALF_JUMP.search(line.folded) and is_jump_line(line.folded + after.folded):
            sure[at] = sure[at + 1] = True

    def edge(order: Iterable[int]) -> list[int]:
        return list(itertools.takewhile(lambda at: sure[at] or dates[at] or is_weak(lines[at].folded), order))

    top, bottom = edge(range(len(lines))), edge(range(len(lines) - 1, -1, -1))
    if not any(sure[at] for at in bottom):
        bottom = []  # a date at the very end signs a notice
    for at in (*top, *bottom):
        sure[at] = sure[at] or dates[at]
    found: dict[int, SourceLine] = {}
    before: SourceLine | None = None
    for at, line in enumerate(lines):
        beside = before is None or any(sure[max(0, at - 1) : at + 2])
        inside = before is not None and _BARE.match(line.folded) and not closed(before.folded)
        weak = is_weak(line.folded) or (dates[at] and before is not None)
        if (
            sure[at] or (beside and weak) or (dates[at] and before and _interrupts(before, lines[at + 1 : at + 2]))
        ) and not inside:
            found[line.number] = line
        else:
            before = line
    return found if len(found) < len(lines) else {}


def _interrupts(before: SourceLine, after: Sequence[SourceLine]) -> bool:
    """Return whether a sentence goes on from the line before to the line after."""
    return bool(after) and (before.folded.endswith((",", "、")) or dangles(before.folded) or goes_on(after[0].folded))
