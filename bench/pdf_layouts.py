"""Whole pages drawn from a seed: uneven rectangles, bands, stacks, L-shaped leads, running columns, a box within."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from random import Random

from tests.printed_pages import PdfPage
from tui.gazetteer import Gazetteer

from .pages.articles import BYLINES, DATELINES, Habits, Made, articles
from .pages.row_texts import NAME_LISTS, TABLES, VERSES
from .pages.texts import MATTERS, PEOPLE
from .pdf_articles import ArticleSetter, PageStyle, drawn_style, is_minor, pieces_of, without_captions
from .pdf_flow import Area, Columns, ems, even_lines

FORMATS = ((600.0, 800.0), (595.0, 842.0), (737.0, 1049.0), (842.0, 1191.0), (1105.0, 1545.0))
"""Width and height in points: tabloid, A4, eightfold sheet, A3, broadsheet."""
MARGIN = 36.0


@dataclass
class PrintedFile:
    """The pages of a file and the articles on them."""

    pages: list[PdfPage] = field(default_factory=list)
    made: list[Made] = field(default_factory=list)


class Sheet:
    """One page under construction, with a supply of articles."""

    def __init__(self, random: Random, gazetteer: Gazetteer, form: tuple[float, float], *, columns: float = 0) -> None:
        self.random = random
        self.width, self.height = form
        self.page = PdfPage(width=form[0], height=form[1])
        style = drawn_style(random, random.choice((8.5, 9.0, 9.5, 10.0, 10.5)))
        self.style = replace(style, measure=columns) if columns else style
        habits = Habits(
            random.choice(BYLINES), random.choice(DATELINES), random.random() < 0.6, random.random() < 0.8, True
        )
        self.supply = articles(random, habits, gazetteer, len(MATTERS))
        self.special = _special_articles(random)
        self.rate = random.choice((0.0, 0.1, 0.2))
        """Share of tables, verse and lists among the articles."""
        self.gap = random.uniform(1.6, 2.8) * self.style.type.size
        self.rules = random.random() < 0.5
        self.made: list[Made] = []

    def next(self) -> Made | None:
        """Return an article that is not on the page yet, or None."""
        if self.special and self.random.random() < self.rate:
            return self.special.pop()
        return self.supply.pop(0) if self.supply else None

    def spare(self) -> list[str]:
        """Return paragraphs to lengthen an article with."""
        matter = self.random.choice(MATTERS)
        texts = [text.format(local="该局", day="昨日", n=17, person=PEOPLE[0]) for text in matter.sentences]
        each = self.random.choice((1, 2, 3))
        return ["".join(texts[at : at + each]) for at in range(0, len(texts), each)]

    def put(self, area: Area, *, columns: int = 0, longer: bool = False, bordered: str | None = None) -> float | None:
        """Set an article in an area and return its bottom, or None if none fits."""
        style = self.style if bordered is None else replace(self.style, border=bordered)
        for _attempt in range(3):
            made = self.next()
            if made is None:
                return None
            spare = [*self.spare(), *self.spare(), *self.spare()] if longer else []
            placed = ArticleSetter(self.random, style, area, columns).set(made, spare)
            if placed:
                self.draw(placed.drawn)
                self.made.append(placed.made)
                return placed.bottom
        return None

    def draw(self, drawn: Sequence[Callable[[PdfPage], None]]) -> None:
        """Draw on the page."""
        for draw in drawn:
            draw(self.page)

    def room(self) -> Area:
        """Draw the head and foot of the page and return the area between them."""
        random, page, size = self.random, self.page, self.style.type.size
        left, right = MARGIN, self.width - MARGIN
        folio = f"2025年7月{random.randint(1, 28)}日　星期四　第{random.randint(2, 8)}版"
        kind = random.choice(("name", "line", "section"))
        if kind == "name":
            page.text(left, 32, 15, "草原法治报", "hei")
            page.text(right - ems(folio) * 8, 32, 8, folio)
        elif kind == "line":
            page.text(left, 30, 9, f"草原法治报　{folio}")
        else:
            page.text(left, 31, 14, random.choice(("综合新闻", "要闻", "法治在线")), "hei")
            page.text(right - ems(folio) * 8, 26, 8, folio)
            page.text(right - 21 * 8, 37, 8, f"责任编辑：{PEOPLE[1]}　版式：{PEOPLE[2]}")
        if kind != "line" or random.random() < 0.6:
            page.box(left, 42, right, 42.8)
        if random.random() < 0.3:
            page.text((self.width - 30) / 2, self.height - 14, 8, f"- {random.randint(1, 8)} -")
        return left, 42 + 1.8 * size, right, self.height - 34


def _special_articles(random: Random) -> list[Made]:
    made = []
    for name, text in random.sample(VERSES, 2):
        made.append(Made([name], pieces=[("row", line) for line in text.split("\n") if line]))
    for name, text in random.sample(TABLES, 2):
        rows = [
            ("row", line.format(n=random.randint(2, 60), person=random.choice(PEOPLE), day="7月3日"))
            for line in text.split("\n")
        ]
        made.append(Made([name], pieces=rows))
    for name, opening, lines in random.sample(NAME_LISTS, 1):
        rows = [
            ("row", line.format(person="{}").format(*random.sample(PEOPLE, line.count("{person}")))) for line in lines
        ]
        made.append(Made([name], pieces=[("paragraph", opening), *rows]))
    random.shuffle(made)
    return made


def bands(sheet: Sheet, area: Area) -> None:
    """One article under the other, each over the full width."""
    left, top, right, bottom = area
    while bottom - top > 9 * sheet.style.type.pitch:
        end = sheet.put((left, top, right, bottom))
        if end is None:
            return
        top = end + sheet.gap
        if sheet.rules and bottom - top > 9 * sheet.style.type.pitch:
            y = end + sheet.gap / 2
            sheet.draw([lambda page, y=y: page.box(left, y, right, y + 0.6)])  # type: ignore[misc]


def _stacks(sheet: Sheet, area: Area) -> None:
    """Two or three stacks of articles side by side."""
    left, top, right, bottom = area
    count = sheet.random.choice((2, 3)) if right - left > 560 else 2
    gap = sheet.style.gutter + sheet.random.choice((0.0, 4.0, 10.0))
    wide = (right - left - (count - 1) * gap) / count
    for at in range(count):
        x = left + at * (wide + gap)
        bands(sheet, (x, top, x + wide, bottom))
        if at and sheet.rules:
            sheet.draw([lambda page, x=x: page.box(x - gap / 2, top, x - gap / 2 + 0.5, bottom)])  # type: ignore[misc]


def _cut(sheet: Sheet, area: Area) -> None:
    """Rectangles of very different shape, from cuts across and down."""
    left, top, right, bottom = area
    em = sheet.style.type.size
    large = (right - left) * (bottom - top) > sheet.random.uniform(1500, 5000) * em * em
    across = (bottom - top) > 1.1 * (right - left) * sheet.random.uniform(0.6, 1.4)
    share = sheet.random.uniform(0.32, 0.68)
    if large and across and bottom - top > 44 * em:
        y = top + share * (bottom - top)
        _cut(sheet, (left, top, right, y - sheet.gap / 2))
        _cut(sheet, (left, y + sheet.gap / 2, right, bottom))
        if sheet.rules:
            sheet.page.box(left, y, right, y + 0.6)
    elif large and right - left > 34 * em:
        x, gap = left + share * (right - left), max(sheet.style.gutter, 1.6 * em)
        _cut(sheet, (left, top, x - gap / 2, bottom))
        _cut(sheet, (x + gap / 2, top, right, bottom))
        if sheet.rules:
            sheet.page.box(x, top, x + 0.5, bottom)
    else:
        sheet.put(area, longer=True)


def _dogleg(sheet: Sheet, area: Area) -> None:
    """A lead whose last columns end above other articles, and bands below."""
    left, top, right, bottom = area
    sheet.style = replace(sheet.style, border="")
    low = top + sheet.random.uniform(0.55, 1.0) * (bottom - top)
    count = max(3, round((right - left) / (sheet.style.measure * sheet.style.type.size + sheet.style.gutter)))
    wide = (right - left - (count - 1) * sheet.style.gutter) / count
    ends = sheet.random.randint(1, count - 2)
    x = left + ends * (wide + sheet.style.gutter)
    middle = top + sheet.random.uniform(0.4, 0.6) * (low - top)
    hole = x - 0.6 * sheet.style.gutter, middle - 0.6 * sheet.gap, right + 1, low + 1
    rate, sheet.rate = sheet.rate, 0.0
    made = sheet.next()
    sheet.rate = rate
    setter = ArticleSetter(sheet.random, replace(sheet.style, pictures=("top",)), (left, top, right, low), count)
    setter.obstacles.append(hole)
    placed = (
        setter.set(made, [*sheet.spare(), *sheet.spare(), *sheet.spare(), *sheet.spare(), *sheet.spare()])
        if made
        else None
    )
    if placed is None:
        bands(sheet, area)
        return
    sheet.draw(placed.drawn)
    sheet.made.append(placed.made)
    sheet.put((x, middle, right, low), longer=True)
    if sheet.rules:
        sheet.page.box(x, middle - 0.4 * sheet.gap, right, middle - 0.4 * sheet.gap + 0.5)
    if bottom - low > 12 * sheet.style.type.pitch:
        bands(sheet, (left, low + sheet.gap, right, bottom))


def _around(sheet: Sheet, area: Area) -> None:
    """An article whose columns run around a box with another, and bands below."""
    left, top, right, bottom = area
    em = sheet.style.type.size
    sheet.style = replace(sheet.style, border="", pictures=("top",), heads=("over",))
    low = top + sheet.random.uniform(0.6, 0.9) * (bottom - top)
    wide = sheet.random.uniform(0.3, 0.45) * (right - left)
    x = left + sheet.random.choice((0.5, 0.5, sheet.random.random())) * (right - left - wide)
    y, border = top + 0.4 * (low - top), sheet.random.choice(("frame", "tint", "tint"))
    end = sheet.put((x, y, x + wide, low - 5 * em), bordered=border)
    sheet.rate = 0.0
    made = sheet.next()
    if end is None or made is None:
        bands(sheet, area)
        return
    setter = ArticleSetter(sheet.random, sheet.style, (left, top, right, low))
    setter.obstacles.append((x - em, y - 0.8 * em, x + wide + em, end + 0.8 * em))
    placed = setter.set(
        without_captions(made),
        [*sheet.spare(), *sheet.spare(), *sheet.spare(), *sheet.spare()],
    )
    if placed:
        sheet.draw(placed.drawn)
        sheet.made.append(placed.made)
        if bottom - placed.bottom > 12 * sheet.style.type.pitch:
            bands(sheet, (left, max(end, placed.bottom) + sheet.gap, right, bottom))


def _running(sheet: Sheet, area: Area) -> None:
    """Full-height columns: an article goes on at the top of the next column, above another one's headline."""
    left, top, right, bottom = area
    style = sheet.style
    em = style.type.size
    if sheet.random.random() < 0.4:
        end = sheet.put((left, top, right, top + 0.45 * (bottom - top)))
        if end is not None:
            top = end + sheet.gap
            sheet.page.box(left, end + 0.4 * sheet.gap, right, end + 0.4 * sheet.gap + 0.6)
    count = max(2, round((right - left) / (style.measure * em + style.gutter)))
    wide = (right - left - (count - 1) * style.gutter) / count
    areas = [(x, top, x + wide, bottom) for x in (left + at * (wide + style.gutter) for at in range(count))]
    columns = Columns(areas, style.type)
    columns.down = top
    while made := sheet.next():
        made = without_captions(made)
        if any(kind == "row" and " " in text for kind, text in made.pieces):
            continue
        if not pour(columns, made, style):
            break
        sheet.made.append(made)
    sheet.draw([draw for _at, draw in columns.drawn])
    if sheet.rules:
        for one in areas[1:]:
            sheet.page.box(one[0] - style.gutter / 2, top, one[0] - style.gutter / 2 + 0.4, bottom)


