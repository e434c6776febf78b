"""Composition of articles of every form: reports, briefs, picture pages, notices, letters, talks, verse, tables.

Each article carries its printed lines, so that a page can place bylines, captions and credits anywhere.
"""

import re
from collections.abc import Callable
from random import Random

from tui.gazetteer import Gazetteer, Place

from . import form_texts as texts
from .articles import Made
from .reports import REPORTS
from .texts import DECKS, KICKERS, MATTERS, PEOPLE, Matter

_BOTH_MATTERS = (*MATTERS, *REPORTS)
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
        self._all = matters_of(part)
        self._counties = [place for place in gazetteer.places if place.level == "county" and place.seat != "城关"]
        self._matters = list(self._all)
        random.shuffle(self._matters)
        self.signing = random.choice(
            ("none", "closing", "closing", "closing", "above", "in the text", "after the dateline", "mixed", "mixed")
        )
        self.filing = random.choice(("none", "place", "media", "agency", "mixed", "mixed"))
        self.subheads = random.choice((0.0, 0.15, 0.35))
        self.captions = random.choice((0.0, 0.0, 0.15, 0.4))
        self.titles = random.choice(("parts", "single", "single", "mixed"))
        self.stacked = random.random() < 0.5
        self.names_apart = random.choice((" ", "、", " "))

    def articles(self, count: int) -> list[Made]:
        """Return the articles of the page in order."""
        forms: tuple[tuple[int, Callable[[], Made]], ...] = (
            (16, self.report), (2, self.brief_list), (2, self.briefs), (2, self.pictures),
            (2, self.notice), (1, self.letter),
            (1, self.talk), (1, self.feature), (1, self.verse), (1, self.table), (1, self.names), (2, self.comment),
        )  # fmt: skip
        if self.chance(0.75 if self.signing == "closing" else 0.4):
            return [self.report() for _ in range(count)]
        chosen = self.random.choices([form for _weight, form in forms], [weight for weight, _form in forms], k=count)
        return [form() for form in chosen]

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def filled(self, text: str, local: str = "") -> str:
        """Return the text with its placeholders replaced, each by a new value."""
        day = f"{self.random.randint(1, 12)}月{self.random.randint(1, 28)}日"
        while "{person}" in text:
            text = text.replace("{person}", self.random.choice(PEOPLE), 1)
        return text.format(local=local or "有关部门", day=day, n=self.random.randint(2, 60))

    def matter(self) -> Matter:
        if not self._matters:
            self._matters = list(self._all)
            self.random.shuffle(self._matters)
        return self._matters.pop()

    def place(self) -> Place:
        return self.random.choice(self._counties)

    def title(self, own: str) -> list[str]:
        """Return the parts of a headline."""
        random = self.random
        if self.chance(0.35):
            own = random.choice(texts.SENTENCE_HEADS)
        elif self.chance(0.3):
            own = self.place().name + self.random.choice(("：", "公安局：", "", "公安局", "法院")) + own
        parts = own.split(" ")
        if len(parts) > 1 and (self.titles == "single" or (self.titles == "mixed" and self.chance(0.5))):
            parts = ["，".join(parts)] if self.chance(0.5) else [parts[0]]
        if len(parts) == 1 and (self.titles == "parts" and self.chance(0.6)):
            parts.append(random.choice(random.choice(self._all).headlines).split(" ")[-1])
        if self.chance(0.2 if self.stacked else 0.06):
            parts.insert(0, random.choice((random.choice(KICKERS).split(" ")[-1], random.choice(texts.RUBRICS))))
        if self.chance(0.04):
            parts.insert(0, f"【{random.choice(texts.RUBRICS)}】")
        if self.chance(0.15 if self.stacked else 0.05):
            parts.append(random.choice((*DECKS, "——{person}和他的一群羊", "——写在防火期结束之后")))
        if self.chance(0.1):
            at = random.randrange(len(parts))
            start = random.randrange(max(1, len(parts[at]) - 3))
            if re.fullmatch("[一-鿿]{3}", parts[at][start : start + 3]):
                parts[at] = f"{parts[at][:start]}“{parts[at][start : start + 3]}”{parts[at][start + 3 :]}"
        return [self.filled(part, self.place().name + "公安局") for part in parts if part]

    def headline(self, title: list[str]) -> list[tuple[str, str]]:
        """Return the lines of a headline: one for each part, or all parts in one line."""
        if self.stacked or any(part.startswith("——") for part in title):
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
            f"{self.random.choice(texts.MEDIA)}记者 "
            f"{between}", f"文/图 本报记者 {first}" if len(names) == 1 else f"文/{first} 图/{names[-1]}",
            f"□记者 {first} 摄影报道" if len(names) == 1 else f"□通讯员 {between}",
        ))  # fmt: skip

    def dateline(self, place: Place | None) -> str:
        random = self.random
        filing = random.choice(("none", "place", "media", "agency")) if self.filing == "mixed" else self.filing
        date = f"{random.randint(1, 12)}月{random.randint(1, 28)}日"
        town = place.label if place else random.choice(texts.CITIES)
        if place and place.seat and self.chance(0.4):
            town = place.seat
        if filing == "place":
            return f"{town}讯" if place else f"本报{town}{date}讯"
        if filing == "media":
            return random.choice(
                (
                    "本报讯",
                    "【本报讯】",
                    f"{random.choice(texts.MEDIA)}讯",
                    f"本报{town}讯",
                    f"本报{date}讯",
                    f"“{random.choice(texts.MEDIA)}”消息",
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
        matter, place = self.matter(), self.place() if self.chance(0.7) else None
        local = (place.name if place else "") + self.random.choice(("公安局", "公安局", "人民法院", "交警大队"))
        made = Made(self.title(self.filled(self.random.choice(matter.headlines), local)))
        lines = made.lines = self.headline(made.title)
        signing = (
            self.random.choice(("none", "closing", "above", "in the text", "after the dateline"))
            if self.signing == "mixed"
            else self.signing
        )
        names = self.names_of()
        if signing == "above":
            self._sign(made, self.byline(names), names)
        if self.chance(0.06):
            lines.append(("paragraph", self.random.choice(texts.EDITOR_NOTES)))
        elif self.chance(0.04):
            name, text = self.random.choice(texts.LABELLED)
            lines += [("subhead", name), ("paragraph", self.filled(text))]
        body = self._body(matter, local)
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
                        ("（完）", "（据新华社电）", f"（本报{self.random.choice(texts.CITIES)}电）", "（全文完）")
                    ),
                )
            )
        if signing == "closing":
            self._close(made, names)
        if self.chance(self.captions * 0.6):
            lines += [("caption", self._caption()) for _ in range(self.random.choice((1, 1, 2)))]
        return made

    def feature(self) -> Made:
        """Return an agency's feature: a dateline with the title, the reporters below it, then the text."""
        matter, names = self.matter(), self.names_of()
        made = Made(self.title(self.random.choice(matter.headlines)))
        city = self.random.choice(texts.CITIES)
        made.lines = self.headline(made.title)
        made.lines.append(
            (
                "paragraph",
                f"新华社{city}{self.random.randint(1, 12)}月{self.random.randint(1, 28)}日电 题：{''.join(made.title)}",
            )
        )
        made.lines.append(("byline", f"新华社记者{self.random.choice((' ', ''))}{self.names_apart.join(names)}"))
        made.lines += self._body(matter, "有关部门")
        return made

    def _sign(self, made: Made, byline: str, names: list[str]) -> None:
        made.byline, made.authors = byline, names
        made.lines.append(("byline", byline))

    def _close(self, made: Made, names: list[str]) -> None:
        text = f"（{self.random.choice(('', '', '记者 ', '通讯员 ', '本报记者 '))}{self.names_apart.join(names)}）"
        if self.chance(0.12):
            text = self.random.choice(
                (
                    f"（{self.random.choice(texts.OFFICES)}供稿）",
                    f"供稿：{self.random.choice(texts.OFFICES)}",
                    f"（作者单位：{self.random.choice(texts.OFFICES)}）",
                )
            )
        at = made.lines[-1]
        if self.chance(0.35) and at[0] == "paragraph" and text.startswith("（"):
            made.lines[-1] = ("paragraph", at[1] + text)
        else:
            made.lines.append(("byline", text))

    def _body(self, matter: Matter, local: str) -> list[tuple[str, str]]:
        random = self.random
        told = random.sample(matter.sentences, random.randint(1, len(matter.sentences)))
        if self.chance(0.6):
            told += random.sample((other := self.matter()).sentences, random.randint(3, len(other.sentences)))
        sentences = [self.filled(text, local) for text in told]
        entity = random.choice(texts.ENTITIES)
        least, most = random.choice(((1, 2), (1, 3), (1, 4), (2, 4), (2, 6), (3, 9)))
        opening = random.choice(
            (*matter.leads, *((random.choice(texts.BY_WORD) + sentences[0],) if self.chance(0.3) else ()))
        )
        pieces = [("paragraph", self.filled(opening, local) + (sentences.pop() if self.chance(0.6) else ""))]
        style = random.choice(("plain", "plain", "numbered", "sentence", "bracketed", "label", "quoted", "quoted"))
        sections = random.choice((2, 3, 3, 4)) if self.chance(self.subheads) and len(sentences) >= 3 else 0
        heads = random.sample(matter.subheads, min(sections, len(matter.subheads)))
        total, left = len(heads), list(heads)
        whole = len(sentences)
        while sentences:
            if left and (whole - len(sentences)) * total >= (total - len(left)) * whole:
                pieces.append(self._subhead(style, left.pop(), total - len(left) - 1, local))
            taken = min(len(sentences), random.randint(least, most))
            text = "".join(sentences.pop() for _ in range(taken))
            if text[0] not in "“（" and self.chance(0.4):
                text = self.filled(random.choice(texts.ENTITY_OPENINGS).replace("{entity}", entity), local) + text
            elif self.chance(0.5) and text[0] not in "“（":
                text = self.filled(random.choice(texts.OPENINGS), local) + text
            if style == "bracketed" and pieces[-1][0] == "paragraph" and self.chance(0.2):
                text = f"（{'一二三四五'[random.randrange(5)]}）{text}"
            pieces.append(("paragraph", text))
        if self.chance(0.6):
            pieces.append(("paragraph", self.filled(random.choice(matter.endings), local)))
        if self.chance(0.06):
            name, text = random.choice(texts.LABELLED)
            pieces += [("subhead", name), ("paragraph", self.filled(text))]
        return pieces

    def _subhead(self, style: str, head: str, at: int, local: str) -> tuple[str, str]:
        number = "一二三四"[at % 4]
        other = self.filled(self.random.choice(texts.SENTENCE_HEADS))
        return "subhead", {
            "plain": head, "numbered": f"{number}、{head}", "bracketed": f"（{number}）{head}", "label": head,
            "sentence": other if self.chance(0.7) else head, "quoted": f"{head[:4]}，"
            f"{head[-4:]}“{self.random.choice(('主动仗', '安全阀', '组合拳', '加速度', '当家人'))}”",
        }[style]  # fmt: skip

    def _caption(self) -> str:
        random = self.random
        matter = random.choice(self._all)
        if self.chance(0.35):
            long = random.choice(matter.leads) + (random.choice(matter.sentences) if self.chance(0.4) else "")
            return self.filled(long, self.place().name + "公安局") + self._credit()
        caption = self.filled(random.choice((random.choice(matter.captions), random.choice(texts.EXTRA_CAPTIONS))))
        if self.chance(0.2) and not caption.startswith(("图为", "▲", "上图", "下图")):
            caption = "图为" + caption
        return caption + (self._credit() if self.chance(0.45) else "")

    def _credit(self) -> str:
        """Return a credit as printed at the end of a caption."""
        person, office = self.random.choice(PEOPLE), self.random.choice(texts.OFFICES)
        return self.random.choice((
            f"{person}摄", f" {person} 摄", f"（{person}摄）", f"（{person} 摄）", f" 本报记者 {person} 摄",
            f"（{office}供图）",
            f"（本报记者 {person} 摄）", f"（新华社记者{person}摄）",
        ))  # fmt: skip

    def _add_captions(self, made: Made, body: list[tuple[str, str]]) -> None:
        count = self.random.choice((1, 1, 1, 2, 3))
        captions = [("caption", self._caption()) for _ in range(count)]
        if made.byline and self.chance(0.4):
            made.lines += captions
        elif self.chance(0.35):
            body += captions
        elif self.chance(0.3):
            body[:0] = captions
        else:
            for caption in captions:
                body.insert(self.random.randint(1, len(body)), caption)
            for at in range(len(body) - 1, 0, -1):
                if body[at][0] == "caption" and body[at - 1][0] == "subhead":
                    body[at], body[at - 1] = body[at - 1], body[at]

    def brief_list(self) -> Made:
        """Return one-sentence news under one headline."""
        name, items = self.random.choice(texts.BRIEFS[:2])
        chosen = [self.filled(item) for item in self.random.sample(items, self.random.randint(3, len(items)))]
        made = Made([name])
        made.lines = [("headline", name), *(("paragraph", item) for item in chosen)]
        return made

    def briefs(self) -> Made:
        """Return several short reports, each with a subhead, under one headline."""
        made = Made([self.random.choice(("国内快讯", "快讯", "简讯", "一周速览", "联播快讯", "各地动态"))])
        made.lines = [("headline", made.title[0])]
        heads = [
            self.filled(head)
            for head in self.random.sample((*texts.BRIEFS[2][1], *texts.SENTENCE_HEADS), self.random.randint(2, 5))
        ]
        for head in heads:
            text = self.random.choice(
                (
                    self.random.choice(texts.BRIEF_TEXTS),
                    self.filled(self.random.choice(self.random.choice(self._all).leads)),
                )
            )
            made.lines += [("subhead", head), ("paragraph", text)]
        return made

    def pictures(self) -> Made:
        """Return a page of pictures: a headline and captions, with a credit."""
        name, captions = self.random.choice(texts.PICTURES)
        local = self.place().name + "公安局"
        chosen = [self.filled(one, local) for one in captions[: self.random.randint(1, len(captions))]]
        numbers = name != "草原上的夏天" and len(chosen) > 1 and self.chance(0.6)
        made = Made([name if self.chance(0.6) else self.random.choice(texts.SENTENCE_HEADS[11:]) + "（图片）"])
        made.title = [self.filled(part) for part in made.title[0].split(" ")]
        made.lines = self.headline(made.title)
        person = self.random.choice(PEOPLE)
        each = self.chance(0.3)
        for at, caption in enumerate(chosen):
            caption = f"{'①②③④⑤'[at]}{caption}" if numbers else caption
            made.lines.append(("caption", caption + (self._credit() if each else "")))
        if not each:
            credit = self.random.choice(
                (
                    f"{person} 摄",
                    f"本报记者 {person} 摄影报道",
                    f"{person} 摄影报道",
                    f"（{self.random.choice(texts.OFFICES)}供图）",
                    f"摄影：{person}",
                )
            )
            if self.chance(0.3):
                made.lines[-1] = ("caption", made.lines[-1][1] + f" {person} 摄")
            else:
                made.lines.append(("byline", credit))
        return made

    def notice(self) -> Made:
        """Return a notice with its items, closing lines and signature."""
        name, opening, items, closing, signature = self.random.choice(texts.NOTICES)
        made = Made([self.random.choice(("", "旗公安局", "市供电公司")) + name if self.chance(0.4) else name])
        made.lines = [("headline", made.title[0])]
        if opening:
            made.lines.append(("paragraph", self.filled(opening)))
        for item in items:
            made.lines.append(("subhead", item[1:]) if item.startswith("#") else ("paragraph", self.filled(item)))
        made.lines += [("row", self.filled(line)) for line in closing]
        kind = "byline" if len(signature) == 2 else "row"
        made.lines += [(kind, line) for line in signature]
        return made

    def letter(self) -> Made:
        """Return a letter to the editor with its signature, and perhaps a reply."""
        name, salutation, paragraphs, signature, reply = self.random.choice(texts.LETTERS)
        made = Made([name])
        made.lines = [("headline", name), ("paragraph", salutation)]
        made.lines += [("paragraph", self.filled(text)) for text in paragraphs]
        made.lines += [("row", self.filled(line)) for line in signature]
        if reply:
            made.lines.append(("paragraph", reply))
        return made

    def talk(self) -> Made:
        """Return an interview, with its questions as subheads or as paragraphs."""
        name, questions, answers = self.random.choice(texts.TALKS)
        made = Made([name])
        made.lines = [("headline", name)]
        if self.chance(0.5):
            names = self.names_of()
            self._sign(made, self.byline(names), names)
        if self.chance(0.6):
            matter = self.matter()
            made.lines.append(
                ("paragraph", self.filled(self.random.choice(matter.leads), self.place().name + "公安局"))
            )
        person, as_heads = self.random.choice(PEOPLE), self.chance(0.4)
        for question, answer in zip(questions, answers, strict=True):
            asked, said = ("记者：", f"{person}：") if self.chance(0.5) else ("问：", "答：")
            made.lines.append(("subhead", question) if as_heads else ("paragraph", asked + question))
            made.lines.append(("paragraph", answer if as_heads else said + answer))
        return made

    def verse(self) -> Made:
        """Return a poem, one paragraph for each line."""
        name, text = self.random.choice(texts.VERSES)
        made = Made([name])
        made.lines = [("headline", name)]
        if self.chance(0.6):
            names = [self.random.choice(PEOPLE)]
            self._sign(made, self.random.choice((names[0], f"□{names[0]}", f"（{names[0]}）")), names)
        made.lines += [("row", line) for line in text.split("\n") if line]
        return made

    def table(self) -> Made:
        """Return a table, alone or below a paragraph."""
        name, text = self.random.choice(texts.TABLES)
        made = Made([name])
        made.lines = [("headline", name)]
        if self.chance(0.5):
            made.lines.append(
                ("paragraph", self.filled(self.random.choice(self.matter().leads), self.place().name + "公安局"))
            )
        made.lines += [("row", self.filled(line)) for line in text.split("\n")]
        return made

    def names(self) -> Made:
        """Return a list of names below a paragraph."""
        name, opening, rows = self.random.choice(texts.NAME_LISTS)
        made = Made([name])
        made.lines = [
            ("headline", name),
            ("paragraph", self.filled(opening)),
            *(("row", self.filled(row)) for row in rows),
        ]
        if self.chance(0.3):
            made.lines.append(("paragraph", "希望受表彰的同志珍惜荣誉、再接再厉。"))
        return made

    def comment(self) -> Made:
        """Return a comment or an essay: one author, no dateline, paragraphs alone or numbered parts."""
        matter, author = self.matter(), self.random.choice(PEOPLE)
        made = Made(self.title(self.random.choice(matter.headlines)))
        made.lines = self.headline(made.title)
        above = self.chance(0.5)
        if above:
            self._sign(
                made,
                self.random.choice((author, f"□{author}", f"□ {author}", f"{author[0]} {author[1:]}", "本报评论员")),
                [author],
            )
        made.lines += self._body(matter, "有关部门")
        if not above and self.chance(0.6):
            made.lines.append(
                ("byline", self.random.choice((f"（{author}）", f"（作者单位：{self.random.choice(texts.OFFICES)}）")))
            )
        return made
