"""Articles of other forms than the report: briefs, picture pages, notices, letters, talks, verse, tables, comments."""

from collections.abc import Callable

from . import form_texts, notice_texts, report_parts, row_texts
from .articles import Made
from .composer import Composer
from .heads import heading_from
from .invented_verse import invented_verse
from .texts import PEOPLE


def feature(page: Composer) -> Made:
    """Return an agency's feature: a dateline with the title, the reporters below it, then the text."""
    matter, names = page.matter(), page.names_of()
    made = Made(page.title(page.random.choice(matter.headlines)))
    city = page.random.choice(report_parts.CITIES)
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
    name, items = page.random.choice(form_texts.BRIEFS[:2])
    chosen = [page.filled(item) for item in page.random.sample(items, page.random.randint(3, len(items)))]
    made = Made([name])
    made.lines = [("headline", name), *(("paragraph", item) for item in chosen)]
    return made


def briefs(page: Composer) -> Made:
    """Return several short reports, each with a subhead, under one headline."""
    random = page.random
    name = random.choice(
        (
            "国内快讯",
            "快讯",
            "简讯",
            "一周速览",
            "联播快讯",
            "各地动态",
            "国际短新闻",
            "新闻集纳",
            "科技短讯",
            "要闻速览",
        )
    )
    name += random.choice(("", "", "", "（续1）", "（续一）", "（二）", "（三则）"))
    made = Made([name])
    made.lines = [("headline", name)]
    own, named = random.choice((0.3, 0.8, 1.0)), random.choice((0.1, 0.4, 0.7))
    if "续" in name and page.chance(0.5):
        made.lines.append(("paragraph", page.filled(random.choice(page.matter().leads), "有关部门")))
    for _ in range(random.choice((1, 2, 2, 3, 3, 4, 5, 6, 7, 8))):
        page.begin()
        matter, town = page.matter(), random.choice((page.place().name, *row_texts.TOWNS))
        told = random.sample(matter.sentences, random.randint(0, 3))
        text = page.filled(random.choice(matter.leads) + "".join(told), page.place().name + "公安局")
        if page.chance(0.2):
            text = random.choice(form_texts.BRIEF_TEXTS)
        head = heading_from(random, text, 7) if page.chance(own) else ""
        head = head or page.filled(page.worded(random.choice((*form_texts.BRIEFS[2][1], *report_parts.SENTENCE_HEADS))))
        made.lines += [("subhead", town + head if page.chance(named) else head), ("paragraph", text)]
    return made


def survey(page: Composer) -> Made:
    """Return a list of events or of opinions under one headline, each with a number, a name or a subhead."""
    random = page.random
    matter = page.matter()
    made = Made(page.title(page.filled(random.choice(matter.headlines), "市政府"), page.filled(matter.leads[0])))
    made.lines = page.headline(made.title)
    if page.chance(0.6):
        made.lines.append(("paragraph", page.filled(random.choice(matter.leads), "有关部门")))
    style = random.choice(("{n}、{text}", "{n}.{text}", "第{n}，{text}", "name", "name：", "head", "numbered head"))
    for at in range(random.randint(2, 10)):
        text = page.filled("".join(random.sample(matter.sentences, random.randint(1, 3))), "有关部门")
        number = "一二三四五六七八九十"[at] if page.chance(0.9) else str(at + 1)
        person = random.choice(("村民", "教师", "工程师", "总统", "外长", "市民", "医生", "")) + random.choice(PEOPLE)
        if style.startswith("name"):
            made.lines += [("subhead", person + style[4:]), ("paragraph", text)]
        elif "head" in style:
            head = heading_from(random, text, 5, 18) or random.choice(matter.subheads)
            made.lines += [("subhead", f"{number}、{head}" if "numbered" in style else head), ("paragraph", text)]
        else:
            made.lines.append(("paragraph", style.format(n=number, text=text)))
    return made


