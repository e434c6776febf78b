"""A vocabulary for each article, so that the few sentences written for the page set become many.

No sign of the importer is a content word, but signs compare the words of headings and texts. A text keeps its
function words, marks and numbers; its content words become those of the article, some of them again and again. The
result is no sense, but has the form of sense.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from random import Random

from tui.segmentation import common_words
from tui.word_tables import word_tables

from .texts import Matter

_COMMON, _RAREST = 13, 3
"""Steps of weight in the word table: words in between are content words."""
_KEPT = re.compile(
    "[一二三四五六七八九十两百千万亿的了着过地得是在有和与及或也都就才却还又并而但若如被把将让给对从向自由于以为其这那此各每"
    "今昨明近日月年时期间前后中内外上下里午晚早晨夜春夏秋冬季说称示调出介绍获悉据记者通讯员图摄报消息讯电编者按本版责"
    "省市县区旗盟州镇乡苏木嘎查村局院厅委法检公安政府司集团大学路街]"
)
"""Characters of words that are kept: those that say when, where, who or how, by which lines are told apart."""
_RUN = re.compile(r"\{[a-z]+\}|[一-鿿]+")
_CLAUSES = re.compile("(?<=[，；])")


class Wording:
    """The words of one article."""

    def __init__(self, random: Random, repeats: float) -> None:
        """Draw the words. `repeats` is the share of the content words that are of the few that it repeats."""
        self._random, self._repeats = random, repeats
        self._topic = random.sample(content_words(), random.randint(6, 24))
        self._known: dict[str, str] = {}

    def matter(self, matter: Matter) -> Matter:
        """Return the matter in the words of the article, with clauses in other sentences."""
        return replace(
            matter,
            headlines=self._all(matter.headlines),
            leads=self._all(matter.leads),
            sentences=self._all(self._mixed(matter.sentences)),
            subheads=self._all(matter.subheads),
            endings=self._all(matter.endings),
            captions=self._all(matter.captions),
        )

    def text(self, text: str) -> str:
        """Return the text in the words of the article. Placeholders in braces stay."""
        return _RUN.sub(lambda run: run[0] if run[0][0] == "{" else "".join(map(self._word, _words(run[0]))), text)

    def _all(self, texts: Sequence[str]) -> tuple[str, ...]:
        return tuple(map(self.text, texts))

    def _word(self, word: str) -> str:
        if len(word) < 2 or _KEPT.search(word):
            return word
        known = self._known.get(word)
        if known is None or (len(word) == 2 and self._random.random() < self._repeats):
            pool = self._topic if len(word) == 2 and self._random.random() < self._repeats else content_words()
            known = self._random.choice(pool)
            if len(word) > 2:
                known = "".join(self._random.choice(content_words()) for _ in range((len(word) + 1) // 2))[: len(word)]
            self._known[word] = known
        return known

    def _mixed(self, sentences: Sequence[str]) -> list[str]:
        """Return the sentences, some of them longer by clauses of others."""
        random = self._random
        inner = [
            clause
            for sentence in sentences
            for clause in _CLAUSES.split(sentence)[1:-1]
            if not re.search("[“”（）：]", clause)
        ]
        share = random.choice((0.0, 0.3, 0.6))
        mixed: list[str] = []
        for sentence in sentences:
            clauses = _CLAUSES.split(sentence)
            if inner and len(clauses) > 1 and "“" not in sentence and random.random() < share:
                clauses[-1:-1] = random.sample(inner, min(len(inner), random.randint(1, 3)))
            mixed.append("".join(clauses))
        return mixed


@cache
def content_words() -> tuple[str, ...]:
    """Return the words of two characters that are neither very common nor very rare, sorted."""
    weights = word_tables().weights()
    return tuple(
        sorted(
            word
            for word, weight in weights.items()
            if len(word) == 2 and _RAREST <= weight < _COMMON and not _KEPT.search(word)
        )
    )


@cache
def _words(run: str) -> tuple[str, ...]:
    return tuple(common_words().segment(run))
