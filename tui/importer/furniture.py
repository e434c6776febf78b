"""Recognition of page furniture: folios, dates, editors' names, section names, jump lines (上接, 下转)."""

import re
from collections.abc import Sequence

from .source_lines import SourceLine
from .text_cues import closed

_EDITORS = (
    r"(?:责任?编辑?|责编|执行主编|主编|本版编辑|本版责编|编辑|美术编辑|美编|版式(?:设计|策划)?|版面设计|视觉设计|设计|制图|"
    r"校对|排版|组版|审校|审读|统筹|监制|签发|值班(?:编委|主任|总编)?)"
)
_NUMERALS = "〇零一二三四五六七八九十"
_DATE = rf"(?:\d{{4}}|[{_NUMERALS}]{{4}})\s?[年./-]\s?[\d{_NUMERALS}]{{1,3}}\s?[月./-]\s?[\d{_NUMERALS}]{{1,3}}\s?日?"
_LUNAR_DAY = r"[正一二三四五六七八九十冬腊闰]{1,3}月[初一二三四五六七八九十廿]{2,3}"
_LUNAR = rf"(?:农历|夏历)?[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年?{_LUNAR_DAY}|农历{_LUNAR_DAY}"
_WEEKDAY = r"(?:星期|周|礼拜)[一二三四五六日天]"
_PAGE = (
    rf"(?:第?\s?[A-D]?\d{{1,3}}\s?版|第[{_NUMERALS}]{{1,3}}版|[A-D]\d{{1,2}}|第?\s?\d{{1,3}}\s?页|共\s?\d{{1,3}}\s?[页版]|"
    r"今日\d{1,2}版|版次:?\d{1,3})"
)
_ISSUE = r"(?:\(?总?第\s?[\d〇零一二三四五六七八九十百千]{1,6}\s?期\)?|\d{4}年第\d{1,3}期|NO\.?\s?\d{1,6}|第\d{1,6}号)"
_PAPER = (
    r"(?:[一-鿿·]{1,12}(?:日报|晚报|晨报|时报|商报|早报|周报|法治报|法制报|公安报|青年报|警察报|新报|导报|政法报|周刊|简报|快报)"
    r"(?:社|·[一-鿿]{2,6})?|人民公安报|新京报|光明日报)"
)
_SECTION = (
    r"(?:要闻|综合|综合新闻|时政要闻|时政|国内新闻|国际新闻|国际|地方新闻|法治新闻|警方新闻|社会新闻|新闻|广告|公益广告|专版|特刊|"
    r"导读|今日导读|副刊|法治|政法|社会|社会·法治|盟市新闻|旗县新闻|基层动态|警务纵横|法治在线|平安建设|民生|文化|体育|经济|教育|"
    r"视点|焦点|观察|聚焦|天下|百姓|生活|图片新闻版|公告栏|综合版|要闻版)"
)
_LINK = (
    r"(?:扫一扫.{0,30}|扫码.{0,24}|【?字号:?.{0,12}】?|【?字体:?.{0,12}】?|\[?(?:大|中|小)\]?|打印(?:本页)?|关闭(?:窗口)?|分享(?:到.{0,16})?|"
    r"收藏|责编:?.{2,10}|返回(?:首页|目录|顶部)|上一[篇页版]|下一[篇页版]|首页|浏览(?:次数|量):?\d*|阅读:?\d+|"
    r"本文来源.{2,20}|点击(?:率|数|查看大图).{0,8}|更多>*|\d{1,2}:\d{2}(?::\d{2})?)"
)
_IMPRINT = (
    r"(?:国内统一(?:连续出版物|刊)号|CN\s?\d\d|邮发代号|新闻热线|热线电话|热线|广告热线|发行热线|投稿(?:邮箱|信箱)|"
    r"电子(?:邮箱|信箱|邮件)|邮箱|E-?mail|本报地址|社址|邮政编码|邮编|网址|印刷|零售价|官方微[博信])[::].{1,50}"
)
_PART = re.compile(
    rf"(?:{_DATE}|{_LUNAR}|{_WEEKDAY}|{_PAGE}|{_ISSUE}|{_PAPER}|{_SECTION}|{_LINK}|\d{{1,2}}月\d{{1,2}}日)"
)
_EDITOR = re.compile(rf"{_EDITORS}(?:[::/]\s?|\s)[一-鿿·]{{2,4}}")
_BARE_NUMBER = re.compile(r"[A-D]?\d{1,3}(?=$|\s)")
_NEVER_ALONE = re.compile(rf"{_SECTION}|{_PAPER}|\d{{1,3}}|\d{{1,2}}月\d{{1,2}}日")
_WEAK = re.compile(rf"{_SECTION}|{_DATE}")
_GAP = re.compile(r"[\s|/·—\-_,;()【】■□●◆]+")
_PATTERNS = (
    rf"{_EDITORS}(?:[::/]|\s(?=\S)).{{1,60}}$",
    rf"{_IMPRINT}$",
    r"[(▲▼■□]*(?:上接|下转|转自|紧接|转|接)(?:第|本版|A|B|\d).{0,14}版?.{0,4}[)▲▼■□]*$",
    r"(?:国内统一(?:连续出版物|刊)号|CN\s?\d\d).{0,60}$",
    r"(?:https?://|www\.)\S{3,60}$",
    r"[·•—–-]*\s?\d{1,3}\s?[·•—–-]*$",
)
_WHOLE = re.compile("|".join(f"(?:{pattern})" for pattern in _PATTERNS))
_LONGEST = 90
_JUMP = re.compile(r"[(▲▼■□]*(?:上接|下转|转自|紧接)(?:第|本版|[A-D]|\d).{0,14}版?.{0,4}[)▲▼■□]*$")


