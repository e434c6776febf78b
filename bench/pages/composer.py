"""Composition of reports in the habits of one page: how it signs, dates, heads and illustrates them.

Each article carries its printed lines, so that a page can place bylines, captions and credits anywhere.
"""

import re
from random import Random

from tui.gazetteer import Gazetteer, Place

from . import form_texts, report_parts
from .articles import Made
from .heads import heading_from
from .reports import REPORTS
from .texts import DECKS, KICKERS, MATTERS, PEOPLE, Matter
from .wording import Wording

_BOTH_MATTERS = (*MATTERS, *REPORTS)
SUBHEAD_STYLES = ("plain", "plain", "numbered", "sentence", "bracketed", "label", "quoted", "quoted")
FIFTHS = 5
"""Parts into which cross-validation divides the matters."""


def matters_of(part: int) -> tuple[Matter, ...]:
    """Return all matters for -1, those outside a fifth for 0 to 4, and only those of a fifth for -2 to -6."""
    if part == -1:
        return _BOTH_MATTERS
    return tuple(
        one
        for at, one in enumerate(_BOTH_MATTERS)
        if (at % FIFTHS == part if part >= 0 else at % FIFTHS == -2 - part) == (part < 0)
    )


class Composer:
    """The source of one page's articles, with the page's habits."""

    def __init__(self, random: Random, gazetteer: Gazetteer, part: int = -1) -> None:
        self.random = random
        self.matters = matters_of(part)
        self._counties = [place for place in gazetteer.places if place.level == "county" and place.seat != "城关"]
        self._matters = list(self.matters)
        random.shuffle(self._matters)
        self.signing = random.choice(
            ("none", "closing", "closing", "closing", "above", "in the text", "after the dateline", "mixed", "mixed")
        )
        self.filing = random.choice(("place", "media", "agency", "mixed"))
        self.dated = random.choice((0.0, 0.3, 0.5, 0.7, 0.85, 1.0, 1.0))
        """Share of the reports that have a dateline."""
        self.subheads = random.choice((0.0, 0.0, 0.15, 0.35))
        self.captions = random.choice((0.0, 0.0, 0.1, 0.2, 0.5))
        self.titles = random.choice(("parts", "parts", "single", "mixed"))
        self.stacked = random.choice((0.0, 0.0, 0.0, 0.0, 0.3, 0.8, 1.0))
        """Share of the headlines whose parts stand on lines of their own."""
        self.own_heads = random.choice((0.7, 0.9, 1.0, 1.0))
        """Share of the headings that repeat words of their text."""
        self.even_heads = random.choice((0, 0, 0, 9, 12, 14, 16))
        """Characters that headlines made from their text have about, or 0."""
        self.is_brief = random.random() < 0.25
        """Whether reports are short."""
        self.is_digest = False
        self.matters_each = random.choice((1, 2, 2, 3))
        """Matters, at most, from which a long report is made."""
        self.subhead_style = random.choice(SUBHEAD_STYLES)
        self.names_in_subheads = random.choice((0.0, 0.1, 0.3))
        """Share of the subheads that name a place or a body."""
        self._people = list(PEOPLE)
        self.entity = random.choice(report_parts.ENTITIES)
        self.own_words = random.choice((0.5, 1.0, 1.0))
        """Share of the articles that have a vocabulary of their own."""
        self._wording: Wording | None = None
        self.names_apart = random.choice((" ", "、", " "))

    def make_digest(self) -> None:
        """Give the page the habits of a page of short news: one-line headlines, neither dates nor names."""
        self.is_digest = self.is_brief = True
        self.dated, self.signing, self.titles = 0.0, "none", "single"
        self.subheads = self.captions = self.stacked = 0.0
        self.even_heads = self.random.choice((0, 8, 9, 10, 12))

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def filled(self, text: str, local: str = "") -> str:
        """Return the text with its placeholders replaced, each by a new value."""
        day = f"{self.random.randint(1, 12)}月{self.random.randint(1, 28)}日"
        while "{person}" in text:
            text = text.replace("{person}", self.random.choice(self._people), 1)
        return text.format(local=local or "有关部门", day=day, n=self.random.randint(2, 60))

    def matter(self) -> Matter:
        if not self._matters:
            self._matters = list(self.matters)
            self.random.shuffle(self._matters)
        matter = self._matters.pop()
        return self._wording.matter(matter) if self._wording else matter

    def worded(self, text: str) -> str:
        """Return the text in the words of the present article."""
        return self._wording.text(text) if self._wording else text

    def begin(self) -> None:
        """Choose whom and what the next article is about, and its words."""
        repeats = self.random.choice((0.0, 0.1, 0.2, 0.3, 0.45, 0.6))
        self._wording = Wording(self.random, repeats) if self.chance(self.own_words) else None
        self._people = self.random.sample(PEOPLE, self.random.choice((1, 2, 2, 4, len(PEOPLE))))
        self.entity = self.random.choice(report_parts.ENTITIES)

    def place(self) -> Place:
        return self.random.choice(self._counties)

    def title(self, own: str, text: str = "") -> list[str]:
        """Return the parts of a headline: `own` or, if `text` is that of the article, often one made from it."""
        random = self.random
        made = heading_from(random, text, 7) if text and self.chance(self.own_heads) else ""
        if made and self.even_heads:
            more = (heading_from(random, text, 7) for _ in range(6))
            made = min((made, *filter(None, more)), key=lambda one: abs(len(one) - self.even_heads))
        if made:
            own = made
            if self.titles != "single" and self.chance(0.6) and (second := heading_from(random, text, 5, 14)):
                own = f"{own} {second}"
        elif self.chance(0.35):
            own = self.worded(random.choice(report_parts.SENTENCE_HEADS))
        if self.chance(0.35):
            own = self.place().name + self.random.choice(("：", "公安局：", "", "公安局", "法院")) + own
        elif self.chance(0.1):
            own = self.random.choice(report_parts.CITIES) + self.random.choice(("：", "")) + own
        parts = own.split(" ")
        if len(parts) > 1 and (self.titles == "single" or (self.titles == "mixed" and self.chance(0.5))):
            parts = ["，".join(parts)] if self.chance(0.2) else [parts[0]]
        if len(parts) == 1 and (self.titles == "parts" and self.chance(0.6)):
            parts.append(random.choice(random.choice(self.matters).headlines).split(" ")[-1])
        if self.chance(0.2 if self.stacked > 0.5 else 0.06):
            parts.insert(0, random.choice((random.choice(KICKERS).split(" ")[-1], random.choice(report_parts.RUBRICS))))
        if self.chance(0.05) and parts[-1][-1:] not in "？！”":
            parts[-1] += random.choice("？？！")
        if self.chance(0.04):
            parts.insert(0, f"【{random.choice(report_parts.RUBRICS)}】")
        if self.chance(0.15 if self.stacked > 0.5 else 0.05):
            parts.append(random.choice((*DECKS, "——{person}和他的一群羊", "——写在防火期结束之后")))
        if self.chance(0.1):
            at = random.randrange(len(parts))
            start = random.randrange(max(1, len(parts[at]) - 3))
            if re.fullmatch("[一-鿿]{3}", parts[at][start : start + 3]):
                parts[at] = f"{parts[at][:start]}“{parts[at][start : start + 3]}”{parts[at][start + 3 :]}"
        return [self.filled(part, self.place().name + "公安局") for part in parts if part]

    def headline(self, title: list[str]) -> list[tuple[str, str]]:
        """Return the lines of a headline: one for each part, or all parts in one line."""
        if self.chance(self.stacked) or any(part.startswith("——") for part in title):
            return [("headline", part) for part in title]
        return [("headline", " ".join(title))]

    def byline(self, names: list[str]) -> str:
        """Return a byline line that names `names`."""
        between = self.names_apart.join(names)
        first = names[0]
        return self.random.choice((
            f"本报记者 {between}", f"□本报记者 {between}", f"□ {between}", f"■记者 {between}", f"记者 {between}",
            between,
            f"本报记者 {first} 通讯员 {names[-1]}" if len(names) > 1 else f"本报记者 {first} 文/图",
            f"{self.random.choice(report_parts.MEDIA)}记者 "
            f"{between}", f"文/图 本报记者 {first}" if len(names) == 1 else f"文/{first} 图/{names[-1]}",
            f"□记者 {first} 摄影报道" if len(names) == 1 else f"□通讯员 {between}",
        ))  # fmt: skip

    def dateline(self, place: Place | None) -> str:
        random = self.random
        if not self.chance(self.dated):
            return ""
        filing = random.choice(("place", "media", "agency")) if self.filing == "mixed" else self.filing
        date = f"{random.randint(1, 12)}月{random.randint(1, 28)}日"
        town = place.label if place else random.choice(report_parts.CITIES)
        if place and place.seat and self.chance(0.4):
            town = place.seat
        if filing == "place":
            return f"{town}讯" if place else f"本报{town}{date}讯"
        if filing == "media":
            return random.choice(
                (
                    "本报讯",
                    "【本报讯】",
                    f"{random.choice(report_parts.MEDIA)}讯",
                    f"本报{town}讯",
                    f"本报{date}讯",
                    f"“{random.choice(report_parts.MEDIA)}”消息",
                )
            )
        if filing == "agency":
            return random.choice(
                (
                    f"新华社{town}{date}电",
                    f"据新华社{town}{date}电",
                    f"中新社{town}{date}电",
                    f"本报{town}{date}电",
                    f"中新网{town}{date}电",
                )
            )
        return ""

    def names_of(self) -> list[str]:
        return self.random.sample(PEOPLE, self.random.choice((1, 1, 1, 2, 2, 3)))

    def report(self) -> Made:
        """Return a report: headline, perhaps byline and dateline, paragraphs, perhaps subheads and captions."""
        self.begin()
        matter, place = self.matter(), self.place() if self.chance(0.7) else None
        local = (place.name if place else "") + self.random.choice(("公安局", "公安局", "人民法院", "交警大队"))
        body = self.body_of(matter, local)
        first = next(text for kind, text in body if kind == "paragraph")
        if self.chance(0.3):
            first = "".join(text for kind, text in body if kind == "paragraph")
        made = Made(self.title(self.filled(self.random.choice(matter.headlines), local), first))
        lines = made.lines = self.headline(made.title)
        signing = (
            self.random.choice(("none", "closing", "above", "in the text", "after the dateline"))
            if self.signing == "mixed"
            else self.signing
        )
        names = self.names_of()
        if signing == "above":
            self.sign(made, self.byline(names), names)
        if self.chance(0.06):
            lines.append(("paragraph", self.random.choice(report_parts.EDITOR_NOTES)))
        elif self.chance(0.07):
            name, text = self.random.choice(report_parts.LABELLED)
            lines += [("subhead", name), ("paragraph", self.filled(text))]
        dateline = self.dateline(place)
        if dateline and body[0][0] == "paragraph":
            bracket = (
                f"（{self.random.choice(('记者 ', '记者', '通讯员 ', ''))}{self.names_apart.join(names)}）"
                if signing == "after the dateline"
                else ""
            )
            named = f" 记者{names[0]}报道：" if signing == "in the text" and self.chance(0.5) else ""
            body[0] = ("paragraph", f"{dateline}{bracket or named or self.random.choice((' ', ' ', ''))}{body[0][1]}")
        if self.chance(self.captions):
            self._add_captions(made, body)
            if made.byline and self.chance(0.5):
                made.byline += self.random.choice((" 文/图", " 摄影报道"))
                lines[:] = [("byline", made.byline) if kind == "byline" else (kind, text) for kind, text in lines]
        lines += body
        if self.chance(0.06):
            lines.append(
                (
                    "end note",
                    self.random.choice(
                        (
                            "（完）",
                            "（据新华社电）",
                            f"（本报{self.random.choice(report_parts.CITIES)}电）",
                            "（全文完）",
                        )
                    ),
                )
            )
        if signing == "closing":
            self._close(made, names)
        if self.chance(self.captions * 0.6):
            lines += [("caption", self.caption()) for _ in range(self.random.choice((1, 1, 2)))]
        return made

    def sign(self, made: Made, byline: str, names: list[str]) -> None:
        made.byline, made.authors = byline, names
        made.lines.append(("byline", byline))

    def _close(self, made: Made, names: list[str]) -> None:
        text = f"（{self.random.choice(('', '', '记者 ', '通讯员 ', '本报记者 '))}{self.names_apart.join(names)}）"
        if self.chance(0.12):
            text = self.random.choice(
                (
                    f"（{self.random.choice(report_parts.OFFICES)}供稿）",
                    f"供稿：{self.random.choice(report_parts.OFFICES)}",
                    f"（作者单位：{self.random.choice(report_parts.OFFICES)}）",
                    f"{self.random.choice(('来源', '来源', '稿源', '转自'))}：{self.random.choice(report_parts.MEDIA)}",
                    f"（来源：{self.random.choice(report_parts.MEDIA)}）",
                )
            )
        at = made.lines[-1]
        if self.chance(0.35) and at[0] == "paragraph" and text.startswith("（"):
            made.lines[-1] = ("paragraph", at[1] + text)
        else:
            made.lines.append(("byline", text))

    def body_of(self, matter: Matter, local: str) -> list[tuple[str, str]]:
        random = self.random
        told = random.sample(matter.sentences, random.randint(1, 3 if self.is_brief else len(matter.sentences)))
        for _ in range(random.randint(0, 0 if self.is_brief and self.chance(0.8) else self.matters_each)):
            told += random.sample((other := self.matter()).sentences, random.randint(3, len(other.sentences)))
        sentences = [self.filled(text, local) for text in told]
        entity, naming = self.entity, random.choice((0.1, 0.3, 0.5, 0.7))
        least, most = random.choice(((1, 2), (1, 3), (1, 4), (2, 4), (2, 6), (3, 6), (3, 9)))
        opening = random.choice(
            (*matter.leads, *((random.choice(report_parts.BY_WORD) + sentences[0],) if self.chance(0.3) else ()))
        )
        pieces = [("paragraph", self.filled(opening, local) + (sentences.pop() if self.chance(0.6) else ""))]
        style = self.subhead_style if self.chance(0.8) else random.choice(SUBHEAD_STYLES)
        sections = random.choice((2, 3, 3, 4)) if self.chance(self.subheads) and len(sentences) >= 3 else 0
        heads = random.sample(matter.subheads, min(sections, len(matter.subheads)))
        total, left = len(heads), list(heads)
        whole = len(sentences)
        while sentences:
            taken = min(len(sentences), random.randint(least, most))
            text = "".join(sentences.pop() for _ in range(taken))
            if left and (whole - len(sentences) - taken) * total >= (total - len(left)) * whole:
                head = left.pop()
                own = self._own_subhead(text, pieces) if self.chance(self.own_heads) else ""
                pieces.append(self._subhead(style, own or head, total - len(left) - 1, local))
            if text[0] not in "“（" and self.chance(naming):
                text = (
                    self.filled(random.choice(report_parts.ENTITY_OPENINGS).replace("{entity}", entity), local) + text
                )
            elif self.chance(0.5) and text[0] not in "“（":
                text = self.filled(random.choice(report_parts.OPENINGS), local) + text
            if style == "bracketed" and pieces[-1][0] == "paragraph" and self.chance(0.2):
                text = f"（{'一二三四五'[random.randrange(5)]}）{text}"
            pieces.append(("paragraph", text))
        if self.chance(0.6):
            pieces.append(("paragraph", self.filled(random.choice(matter.endings), local)))
        if self.chance(0.06):
            name, text = random.choice(report_parts.LABELLED)
            pieces += [("subhead", name), ("paragraph", self.filled(text))]
        return pieces

    def _own_subhead(self, text: str, pieces: list[tuple[str, str]]) -> str:
        """Return a subhead made from the text below it, often as long as the subhead before."""
        made = [heading_from(self.random, text, 5, 18) for _ in range(5)]
        if self.chance(self.names_in_subheads):
            made = [self.random.choice((self.entity, self.place().name)) + one for one in made if one]
        before = next((text for kind, text in reversed(pieces) if kind == "subhead"), "")
        if " " in before or self.chance(0.12):
            short = [one for _ in range(8) if (one := heading_from(self.random, text, 3, 9))]
            if len(short) > 1:
                return " ".join(short[:2])
        if before and self.chance(0.7):
            return min(made, key=lambda one: abs(len(one) - len(before)), default="")
        return made[0] if made else ""

    def _subhead(self, style: str, head: str, at: int, local: str) -> tuple[str, str]:
        number = "一二三四"[at % 4]
        other = self.filled(self.worded(self.random.choice(report_parts.SENTENCE_HEADS)))
        return "subhead", {
            "plain": head, "numbered": f"{number}、{head}", "bracketed": f"（{number}）{head}", "label": head,
            "sentence": other if self.chance(0.7) else head, "quoted": f"{head[:4]}，"
            f"{head[-4:]}“{self.random.choice(('主动仗', '安全阀', '组合拳', '加速度', '当家人'))}”",
        }[style]  # fmt: skip

    def caption(self) -> str:
        random = self.random
        matter = random.choice(self.matters)
        if self.chance(0.35):
            long = random.choice(matter.leads) + (random.choice(matter.sentences) if self.chance(0.4) else "")
            return self.filled(long, self.place().name + "公安局") + self.credit()
        caption = self.filled(random.choice((random.choice(matter.captions), random.choice(form_texts.EXTRA_CAPTIONS))))
        if self.chance(0.4) and (made := heading_from(random, self.filled(random.choice(matter.sentences)), 9)):
            caption = (
                self.filled(random.choice(("", "", "{person}", "民警", "退休老人"))) + made + random.choice(("。", ""))
            )
        if self.chance(0.2) and not caption.startswith(("图为", "▲", "上图", "下图")):
            caption = "图为" + caption
        return caption + (self.credit() if self.chance(0.45) else "")

    def credit(self) -> str:
        """Return a credit as printed at the end of a caption."""
        person, office = self.random.choice(PEOPLE), self.random.choice(report_parts.OFFICES)
        return self.random.choice((
            f"{person}摄", f" {person} 摄", f"（{person}摄）", f"（{person} 摄）", f" 本报记者 {person} 摄",
            f"（{office}供图）",
            f"（本报记者 {person} 摄）", f"（新华社记者{person}摄）",
        ))  # fmt: skip

    def _add_captions(self, made: Made, body: list[tuple[str, str]]) -> None:
        count = self.random.choice((1, 1, 1, 2, 3))
        captions = [("caption", self.caption()) for _ in range(count)]
        if made.byline and self.chance(0.4):
            made.lines += captions
        elif self.chance(0.35):
            body += captions
        elif self.chance(0.45):
            body[:0] = [(kind, text if text[-1] in "。！？）摄图" else text + "。") for kind, text in captions]
        else:
            for caption in captions:
                body.insert(self.random.randint(1, len(body)), caption)
            for at in range(len(body) - 1, 0, -1):
                if body[at][0] == "caption" and body[at - 1][0] == "subhead":
                    body[at], body[at - 1] = body[at - 1], body[at]
