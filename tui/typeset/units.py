"""What stays together because it is read as one: numbers with measure words, words of an alphabet, pairs.

Rules: CLREQ 3.1.5.1 and 3.2.4, GB/T 15834 5.1.4–5.1.7, GB/T 15835 (a numeral stays on one line), UAX #14 LB25.
"""

import re

# Kept with its number; a measure word of two or more characters may part where six cells would else be missing.
_MEASURES = (
    "年 月 日 号 时 点 分 秒 天 岁 世纪 年代 年级 年度 年底 年初 年末 月份 月底 月初 "
    "月末 月中 周年 周岁 时许 分钟 小时 个月 个 名 位 人 人次 起 件 次 条 项 家 户 对 "
    "届 期 度 轮 遍 趟 回 场 批 间 套 所 处 台 部 辆 架 艘 支 首 株 头 只 棵 座 "
    "幅 款 组 队 班 室 区 字 片 块 段 篇 章 节 张 份 本 册 类 种 级 代 版 颗 枚 "
    "股 楼 层 页 倍 路 里 斤 克 吨 米 亩 升 角 元 万 亿 成 余 多 万元 亿元 万亿元 "
    "公里 千米 厘米 毫米 公斤 千克 公顷 立方米 平方米 平方公里 千瓦 千瓦时 千伏 千伏安 "
    "百分点"
)
# Less usual ones: kept with their number unless the line would end three cells short or more.
_RARER = (
    "毫升 毫克 海里 英里 英尺 盎司 摄氏度 赫兹 兆瓦 兆瓦时 平米 车次 架次 例 宗 笔 瓶 袋 "
    "箱 桶 针 剂 粒 顿 盒 根 匹 栋 幢 扇 顶 朵"
)


def _either(words: str) -> str:
    """A pattern for the longest of the words, by their first characters: a hundred words are not tried one by one."""
    rests: dict[str, list[str]] = {}
    for word in words.split():
        rests.setdefault(word[0], []).append(word[1:])
    alone = "".join(first for first, rest in rests.items() if rest == [""])
    groups = [
        first + "(?:" + "|".join(sorted(filter(None, rest), key=len, reverse=True)) + ")" + ("?" if "" in rest else "")
        for first, rest in rests.items()
        if rest != [""]
    ]
    return "|".join((f"[{alone}]", *groups))


_DIGITS = "0-9０-９"
_SCALE = "(?:[百千万亿](?![瓦米克伏]))*"
NUMBER = re.compile(
    rf"[{_DIGITS}]+(?:[.,:/．][{_DIGITS}]+)*[%‰％℃°℉]?{_SCALE}"
    rf"(?:(?P<about>[余多来几]?{_SCALE}[余多]?)(?:(?P<measure>{_either(_MEASURES)})|(?P<rarer>{_either(_RARER)})))?"
)
"""1,234.56万元, 30多分钟, 3.5%: digits with all that belongs to them, but for 第 before them."""

# What few first screens need is compiled when it is first looked for: `re` keeps it.
_LETTERS = "A-Za-zÀ-ɏͰ-ϿЀ-ԯ0-9"
WORD = rf"[{_LETTERS}]+(?:['’._@/&+#:%=?~-]+[{_LETTERS}]+)*"
"""A word of an alphabet, a code, an address; also digits joined by other signs than a number's."""
HAS_LETTER = "[A-Za-zÀ-ɏͰ-ϿЀ-ԯ]"
TIGHT = r"(?<=[-/._?=&])(?=[A-Za-z0-9])"
"""Where a word too long for any line is cut first."""
LOOSE = rf"(?<=[-~+#=&@_'’?%])(?=[{_DIGITS}])"
"""Where digits joined by signs may part if need be: 0471-6550110."""
SIGN = re.compile(r"[!-/:-@\[-`{-~]")
"""A sign of ASCII: beside another ASCII character it is part of a word, a code, a formula."""
POINT = re.compile(f"(?<=[{_DIGITS}][·・])(?=[{_DIGITS}])")
"""3·15: kept together unless the line would end too short."""

REPEATED = re.compile("([…⋯—])\\1+|[\U0001f1e6-\U0001f1ff]{2,}")
"""Runs that are made of pairs: ellipses, dashes, the letters of flags."""
DATE_PART = r"(?<=[年月日])(?=\d{1,2}[月日时])"
"""Where a date parts, at a price."""
