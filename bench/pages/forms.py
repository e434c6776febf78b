"""Articles of other forms than the report: briefs, picture pages, notices, letters, talks, verse, tables, comments."""

from collections.abc import Callable

from . import form_texts as texts
from .articles import Made
from .composer import Composer
from .texts import PEOPLE


def feature(page: Composer) -> Made:
    """Return an agency's feature: a dateline with the title, the reporters below it, then the text."""
    matter, names = page.matter(), page.names_of()
    made = Made(page.title(page.random.choice(matter.headlines)))
    city = page.random.choice(texts.CITIES)
    made.lines = page.headline(made.title)
    made.lines.append(
        (
            "paragraph",
            f"新华社{city}{page.random.randint(1, 12)}月{page.random.randint(1, 28)}日电 题：{''.join(made.title)}",
        )
    )
    made.lines.append(("byline", f"新华社记者{page.random.choice((' ', ''))}{page.names_apart.join(names)}"))
    made.lines += page.body_of(matter, "有关部门")
    return made


def brief_list(page: Composer) -> Made:
    """Return one-sentence news under one headline."""
    name, items = page.random.choice(texts.BRIEFS[:2])
    chosen = [page.filled(item) for item in page.random.sample(items, page.random.randint(3, len(items)))]
    made = Made([name])
    made.lines = [("headline", name), *(("paragraph", item) for item in chosen)]
    return made


def briefs(page: Composer) -> Made:
    """Return several short reports, each with a subhead, under one headline."""
    name = page.random.choice(
        ("国内快讯", "快讯", "简讯", "一周速览", "联播快讯", "各地动态", "国际短新闻", "新闻集纳")
    )
    made = Made([name + page.random.choice(("", "", "", "（续一）", "（二）"))])
    made.lines = [("headline", made.title[0])]
    heads = [
        page.filled(head)
        for head in page.random.sample((*texts.BRIEFS[2][1], *texts.SENTENCE_HEADS), page.random.randint(2, 8))
    ]
    for head in heads:
        text = page.random.choice(
            (
                page.random.choice(texts.BRIEF_TEXTS),
                page.filled(page.random.choice(page.random.choice(page.matters).leads)),
            )
        )
        made.lines += [("subhead", head), ("paragraph", text)]
    return made


def pictures(page: Composer) -> Made:
    """Return a page of pictures: a headline and captions, with a credit."""
    name, captions = page.random.choice(texts.PICTURES)
    local = page.place().name + "公安局"
    chosen = [page.filled(one, local) for one in captions[: page.random.randint(1, len(captions))]]
    numbers = name != "草原上的夏天" and len(chosen) > 1 and page.chance(0.6)
    made = Made([name if page.chance(0.6) else page.random.choice(texts.SENTENCE_HEADS[11:]) + "（图片）"])
    made.title = [page.filled(part) for part in made.title[0].split(" ")]
    made.lines = page.headline(made.title)
    person = page.random.choice(PEOPLE)
    each = page.chance(0.3)
    for at, caption in enumerate(chosen):
        caption = f"{'①②③④⑤'[at]}{caption}" if numbers else caption
        made.lines.append(("caption", caption + (page.credit() if each else "")))
    if not each:
        credit = page.random.choice(
            (
                f"{person} 摄",
                f"本报记者 {person} 摄影报道",
                f"{person} 摄影报道",
                f"（{page.random.choice(texts.OFFICES)}供图）",
                f"摄影：{person}",
            )
        )
        if page.chance(0.3):
            made.lines[-1] = ("caption", made.lines[-1][1] + f" {person} 摄")
        else:
            made.lines.append(("byline", credit))
    return made


def notice(page: Composer) -> Made:
    """Return a notice with its items, closing lines and signature."""
    name, opening, items, closing, signature = page.random.choice(texts.NOTICES)
    made = Made([page.random.choice(("", "旗公安局", "市供电公司")) + name if page.chance(0.4) else name])
    made.lines = [("headline", made.title[0])]
    if opening:
        made.lines.append(("paragraph", page.filled(opening)))
    for item in items:
        made.lines.append(("subhead", item[1:]) if item.startswith("#") else ("paragraph", page.filled(item)))
    closing = (*closing, *((page.random.choice(texts.NOTICE_ENDS),) if page.chance(0.35) else ()))
    if page.chance(0.5):
        office = page.random.choice(
            (*texts.OFFICES, page.place().name + "人民政府办公室", page.place().name + "公安局交通管理大队")
        )
        signature = page.random.choice(((office,), (office, "2024年{n}月6日"), (office, "二〇二四年三月十一日"), ()))
        if page.chance(0.15):
            signature = (page.random.choice(texts.OFFICES), *signature)
    made.lines += [("row", page.filled(line)) for line in (*closing, *signature)]
    return made


