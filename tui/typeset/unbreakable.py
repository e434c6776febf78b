"""Units that stay on one line: numbers with measure words, words of an alphabet, pairs of dots and dashes.

Rules: CLREQ 3.1.5.1 and 3.2.4, GB/T 15834 5.1.4–5.1.7, GB/T 15835 (a numeral stays on one line), UAX #14 LB25.
"""

import re
from collections.abc import Iterator

# Kept with their number. Those of two or more characters may be separated if six cells would otherwise be missing.
_MEASURES = (
    "年 月 日 号 时 点 分 秒 天 岁 世纪 年代 年级 年度 年底 年初 年末 月份 月底 月初 "
    "月末 月中 周年 周岁 时许 分钟 小时 个月 个 名 位 人 人次 起 件 次 条 项 家 户 对 "
    "届 期 度 轮 遍 趟 回 场 批 间 套 所 处 台 部 辆 架 艘 支 首 株 头 只 棵 座 "
    "幅 款 组 队 班 室 区 字 片 块 段 篇 章 节 张 份 本 册 类 种 级 代 版 颗 枚 "
    "股 楼 层 页 倍 路 里 斤 克 吨 米 亩 升 角 元 万 亿 成 余 多 万元 亿元 万亿元 "
    "公里 千米 厘米 毫米 公斤 千克 公顷 立方米 平方米 平方公里 千瓦 千瓦时 千伏 千伏安 "
    "百分点"
)
# Less usual, and kept with their number unless the line would end three or more cells short.
_RARE_MEASURES = (
    "毫升 毫克 海里 英里 英尺 盎司 摄氏度 赫兹 兆瓦 兆瓦时 平米 车次 架次 例 宗 笔 瓶 袋 "
    "箱 桶 针 剂 粒 顿 盒 根 匹 栋 幢 扇 顶 朵"
)


_MEASURE_WORDS = ((frozenset(_MEASURES.split()), False), (frozenset(_RARE_MEASURES.split()), True))
_MAX_MEASURE = max(len(word) for words, _rare in _MEASURE_WORDS for word in words)

_DIGITS = "0-9０-９"
_SCALE = "(?:[百千万亿](?![瓦米克伏]))*"
_NUMBER = re.compile(rf"[{_DIGITS}]+(?:[.,:/．][{_DIGITS}]+)*[%‰％℃°℉]?{_SCALE}")
_ABOUT = re.compile(rf"[余多来几]?{_SCALE}[余多]?")


def numbers(text: str) -> Iterator[tuple[int, int, int, bool]]:
    """Yield numbers with what belongs to them, except 第 before them: 1,234.56万元, 30多分钟, 3.5%.

    Each is (start, end, start of the measure word or `end`, whether the measure word is rare).
    """
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        about = _ABOUT.match(text, end)
        for at in range(about.end() if about else end, end - 1, -1):
            if found := _measure_word_at(text, at):
                yield start, at + found[0], at, found[1]
                break
        else:
            yield start, end, end, False


def _measure_word_at(text: str, at: int) -> tuple[int, bool] | None:
    """Return the length of the longest measure word at a position, and whether it is rare."""
    for words, is_rare in _MEASURE_WORDS:
        for size in range(min(_MAX_MEASURE, len(text) - at), 0, -1):
            if text[at : at + size] in words:
                return size, is_rare
    return None


# Patterns that few first screens need are compiled at first use; `re` caches them.
_LETTERS = "A-Za-zÀ-ɏͰ-ϿЀ-ԯ0-9"
WORD = rf"[{_LETTERS}]+(?:['’._@/&+#:%=?~-]+[{_LETTERS}]+)*"
"""A word of an alphabet, a code, an address; also digits joined by signs that numbers do not contain."""
HAS_LETTER = "[A-Za-zÀ-ɏͰ-ϿЀ-ԯ]"
WITHIN_WORD = r"(?<=[-/._?=&])(?=[A-Za-z0-9])"
"""Where a word too long for a line is cut first."""
WITHIN_DIGITS = rf"(?<=[-~+#=&@_'’?%])(?=[{_DIGITS}])"
"""Where digits joined by signs may be separated if necessary: 0471-6550110."""
SIGN = re.compile(r"[!-/:-@\[-`{-~]")
"""An ASCII sign. Beside another ASCII character it is part of a word, a code or a formula."""
POINT = re.compile(f"(?<=[{_DIGITS}][·・])(?=[{_DIGITS}])")
"""3·15: kept together unless the line would be too short."""

REPEATED = re.compile("([…⋯—])\\1+|[\U0001f1e6-\U0001f1ff]{2,}")
"""Runs made of pairs: ellipses, dashes, the letters of flags."""
DATE_PART = r"(?<=[年月日])(?=\d{1,2}[月日时])"
"""Where a date may be broken, at a cost."""