def pictures(page: Composer) -> Made:
    """Return a page of pictures: a headline and captions, with a credit."""
    name, captions = page.random.choice(form_texts.PICTURES)
    local = page.place().name + "公安局"
    chosen = [page.filled(one, local) for one in captions[: page.random.randint(1, len(captions))]]
    numbers = name != "草原上的夏天" and len(chosen) > 1 and page.chance(0.6)
    made = Made([name if page.chance(0.6) else page.random.choice(report_parts.SENTENCE_HEADS[11:]) + "（图片）"])
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
                f"（{page.random.choice(report_parts.OFFICES)}供图）",
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
    name, opening, items, closing, signature = page.random.choice(notice_texts.NOTICES)
    made = Made([page.random.choice(("", "旗公安局", "市供电公司")) + name if page.chance(0.4) else name])
    made.lines = [("headline", made.title[0])]
    if opening:
        made.lines.append(("paragraph", page.filled(opening)))
    for item in items:
        made.lines.append(("subhead", item[1:]) if item.startswith("#") else ("paragraph", page.filled(item)))
    closing = (*closing, *((page.random.choice(notice_texts.NOTICE_ENDS),) if page.chance(0.35) else ()))
    if page.chance(0.7):
        office = page.random.choice(
            (*report_parts.OFFICES, page.place().name + "人民政府办公室", page.place().name + "公安局交通管理大队")
        )
        signature = page.random.choice(((office,), (office, "2024年{n}月6日"), (office, "二〇二四年三月十一日"), ()))
        if page.chance(0.15):
            signature = (page.random.choice(report_parts.OFFICES), *signature)
    made.lines += [("row", page.filled(line)) for line in (*closing, *signature)]
    return made


def letter(page: Composer) -> Made:
    """Return a letter to the editor with its signature, and perhaps a reply."""
    name, salutation, paragraphs, signature, reply = page.random.choice(notice_texts.LETTERS)
    made = Made([name])
    made.lines = [("headline", name)]
    if page.chance(0.3):
        made.lines.append(("subhead", page.worded("退休老师的来信")))
    made.lines.append(("paragraph", salutation))
    made.lines += [("paragraph", page.filled(text)) for text in paragraphs]
    made.lines += [("row", page.filled(line)) for line in signature]
    if reply:
        made.lines.append(("paragraph", reply))
    return made


def talk(page: Composer) -> Made:
    """Return an interview, with its questions as subheads or as paragraphs."""
    name, questions, answers = page.random.choice(form_texts.TALKS)
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
    name, text = page.random.choice(row_texts.VERSES) if page.chance(0.3) else invented_verse(page.random)
    made = Made([name])
    made.lines = [("headline", name)]
    if page.chance(0.25):
        made.title.append(page.random.choice(row_texts.VERSE_DECKS))
        made.lines.append(("headline", made.title[1]))
    if page.chance(0.6):
        names = [page.random.choice(PEOPLE)]
        page.sign(made, page.random.choice((names[0], f"□{names[0]}", f"（{names[0]}）")), names)
    made.lines += [("row", line) for line in text.split("\n") if line]
    if page.chance(0.4):
        made.lines.append(("row", page.filled(page.random.choice(row_texts.VERSE_ENDS))))
    if page.chance(0.3):
        post = page.random.choice(report_parts.OFFICES) + page.random.choice(("干部", "主任"))
        made.lines.append(("row", f"（作者为{post}）"))
    return made


def table(page: Composer) -> Made:
    """Return a table, alone or below a paragraph."""
    name, text = page.random.choice(row_texts.TABLES)
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
    name, opening, rows = page.random.choice(row_texts.NAME_LISTS)
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
    body = page.body_of(matter, "有关部门")
    made = Made(page.title(page.random.choice(matter.headlines), "".join(text for _kind, text in body)))
    made.lines = page.headline(made.title)
    above = page.chance(0.5)
    if above:
        page.sign(
            made,
            page.random.choice((author, f"□{author}", f"□ {author}", f"{author[0]} {author[1:]}", "本报评论员")),
            [author],
        )
    made.lines += body
    if not above and page.chance(0.6):
        made.lines.append(
            (
                "byline",
                page.random.choice((f"（{author}）", f"（作者单位：{page.random.choice(report_parts.OFFICES)}）")),
            )
        )
    return made