def letter(page: Composer) -> Made:
    """Return a letter to the editor with its signature, and perhaps a reply."""
    name, salutation, paragraphs, signature, reply = page.random.choice(texts.LETTERS)
    made = Made([name])
    made.lines = [("headline", name), ("paragraph", salutation)]
    made.lines += [("paragraph", page.filled(text)) for text in paragraphs]
    made.lines += [("row", page.filled(line)) for line in signature]
    if reply:
        made.lines.append(("paragraph", reply))
    return made


def talk(page: Composer) -> Made:
    """Return an interview, with its questions as subheads or as paragraphs."""
    name, questions, answers = page.random.choice(texts.TALKS)
    made = Made([name])
    made.lines = [("headline", name)]
    if page.chance(0.5):
        names = page.names_of()
        page.sign(made, page.byline(names), names)
    if page.chance(0.6):
        matter = page.matter()
        made.lines.append(("paragraph", page.filled(page.random.choice(matter.leads), page.place().name + "公安局")))
    person, as_heads = page.random.choice(PEOPLE), page.chance(0.4)
    for question, answer in zip(questions, answers, strict=True):
        asked, said = ("记者：", f"{person}：") if page.chance(0.5) else ("问：", "答：")
        made.lines.append(("subhead", question) if as_heads else ("paragraph", asked + question))
        made.lines.append(("paragraph", answer if as_heads else said + answer))
    return made


def verse(page: Composer) -> Made:
    """Return a poem, one paragraph for each line."""
    name, text = page.random.choice(texts.VERSES)
    made = Made([name])
    made.lines = [("headline", name)]
    if page.chance(0.25):
        made.title.append(page.random.choice(texts.VERSE_DECKS))
        made.lines.append(("headline", made.title[1]))
    if page.chance(0.6):
        names = [page.random.choice(PEOPLE)]
        page.sign(made, page.random.choice((names[0], f"□{names[0]}", f"（{names[0]}）")), names)
    made.lines += [("row", line) for line in text.split("\n") if line]
    if page.chance(0.3):
        made.lines.append(("row", page.filled(page.random.choice(texts.VERSE_ENDS))))
        if page.chance(0.5):
            made.lines.append(
                (
                    "row",
                    f"（作者为{page.random.choice(texts.OFFICES)}{page.random.choice(('干部', '主任', '原副局长'))}）",
                )
            )
    return made


def table(page: Composer) -> Made:
    """Return a table, alone or below a paragraph."""
    name, text = page.random.choice(texts.TABLES)
    made = Made([name])
    made.lines = [("headline", name)]
    if page.chance(0.5):
        made.lines.append(
            ("paragraph", page.filled(page.random.choice(page.matter().leads), page.place().name + "公安局"))
        )
    made.lines += [("row", page.filled(line)) for line in text.split("\n")]
    return made


def names(page: Composer) -> Made:
    """Return a list of names below a paragraph."""
    name, opening, rows = page.random.choice(texts.NAME_LISTS)
    made = Made([name])
    made.lines = [
        ("headline", name),
        ("paragraph", page.filled(opening)),
        *(("row", page.filled(row)) for row in rows),
    ]
    if page.chance(0.3):
        made.lines.append(("paragraph", "希望受表彰的同志珍惜荣誉、再接再厉。"))
    return made


def comment(page: Composer) -> Made:
    """Return a comment or an essay: one author, no dateline, paragraphs alone or numbered parts."""
    matter, author = page.matter(), page.random.choice(PEOPLE)
    made = Made(page.title(page.random.choice(matter.headlines)))
    made.lines = page.headline(made.title)
    above = page.chance(0.5)
    if above:
        page.sign(
            made,
            page.random.choice((author, f"□{author}", f"□ {author}", f"{author[0]} {author[1:]}", "本报评论员")),
            [author],
        )
    made.lines += page.body_of(matter, "有关部门")
    if not above and page.chance(0.6):
        made.lines.append(
            ("byline", page.random.choice((f"（{author}）", f"（作者单位：{page.random.choice(texts.OFFICES)}）")))
        )
    return made


