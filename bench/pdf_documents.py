"""Files of several pages: bulletins that go on over the page break, and articles that jump to another page."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from random import Random

from tests.printed_pages import PdfPage
from tui.gazetteer import Gazetteer

from .pages.articles import Made
from .pdf_articles import ArticleSetter, without_captions
from .pdf_flow import Columns, ems
from .pdf_layouts import FORMATS, KINDS, MARGIN, PrintedFile, Sheet, bands, drawn_page, pour


def bulletin(random: Random, gazetteer: Gazetteer) -> PrintedFile:
    """Return a bulletin in A4: a masthead, one or two columns, articles that go on over the page break."""
    count = random.choice((1, 1, 2))
    sheet = Sheet(random, gazetteer, FORMATS[1])
    size = random.choice((10.5, 12.0, 14.0)) if count == 1 else 10.0
    style = replace(sheet.style, type=replace(sheet.style.type, size=size), head_scale=random.choice((1.4, 1.6)))
    gutter, margin, width = 2 * size, 60.0, sheet.width
    wide = (width - 2 * margin - (count - 1) * gutter) / count
    areas = [
        (margin + at * (wide + gutter), 80.0 if page else 170.0, margin + at * (wide + gutter) + wide, 780.0)
        for page in range(30)
        for at in range(count)
    ]
    columns = Columns(areas, style.type)
    columns.down = 170.0
    made: list[Made] = []
    for _number in range(random.randint(3, 9)):
        one = sheet.next()
        tables = count > 1 and one and any(kind == "row" and " " in text for kind, text in one.pieces)
        if one and not tables and pour(columns, one := without_captions(one), style):
            made.append(one)
    pages = [PdfPage(width=width, height=sheet.height) for _page in range(columns.at // count + 1)]
    _furnish(random, pages)
    for at, draw in columns.drawn:
        draw(pages[at // count])
    return PrintedFile(pages, made)


def _furnish(random: Random, pages: Sequence[PdfPage]) -> None:
    """Draw the masthead of a bulletin, its running heads and its page numbers."""
    name = random.choice(("平安草原简报", "草原普法", "基层警务动态"))
    form = random.choice(("- {} -", "— {} —", "{}", "第{}页", "·{}·"))
    issue, day, heads = random.randint(1, 40), random.randint(1, 28), random.random() < 0.5
    numbered = random.random() < 0.5
    for number, page in enumerate(pages, 1):
        middle, margin = page.width / 2, 60.0
        if number == 1:
            page.text(middle - 16 * len(name), 90, 32, name, "hei")
            page.text(margin, 125, 10.5, f"第{issue}期")
            page.text(330, 125, 10.5, f"旗委政法委办公室　2025年7月{day}日")
            page.box(margin, 135, page.width - margin, 136.5, 0.0)
        elif heads:
            page.text(margin, 50, 9, f"{name}　2025年第{issue}期")
            page.box(margin, 56, page.width - margin, 56.6)
        if number > 1 or numbered:
            text = form.format(number)
            page.text(middle - 4.5 * ems(text), 805, 9, text)


def jumping_pages(random: Random, gazetteer: Gazetteer) -> PrintedFile:
    """Return two pages; the first article of the first page continues on the second, under jump lines."""
    first, second = Sheet(random, gazetteer, FORMATS[2]), Sheet(random, gazetteer, FORMATS[2])
    for sheet, number in ((first, 1), (second, 4)):
        sheet.style = replace(first.style, border="")
        sheet.page.text(MARGIN, 32, 15, "草原法治报", "hei")
        sheet.page.text(sheet.width - 180, 32, 8, f"2025年7月3日　星期四　第{number}版")
        sheet.page.box(MARGIN, 42, sheet.width - MARGIN, 42.8)
    lead = without_captions(first.supply.pop(0))
    lead.pieces += [("paragraph", text) for text in (*first.spare(), *first.spare())]
    cut = len(lead.pieces) // 2
    kind, text = lead.pieces[cut]
    at = len(text) // 2 if kind == "paragraph" and random.random() < 0.7 else 0
    last = replace(
        lead, dateline=None, byline_at="closing" if lead.byline_at in ("closing", "in the last paragraph") else ""
    )
    lead_byline = lead.byline_at if last.byline_at == "" else ""
    begun = replace(
        lead,
        byline_at=lead_byline,
        pieces=[*lead.pieces[:cut], *([(kind, text[:at])] if at else []), ("jump", "（下转第4版）")],
    )
    rest = replace(
        last,
        title=[lead.title[0]],
        pieces=[
            ("jump", random.choice(("（上接第1版）", "（上接第一版）"))),
            *([(kind, text[at:])] if at else [(kind, text)]),
            *lead.pieces[cut + 1 :],
        ],
    )
    for sheet, piece in ((first, begun), (second, rest)):
        sheet.supply, sheet.special = first.supply, first.special
        area = (MARGIN, 60.0, sheet.width - MARGIN, sheet.height - 30)
        placed = ArticleSetter(random, replace(sheet.style, drop_caps=False), area).set(piece)
        if placed is None or placed.made.pieces != piece.pieces:
            return PrintedFile()
        sheet.draw(placed.drawn)
        bands(sheet, (area[0], placed.bottom + sheet.gap, area[2], area[3]))
    if last.byline_at == "closing":
        lead.byline_at = "closing"
    return PrintedFile([first.page, second.page], [lead, *first.made, *second.made])


DOCUMENTS: dict[str, Callable[[Random, Gazetteer], PrintedFile]] = {
    **{kind: partial(drawn_page, kind=kind) for kind in KINDS},
    "bulletins of several pages": bulletin,
    "articles that jump to another page": jumping_pages,
}
"""Makers of files, by kind."""
