"""What stands on a page and belongs to no article: folios, dates, editors' names, section names, 上接 and 下转."""

import re
from collections.abc import Sequence

from .lines import SourceLine
from .text_cues import closed

_EDITORS = (
    r"(?:责任编辑|责任?编|执行主编|本版编辑|本版责编|编辑|美术编辑|美编|版式设计?|版面设计|视觉设计|设计|制图|校对|排版|组版|审校|"
    r"值班(?:编委|主任|总编)?)"
)
_PATTERNS = (
    rf"{_EDITORS}[::/ ].{{1,60}}$",
    r"\d{4}年\d{1,2}月\d{1,2}日.{0,4}(?:星期|周)[一二三四五六日天].{0,24}$",
    r"(?:农历|夏历|[甲乙丙丁戊己庚辛壬癸]).{1,4}年.{0,12}$",
    r"(?:星期|周)[一二三四五六日天](?:.{0,12}版)?$",
    r"第?\s?[A-D]?\d{1,2}\s?版$|第[一二三四五六七八九十]{1,3}版$|[A-D]\d{1,2}$|\d{1,3}$|[—-]\s?\d{1,3}\s?[—-]$",
    r"第\s?\d{1,6}\s?期.{0,20}$|总第\s?\d+\s?期.{0,12}$",
    r"[(▲▼■□]*(?:上接|下转|转自|紧接|转|接)(?:第|本版|A|B|\d).{0,14}版?.{0,4}[)▲▼■□]*$",
    r"(?:国内统一(?:连续出版物|刊)号|CN\s?\d\d|邮发代号|新闻热线|热线电话|广告热线|发行热线|投稿(?:邮箱|信箱)|"
    r"电子(?:邮箱|信箱|邮件)|邮箱|E-?mail|本报地址|邮政编码|邮编|网址|印刷|零售价|官方微[博信]).{0,60}$",
    r"(?:https?://|www\.)\S{3,60}$",
    r"(?:要闻|综合|综合新闻|时政要闻|时政|国内新闻|国际新闻|国际|地方新闻|法治新闻|警方新闻|社会新闻|新闻|广告|公益广告|专版|特刊|"
    r"导读|今日导读|副刊)$",
)
_FURNITURE = re.compile("|".join(f"(?:{pattern})" for pattern in _PATTERNS))
_LONGEST = 70


def is_furniture(folded: str) -> bool:
    """Whether the line is page furniture."""
    return len(folded) <= _LONGEST and bool(_FURNITURE.match(folded))


_BARE = re.compile(r"[\d—A-D -]+$")


def furniture_among(lines: Sequence[SourceLine]) -> dict[int, SourceLine]:
    """The lines that are furniture, by number; a bare number in the midst of a sentence is not."""
    found: dict[int, SourceLine] = {}
    before: SourceLine | None = None
    for line in lines:
        if is_furniture(line.folded) and not (before and _BARE.match(line.folded) and not closed(before.folded)):
            found[line.number] = line
        else:
            before = line
    return found if len(found) < len(lines) else {}
