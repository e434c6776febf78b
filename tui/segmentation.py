"""The segmentation of Chinese text into words, with a table of common words.

The table has the words of `word_tables` with their frequency in general texts (docs/search.md names the sources).
`_LOCAL` adds words that it lacks and police bulletins of Inner Mongolia use.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from math import inf

from .word_tables import word_tables

_RUN = re.compile("[\u4e00-\u9fff]+")
_LOCAL = """
民辅警 警力 警种 违法犯罪 破案 专项行动 防控 筑牢 高质量 初心 工作法 走失 共治 读书班 锡林郭勒 锡林浩特 赤峰 通辽
乌海 鄂尔多斯 呼伦贝尔 乌兰察布 巴彦淖尔 兴安盟 阿拉善 开鲁 托克托 牙克石 科右中旗
"""
PARTICLES = frozenset(
    "的了着过地得是在有和与及或同对向从自由于以为被把将让给到往等也都还就又并其这那该"
    "此各每某一不没很最更所而但则若如因当中里外上下前后内间时次个名位人年月日"
)
"""Characters that, as a separate word at either end of a run of words, make it a piece of a sentence, not a keyword."""
_FIRST_BITS, _BITS_EACH = -19.8, 0.5
"""Binary logarithm of the probability of a word of the lowest weight, and the increase for each step of weight."""
_LOCAL_BITS = -15.8
"""Binary logarithm of the probability of words without a count: that of a word counted 1,000 times."""
_SINGLE_BITS = -11.5
"""Binary logarithm of the probability of a character outside all known words."""


class WordTable:
    """Words with the binary logarithms of their probabilities."""

    def __init__(self, bits: Mapping[str, float]) -> None:
        self._bits = bits
        self._longest = max(map(len, bits), default=0)
        self._starts = frozenset(word[:2] for word in bits)

    def with_words(self, words: Iterable[str]) -> "WordTable":
        """Return a table that also has these words, such as the names of places."""
        more = {word: _LOCAL_BITS for word in words if len(word) > 1 and _RUN.fullmatch(word)}
        return WordTable(more | dict(self._bits))

    def segment(self, text: str) -> list[str]:
        """Return the most probable words of a Chinese text; characters outside known words are single.

        Takes time linear in the length of the text.
        """
        size, bits, starts = len(text), self._bits, self._starts
        best = [0.0, *([-inf] * size)]
        origin = [0] * (size + 1)
        for start in range(size):
            here = best[start]
            if here + _SINGLE_BITS > best[start + 1]:
                best[start + 1], origin[start + 1] = here + _SINGLE_BITS, start
            if text[start : start + 2] in starts:
                for end in range(start + 2, min(start + self._longest, size) + 1):
                    more = bits.get(text[start:end])
                    if more is not None and here + more > best[end]:
                        best[end], origin[end] = here + more, start
        words: list[str] = []
        end = size
        while end:
            words.append(text[origin[end] : end])
            end = origin[end]
        return words[::-1]

    def inside_words(self, text: str) -> set[int]:
        """Return the positions between two characters of the same Chinese word."""
        inside: set[int] = set()
        for run in _RUN.finditer(text):
            at = run.start()
            for word in self.segment(run[0]):
                inside.update(range(at + 1, at + len(word)))
                at += len(word)
        return inside


@cache
def common_words() -> WordTable:
    """Return the table of common words. The first call loads it, in about 15 ms."""
    bits = {word: _FIRST_BITS + _BITS_EACH * weight for word, weight in word_tables().weights().items()}
    return WordTable(dict.fromkeys(_LOCAL.split(), _LOCAL_BITS) | bits)