def is_jump_line(folded: str) -> bool:
    """Return whether the line is a jump line, which names the page on which an article continues or began."""
    return len(folded) <= 24 and bool(_JUMP.match(folded))


def is_furniture(folded: str) -> bool:
    """Return whether the line is page furniture: by its form, or because all its parts are."""
    return len(folded) <= _LONGEST and bool(_WHOLE.match(folded) or _all_parts(folded))


def is_weak(folded: str) -> bool:
    """Return whether the line is a date or section name, which is furniture only next to other furniture."""
    return bool(_WEAK.fullmatch(folded))


def _all_parts(folded: str) -> bool:
    """Return whether the line consists only of the paper's name, dates, page and issue numbers, sections and links."""
    at, strong, parts = 0, False, 0
    while at < len(folded):
        if gap := _GAP.match(folded, at):
            at = gap.end()
            continue
        part = (
            _PART.match(folded, at) or _EDITOR.match(folded, at) or (_BARE_NUMBER.match(folded, at) if parts else None)
        )
        if part is None:
            return False
        strong = strong or not _NEVER_ALONE.fullmatch(part[0])
        parts += 1
        at = part.end()
    return strong or bool(_WEAK.fullmatch(folded))


_BARE = re.compile(r"[\d·•—A-D -]+$")


def furniture_among(lines: Sequence[SourceLine]) -> dict[int, SourceLine]:
    """Return the lines that are furniture, by line number; empty if that would be all lines.

    A bare number within a sentence is not furniture.
    """
    sure = [is_furniture(line.folded) and not is_weak(line.folded) for line in lines]
    found: dict[int, SourceLine] = {}
    before: SourceLine | None = None
    for at, line in enumerate(lines):
        beside = before is None or any(sure[max(0, at - 1) : at + 2])
        inside = before is not None and _BARE.match(line.folded) and not closed(before.folded)
        if (sure[at] or (beside and is_weak(line.folded))) and not inside:
            found[line.number] = line
        else:
            before = line
    return found if len(found) < len(lines) else {}
