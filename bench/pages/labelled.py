"""Pages to learn from: articles of every form, set in many ways, each line with its label."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from tui.gazetteer import Gazetteer

from .articles import Made, flattened
from .composer import Composer
from .forms import articles_of
from .layouts import NOT_FIRST, broken, wrapped
from .texts import PEOPLE

SETTINGS = (
    "blocks", "broken blocks", "blocks from columns", "columns", "columns without indents", "columns of several widths",
)  # fmt: skip
_MOST_LINES = 22
"""Lines of a column, at most."""

_POURED = "blocks from columns"


@dataclass(frozen=True)
class LabelledRow:
    """A line of a page with the label that is right for it: one of the importer's, or furniture."""

    text: str
    label: str


@dataclass(frozen=True)
class LabelledPage:
    """A page, its setting and its articles."""

    rows: Sequence[LabelledRow]
    setting: str
    made: Sequence[Made]
    text: str


def labelled_page(random: Random, gazetteer: Gazetteer, part: int = -1) -> LabelledPage:
    """Return a page. `part` is as for `matters_of`."""
    composer = Composer(random, gazetteer, part)
    setting = random.choices(SETTINGS, (2, 1, 10, 2, 2, 3))[0]
    made = articles_of(composer, random.choice((1, 2, 3, 4, 5, 6, 7, 8)))
    flat = random.random() < 0.6
    rows: list[LabelledRow] = []
    width = random.randint(9, 24)
    indent = (
        ""
        if setting == "columns without indents" or (setting == "columns of several widths" and random.random() < 0.5)
        else "　　"
    )
    printing = Printing(
        random,
        setting,
        random.choice((0.1, 0.3, 0.45)),
        indent,
        random.random() < 0.85,
        random.random() < 0.3,
        random.random() < 0.25,
    )
    for article in made:
        measure = random.randint(9, 21) if setting == "columns of several widths" else width
        rows += printing.rows(article, measure)
    if random.random() < 0.4 and len(rows) > 2:
        rows = list(_with_furniture(random, rows))
    gap = random.choice(("\n", "\n\n"))
    rows = [LabelledRow(flattened(row.text) if flat else row.text, row.label) for row in rows]
    return LabelledPage(rows, setting, made, gap.join(row.text for row in rows))


@dataclass(frozen=True)
class Printing:
    """How a page is set."""

    random: Random
    setting: str
    rate: float
    """Probability that a block of text is broken between two columns."""
    indent: str
    keeps_rules: bool
    """Whether closing marks never begin a line."""
    headlines_fit: bool
    """Whether headlines are set in the measure of the text."""
    stripped: bool
    """Whether text extraction dropped the indents, so that the first lines of paragraphs are two em short."""

    def rows(self, article: Made, measure: int) -> Iterator[LabelledRow]:
        """Yield the lines of an article set in `measure`, in characters."""
        has_headline = has_body = False
        column = _Column(self.random, measure)
        for kind, text in article.lines:
            label = kind
            if kind == "headline" and has_headline:
                label = "more"
            elif kind == "byline" and not has_body:
                label = "above"
            elif kind == "end note":
                label = "row" if self.setting in ("blocks", "broken blocks", _POURED) else "join"
            has_headline = has_headline or kind == "headline"
            has_body = has_body or kind not in ("headline", "byline")
            pieces = column.cut(text) if self.setting == _POURED and kind == "paragraph" else None
            for at, piece in enumerate(pieces or self._cut(kind, text, measure)):
                yield LabelledRow(piece, _CONTINUED.get(label, label) if at else label)

    def _cut(self, kind: str, text: str, measure: int) -> list[str]:
        if self.setting in ("blocks", _POURED):
            return [text]
        if self.setting == "broken blocks":
            return list(broken(self.random, text, self.rate, 20)) if kind in ("paragraph", "caption") else [text]
        if kind == "row" or (kind in ("headline", "byline") and not self.headlines_fit):
            return [text] if len(text) <= measure or kind != "row" else list(wrapped(text, measure, self.keeps_rules))
        indent = self.indent if kind in ("paragraph", "row") else ""
        lines = wrapped(indent + text, measure, self.keeps_rules)
        return [line.lstrip("　") for line in lines] if self.stripped else list(lines)


class _Column:
    """A printed column of an article, whose end breaks a paragraph wherever it falls."""

    def __init__(self, random: Random, measure: int) -> None:
        self._measure = measure
        self._height = random.randint(3, _MOST_LINES)
        self._left = random.randint(2, self._height)

    def cut(self, text: str) -> list[str]:
        """Return the pieces into which the ends of columns break the text."""
        pieces: list[str] = []
        room = self._left * self._measure - 2
        while len(text) > room:
            at = room
            while at < len(text) and (text[at] in NOT_FIRST or (text[at - 1].isascii() and text[at].isascii())):
                at += 1
            pieces.append(text[:at])
            text, self._left = text[at:], self._height
            room = self._left * self._measure
        if text:
            pieces.append(text)
            self._left -= -(-len(text) // self._measure)
        if self._left <= 0:
            self._left = self._height
        return pieces


_CONTINUED = {
    "headline": "more", "paragraph": "join", "subhead": "subhead-more", "caption": "caption-join", "row": "join",
}  # fmt: skip


def _with_furniture(random: Random, rows: Sequence[LabelledRow]) -> Iterator[LabelledRow]:
    """Yield the lines with page heads at the start, between pages, and editors at the end."""
    page = random.randint(1, 8)
    head = random.choice(
        (
            "草原新报 2024年5月{p}日 星期五 第0{p}版",
            "第{p}版 综合新闻",
            "· {p} ·",
            "2024年5月{p}日 星期五",
            "北疆晚报 要闻 A0{p}",
        )
    )
    yield LabelledRow(head.format(p=page), "furniture")
    breaks = set(random.sample(range(1, len(rows)), min(len(rows) - 1, random.choice((0, 0, 1, 2)))))
    for at, row in enumerate(rows):
        if at in breaks:
            page += 1
            yield LabelledRow(("\f" if random.random() < 0.5 else "") + head.format(p=page), "furniture")
        yield row
    if random.random() < 0.7:
        yield LabelledRow(
            random.choice(("责任编辑：{a} 版式：{b}", "责编 {a} 校对 {b}", "本版编辑：{a}")).format(
                a=random.choice(PEOPLE), b=random.choice(PEOPLE)
            ),
            "furniture",
        )
