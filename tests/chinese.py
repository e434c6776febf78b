"""Generated Chinese in the style of bulletins: strategies for clauses, numbers, quotations and signs."""

from hypothesis import strategies as st

_WORDS = """
开鲁县公安局 民警 群众 派出所 呼和浩特市 锡林郭勒盟 反诈 宣传 活动 禁毒 工作 电信网络诈骗 犯罪嫌疑人 违法 线索
草原 牧民 深入 开展 严厉打击 全面排查 矛盾纠纷 化解 安全隐患 的 了 在 和 与 并 就 被 把 对 从 向 为 一 不 有 是
中 上 下 后 前 王某 银行卡 手机 转账 止付 返还 资金 送来 锦旗 表示 感谢 社区 学校 企业 边境 巡逻 冬季 春节 期间
确保 社会 大局 稳定
"""
_NUMBERS = """
3 20个 30多分钟 6月1日 2023年 6月1日15时许 5、6月份 1,280元 1,234.56万元 3.5% 第18轮 1.5亿千瓦时 15:30
100～150公斤 2021—2023年 40余人次 880亿千瓦时 12起 110 第3次
"""
_LATIN = """
APP GPS COVID-19 GB/T 96110 QQ wifi police@nmg.cn https://www.nmg.cn/a?b=1 don’t K1234次
"""
_QUOTED = """
红枫义警 情指行 一盔一带 3·15 不 APP 清源断流—2023 抓党建、整作风、强素质、树形象
"""

_word = st.sampled_from(_WORDS.split())
_special = st.one_of(
    st.sampled_from(_NUMBERS.split()),
    st.sampled_from(_LATIN.split()),
    st.sampled_from(_QUOTED.split()).map("“{}”".format),
    st.sampled_from(_QUOTED.split()).map("《{}》".format),
    _word.map("（{}）".format),
)
_clause = st.lists(st.one_of(_word, _word, st.tuples(_special, _word).map("".join)), min_size=1, max_size=9).map(
    "".join
)
_stop = st.sampled_from(
    ("，", "，", "，", "、", "；", "：", "。", "。", "！", "？", "——", "……", " ", "，“", "。”", "……”")
)
paragraph = st.lists(st.tuples(_clause, _stop).map("".join), max_size=8).flatmap(
    lambda clauses: st.tuples(_clause, st.sampled_from(("。", "！", "……", "。”", "？”", ""))).map(
        lambda last: "".join((*clauses, *last))
    )
)
"""A paragraph with full-width punctuation."""

hostile = st.text(
    st.sampled_from(
        "文字“”‘’（）《》，。！？、…—·% ￥$2023年月第万A-/. \u3000\u200d\ufe0f\u0301𠮷🇨🇳👨👩\u200b\x1b\x07\u202e\t\n"
    ),
    max_size=60,
)
"""Any text."""
