"""Three hundred queries in twelve classes, drawn from a library's own text."""

import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from tui.article import Article
from tui.catalogue.grams import grams
from tui.fold import fold
from tui.query.dates import day_of
from tui.text.document import fields
from tui.word_tables import word_tables

EACH = 25
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_MIXED = re.compile(r"[0-9]{1,4}[月年日号时起人名个万亿%％]?[0-9]{0,2}[日分]?|[A-Za-z][A-Za-z0-9]{1,7}")


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, its class, and what a program without pinyin or folding must look for instead."""

    kind: str
    typed: str
    plain: tuple[str, ...]
    """Every one of these."""


def asked(sample: list[Article], seed: int = 5, each: int = EACH) -> list[Asked]:
    """The queries, mixed, `each` of a class."""
    chance = random.Random(seed)
    sample = sorted(sample, key=lambda article: (day_of(article.date), article.id))
    texts = ["\n".join(text for _, text in fields(article)) for article in sample]
    counted = Counter(pair for text in texts for pair in word_tables().pairs & grams(text))
    drawn = _Drawn(chance, texts, counted)
    found = [one for kind in KINDS for one in drawn.of(kind, each)]
    chance.shuffle(found)
    return found


KINDS = (
    *("one character", "two-character word", "three or four characters", "long phrase", "rare", "very common"),
    *("not there", "two words", "pinyin", "initials", "traditional", "mixed"),
)


class _Drawn:
    def __init__(self, chance: random.Random, texts: list[str], counted: Counter[str]) -> None:
        self._chance = chance
        self._runs: list[str] = [run for text in texts for run in _HAN.findall(text)]
        self._mixed: list[str] = [found for text in texts for found in _MIXED.findall(text) if len(found) > 1]
        by_count = [pair for pair, _ in counted.most_common()]
        self._common = by_count[:60]
        self._middle = by_count[60:1000]
        self._rare = by_count[-1000:]
        self._traditional = traditional_forms()

    def of(self, kind: str, each: int) -> Iterator[Asked]:
        """So many queries of a class."""
        for _ in range(each):
            typed, plain = self._one(kind)
            yield Asked(kind, typed, plain)

    def _one(self, kind: str) -> tuple[str, tuple[str, ...]]:
        choose = self._chance.choice
        match kind:
            case "one character":
                text = self._stretch(1, 1)
            case "two-character word":
                text = choose(self._middle)
            case "three or four characters":
                text = self._stretch(3, 4)
            case "long phrase":
                text = self._stretch(7, 14)
            case "rare":
                text = choose(self._rare)
            case "very common":
                text = choose(self._common)
            case "not there":
                text = choose(self._rare) + choose(self._rare)[::-1] + choose(self._rare)
            case "two words":
                pair = (choose(self._middle), choose(self._middle))
                return " ".join(pair), pair
            case "pinyin" | "initials":
                return self._spoken(choose(self._middle), kind == "initials")
            case "traditional":
                text = choose([pair for pair in self._middle if any(one in self._traditional for one in pair)])
                return "".join(self._traditional.get(one, one) for one in text), (text,)
            case _:
                text = choose(self._mixed)
        return text, (text,)

    def _stretch(self, least: int, most: int) -> str:
        while True:
            run = self._chance.choice(self._runs)
            length = self._chance.randint(least, most)
            if len(run) >= length:
                start = self._chance.randint(0, len(run) - length)
                return run[start : start + length]

    @staticmethod
    def _spoken(word: str, initials: bool) -> tuple[str, tuple[str, ...]]:
        syllables = [word_tables().usual.get(one, "a") for one in word]
        return "".join(one[0] if initials else one for one in syllables), (word,)


def traditional_forms() -> dict[str, str]:
    """Simplified characters and a form that folds to them."""
    return {fold(chr(code)): chr(code) for code in range(0x4E00, 0xA000) if fold(chr(code)) != chr(code)}