def weather(page: Composer) -> Made:
    """Return a weather forecast: rows of dates and values, or places with their weather below subheads."""
    random = page.random
    made = Made([random.choice(texts.FORECAST_HEADS)])
    made.lines = [("headline", made.title[0])]
    if page.chance(0.5):
        date = page.filled(random.choice(("2024年{day}", "二〇二四年五月六日", "{day}")))
        made.lines += [("row", one) for one in (date, "星期" + random.choice("一二三四五六日"))]
        for part in ("白天", "夜间"):
            made.lines += [
                ("row", f"{part}{random.choice(texts.SKIES)}"),
                ("row", f"降水概率 {random.randint(0, 9)}0%"),
            ]
            made.lines += [
                ("row", f"风力 {random.randint(1, 3)}、{random.randint(3, 6)}级"),
                ("row", f"气温 {random.randint(-20, 30)}℃"),
            ]
        return made
    for head in random.sample(texts.FORECAST_PARTS, random.randint(0, 2)):
        made.lines.append(("subhead", head))
        if page.chance(0.6):
            made.lines.append(("paragraph", page.filled(random.choice(texts.FORECASTS))))
    for town in random.sample(texts.CITIES, random.randint(3, 8)):
        made.lines.append(
            ("row", f"{town} {random.choice(texts.SKIES)} {random.randint(-20, 10)}℃/{random.randint(-8, 32)}℃")
        )
    return made


def decision(page: Composer) -> Made:
    """Return a decision or a set of rules: numbered articles of text below a long headline."""
    name, opening, items, signature = page.random.choice(texts.DECISIONS)
    made = Made([name])
    made.lines = [("headline", name)]
    if page.chance(0.5):
        made.title.append(page.random.choice(texts.ADOPTED))
        made.lines.append(("headline", page.filled(made.title[1])))
    if opening:
        made.lines.append(("paragraph", page.filled(opening)))
    style = page.random.choice(("{n}、", "第{n}条 ", "第{n}条　", "（{n}）", "{n}．"))
    for at, item in enumerate(items):
        number = "一二三四五六七八九十"[at % 10] if style != "{n}．" else str(at + 1)
        made.lines.append(("paragraph", style.replace("{n}", number) + page.filled(item)))
    if page.chance(0.7):
        made.lines += [("row", page.filled(line)) for line in signature]
    return made


def picture_news(page: Composer) -> Made:
    """Return one picture with a headline of its own, and a caption with a credit."""
    page.begin()
    matter = page.matter()
    local = page.place().name + "公安局"
    text = page.filled(page.random.choice(matter.leads) + page.random.choice(("", *matter.sentences)), local)
    if page.chance(0.5):
        text += f"图为{page.filled(page.random.choice(matter.captions), local)}"
    mark = page.random.choice(("（图片）", "（组图）", "（图片新闻）", "(附图片)", "", ""))
    made = Made(page.title(page.filled(page.random.choice(matter.headlines), local), text))
    made.title[-1] += mark
    made.lines = page.headline(made.title)
    made.lines.append(("caption", text + page.credit()))
    return made


def numbered_pictures(page: Composer) -> Made:
    """Return a headline over several long captions, each with its number and credit."""
    page.begin()
    made = Made(page.title(page.random.choice(page.matter().headlines)))
    made.title = [page.filled(part) for part in made.title]
    made.lines = page.headline(made.title)
    style = page.random.choice(("{n}、", "①", "图{n}：", "{n}．", "▲", ""))
    for at in range(page.random.choice((2, 3, 3, 4, 5))):
        matter = page.random.choice(page.matters)
        told = page.random.sample(matter.sentences, page.random.randint(0, 3))
        text = page.filled(page.random.choice(matter.leads) + "".join(told), page.place().name + "公安局")
        if page.chance(0.5):
            text += "图为" + page.filled(page.random.choice(matter.captions))
        number = "①②③④⑤"[at] if style == "①" else style.replace("{n}", str(at + 1))
        made.lines.append(("caption", number + text + page.credit()))
    return made


FORMS: tuple[tuple[int, Callable[[Composer], Made]], ...] = (
    (16, Composer.report), (2, brief_list), (2, briefs), (2, pictures), (2, picture_news), (1, numbered_pictures),
    (2, notice), (1, decision), (1, letter), (1, talk), (1, feature), (1, verse), (1, table), (1, weather), (1, names),
    (2, comment),
)  # fmt: skip
"""Forms with their weights."""


def articles_of(page: Composer, count: int) -> list[Made]:
    """Return `count` articles of a page in order."""
    if page.chance(0.7 if page.signing == "closing" else 0.35):
        return [page.report() for _ in range(count)]
    chosen = page.random.choices([form for _weight, form in FORMS], [weight for weight, _form in FORMS], k=count)
    return [form(page) for form in chosen]