def pour(columns: Columns, made: Made, style: PageStyle) -> bool:
    """Set an article below the one before, and on in the next columns. Return whether it fits."""
    em, pitch, drawn = style.type.size, style.type.pitch, len(columns.drawn)
    left, top, right, bottom = columns.areas[columns.at]
    size = max(1.35 * em, min(style.head_scale * em, (right - left) / 9))
    lines = [
        (line, scale)
        for part in made.title
        for scale in [max(1.2 * em, 0.7 * size) if is_minor(part) else size]
        for line in even_lines(part, (right - left) / scale)
    ]
    if columns.down > top + 1:
        columns.down += 1.3 * pitch
    if columns.down + sum(1.2 * scale for _line, scale in lines) + 4 * pitch > bottom:
        if columns.at + 1 == len(columns.areas):
            return False
        columns.at += 1
        left, top, right, bottom = columns.areas[columns.at]
        columns.down = top
    for line, scale in lines:
        columns.down += 1.2 * scale
        x = left + ((right - left - ems(line) * scale) / 2 if style.head_align == "centre" else 0)
        columns.say(x, columns.down - 0.2 * scale, scale, line, style.head_face if scale == size else "kai")
    if made.byline_at == "above":
        columns.down += 1.5 * em
        text = made.byline.replace(" ", "\u3000")
        columns.say(left, columns.down, min(em, (right - left) / ems(text)), text, "kai")
    columns.down += 0.4 * em
    fits = columns.put(pieces_of(made, style))
    if not fits:
        del columns.drawn[drawn:]
    return fits


KINDS: dict[str, Callable[[Sheet, Area], None]] = {
    "drawn bands": bands,
    "drawn stacks": _stacks,
    "uneven rectangles": _cut,
    "L-shaped leads": _dogleg,
    "columns around a box": _around,
    "running columns": _running,
}


def drawn_page(random: Random, gazetteer: Gazetteer, kind: str) -> PrintedFile:
    """Return a page of a kind, with everything else drawn."""
    sheet = Sheet(random, gazetteer, random.choice(FORMATS[:4] if kind == "running columns" else FORMATS))
    KINDS[kind](sheet, sheet.room())
    return PrintedFile([sheet.page], sheet.made)
