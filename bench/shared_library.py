"""Generated libraries whose words are as unequal as those of a newspaper: common ones everywhere, most of them rare.

The sentences mean nothing. The library of `bench.library` repeats a few hundred words, which makes an index too small.
"""

import json
import random
from itertools import accumulate
from pathlib import Path

from tui.word_tables import word_tables

from .library import MADE, ROOT, labelled_places

PER_BULLETIN = 5_000
YEARS = 22
FIRST_YEAR = 2004
CHARACTERS = 680
"""Characters of an article on average."""
_FORMAT = 1
_LATIN = ("2023年", "110", "App", "第3届", "GDP", "5G", "98.6%", "K12", "WTO", "2008", "1,200", "iPhone")
_PLACES = 200
_AUTHORS = 2_000


def generated(articles: int) -> Path:
    """Return the folder of a library with `articles` articles, made if necessary; the same text each time."""
    folder = MADE / f"shared-{_FORMAT}-{articles}"
    if not (folder / "gazetteer.yaml").exists():
        Maker(articles).write(folder, articles)
    return folder


class Maker:
    """Draws articles."""

    def __init__(self, seed: int) -> None:
        self._draw = random.Random(seed)
        weights = word_tables().weights()
        self._words = sorted(weights)
        self._sums = list(accumulate(1.7 ** weights[word] for word in self._words))
        self._authors = [self._word()[:1] + self._word()[:2] for _ in range(_AUTHORS)]
        self._places = labelled_places()[:_PLACES]

    def write(self, folder: Path, articles: int) -> None:
        """Write the library: bulletins of `PER_BULLETIN` articles, spread over the years."""
        for first in range(0, articles, PER_BULLETIN):
            year = FIRST_YEAR + first * YEARS // articles
            bulletin = folder / f"{year}-{first // PER_BULLETIN:04}"
            bulletin.mkdir(parents=True, exist_ok=True)
            head = f"id: {bulletin.name}\ntitle: {year} 年第 {first // PER_BULLETIN + 1} 辑\nissued: {year}\n"
            (bulletin / "bulletin.yaml").write_text(head, "utf-8")
            with open(bulletin / "articles.jsonl", "w", encoding="utf-8") as out:
                for index in range(first, min(first + PER_BULLETIN, articles)):
                    out.write(json.dumps(self.article(index, year), ensure_ascii=False) + "\n")
        (folder / "gazetteer.yaml").write_text((ROOT / "content" / "gazetteer.yaml").read_text("utf-8"), "utf-8")

    def article(self, index: int, year: int) -> dict[str, object]:
        """Return an article."""
        draw = self._draw
        label, code = draw.choice(self._places)
        length = max(120, round(draw.gauss(CHARACTERS, CHARACTERS / 3)))
        paragraphs: list[str] = []
        while sum(map(len, paragraphs)) < length:
            paragraphs.append("".join(self._sentence() for _ in range(draw.randint(2, 4))))
        return {
            "id": f"{index:08}",
            "title": ["".join(self._word() for _ in range(draw.randint(4, 7)))],
            "place": label,
            "place_id": code,
            "authors": [draw.choice(self._authors) for _ in range(draw.choice((1, 1, 2)))],
            "date": f"{year}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}",
            "body": "\n\n".join(paragraphs),
        }

    def _word(self) -> str:
        return self._draw.choices(self._words, cum_weights=self._sums)[0]

    def _sentence(self) -> str:
        draw = self._draw
        words = draw.choices(self._words, cum_weights=self._sums, k=draw.randint(8, 20))
        if draw.random() < 0.3:
            words[draw.randrange(len(words))] = draw.choice(_LATIN)
        words[draw.randrange(3, 7)] += "，"
        return "".join(words) + "。"