def weather(page: Composer) -> Made:
    """Return a weather forecast: rows of dates and values, or places with their weather below subheads."""
    random = page.random
    made = Made([random.choice(row_texts.FORECAST_HEADS)])
    made.lines = [("headline", made.title[0])]
    if page.chance(0.5):
        date = page.filled(random.choice(("2024年{day}", "二〇二四年五月六日", "{day}")))
        made.lines += [("row", one) for one in (date, "星期" + random.choice("一二三四五六日"))]
        for part in ("白天", "夜间"):
            made.lines += [
                ("row", f"{part}{random.choice(row_texts.SKIES)}"),
                ("row", f"降水概率 {random.randint(0, 9)}0%"),
            ]
            made.lines += [
                ("row", f"风力 {random.randint(1, 3)}、{random.randint(3, 6)}级"),
                ("row", f"气温 {random.randint(-20, 30)}℃"),
            ]
        return made
    for head in random.sample(row_texts.FORECAST_PARTS, random.randint(0, 2)):
        made.lines.append(("subhead", head))
        if page.chance(0.6):
            made.lines.append(("paragraph", page.filled(random.choice(row_texts.FORECASTS))))
    for town in random.sample(report_parts.CITIES, random.randint(3, 8)):
        made.lines.append(
            ("row", f"{town} {random.choice(row_texts.SKIES)} {random.randint(-20, 10)}℃/{random.randint(-8, 32)}℃")
        )
    return made


def decision(page: Composer) -> Made:
    """Return a decision or a set of rules: numbered articles of text below a long headline."""
    name, opening, items, signature = page.random.choice(notice_texts.DECISIONS)
    made = Made([name])
    made.lines = [("headline", name)]
    if page.chance(0.5):
        made.title.append(page.random.choice(notice_texts.ADOPTED))
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


def order(page: Composer) -> Made:
    """Return an order that puts a law in force: one paragraph, the signature and a date."""
    random = page.random
    number = random.choice(("第{n}号", "第四十三号", "第十二号", "（第{n}号）", "〔2024〕{n}号"))
    made = Made(
        [random.choice(row_texts.TOWNS) + random.choice(("市人民政府令", "省人民政府令", "军区命令", "海关公告"))]
    )
    if page.chance(0.7):
        made.title.append(page.filled(number))
    made.lines = [("headline", part) for part in made.title]
    if page.chance(0.4):
        made.lines = [("headline", "".join(made.title))]
    law = "《" + page.worded("供热设备检修管理") + random.choice(("条例", "办法", "规定")) + "》"
    opening = random.choice(
        (
            "{law}已由第九届人民代表大会常务委员会第{n}次会议于{day}通过，现予公布，自{day}起施行。",
            "{law}已经第{n}次常务会议通过，现予公布，自公布之日起施行。",
            "根据第{n}次会议的决定，任命{person}为局长，免去{person}的局长职务。",
        )
    )
    made.lines.append(("paragraph", page.filled(opening.replace("{law}", law))))
    office = random.choice(("市长", "省长", "主任", "司令员", "局长"))
    rows = random.choice(
        (
            (f"{office} {{person}}", "2024年{day}"),
            (f"{office} {{person}}",),
            ("二〇二四年二月六日",),
            (f"{office}：{{person}}",),
        )
    )
    made.lines += [("row", page.filled(row)) for row in rows]
    return made


FORMS: tuple[tuple[int, Callable[[Composer], Made]], ...] = (
    (28, Composer.report), (2, brief_list), (4, briefs), (2, survey), (2, pictures), (2, picture_news),
    (1, numbered_pictures), (2, notice), (1, decision), (2, order), (2, letter), (1, talk), (1, feature), (2, verse),
    (1, table), (1, weather), (1, names), (2, comment),
)  # fmt: skip
"""Forms with their weights."""


_PICTURED = (pictures, picture_news, numbered_pictures)
"""Forms of which most pages have none."""


def articles_of(page: Composer, count: int) -> list[Made]:
    """Return `count` articles of a page in order; on some pages twice as many short ones without any signature."""
    chance = page.chance
    if chance(0.12):
        page.make_digest()
        count *= 2
    pictured = chance(0.55)
    forms = [(weight, form) for weight, form in FORMS if pictured or form not in _PICTURED]
    if chance(0.7 if page.signing == "closing" or page.is_digest else 0.35):
        forms = [(1, Composer.report)]
    elif chance(0.35):
        forms = [(1, form) for _weight, form in forms]
    made: list[Made] = []
    for form in page.random.choices([form for _weight, form in forms], [weight for weight, _form in forms], k=count):
        page.begin()
        made.append(form(page))
    return made
