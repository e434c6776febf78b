"""Setting of generated articles as printed pages, with positions: columns, frames, gaps, indents, pictures."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from tests.printed_pages import HEIGHT, WIDTH, PdfPage

from .pages.articles import Made

SIZE, GUTTER, MARGIN = 8.5, 13.0, 36.0
_NO_START = "，。、；：？！”’）》」』…—,.;:?!)%"


@dataclass(frozen=True)
class Setting:
    """The typography of a page."""

    columns: int
    """Columns of an article."""
    stacks: int = 1
    """Stacks of articles side by side."""
    framed: bool = False
    indent: int = 2
    """Em. Without an indent, space separates the paragraphs."""
    leading: float = 1.5
    centred: bool = False


SETTINGS = {
    "bands of four columns": Setting(4),
    "bands of six narrow columns": Setting(6, leading=1.4),
    "two stacks of two columns": Setting(2, stacks=2, centred=True),
    "three stacks of one column": Setting(1, stacks=3),
    "framed bands of three columns": Setting(3, framed=True),
    "a bulletin of one wide column": Setting(1, leading=1.7),
    "no indents, space between paragraphs": Setting(3, indent=0),
    "indents of one em": Setting(4, indent=1),
}


def printed_page(random: Random, articles: list[Made], setting: Setting) -> tuple[PdfPage, list[Made]]:
    """Set as many of the articles as fit on one page, and return the page with them."""
    page = PdfPage()
    page.text(MARGIN, 30, 14, "草原法治报")
    page.text(WIDTH - 190, 30, 8, f"2025年7月{random.randint(1, 28)}日　星期四　第{random.randint(2, 8)}版")
    page.box(MARGIN, 38, WIDTH - MARGIN, 39)
    room = (WIDTH - 2 * MARGIN - (setting.stacks - 1) * GUTTER) / setting.stacks
    done: list[Made] = []
    for stack in range(setting.stacks):
        left, top = MARGIN + stack * (room + GUTTER), 58.0
        while articles:
            height = _set(page, articles[0], setting, left, top, room, draw=False)
            if top + height > HEIGHT - 30:
                break
            _set(page, articles[0], setting, left, top, room, draw=True)
            done.append(articles.pop(0))
            top += height + 2.2 * SIZE
    return page, done


def printed_pieces(article: Made) -> Iterator[tuple[str, str]]:
    """Yield the kind and text of what is printed below the headline, from top to bottom."""
    if article.byline_at == "above":
        yield "byline", article.byline
    last = max(at for at, (kind, _text) in enumerate(article.pieces) if kind == "paragraph")
    for at, (kind, text) in enumerate(article.pieces):
        printed = text + article.credits.get(at, "")
        if at == 0 and article.dateline:
            bracket = article.byline if article.byline_at == "after the dateline" else ""
            printed = f"{article.dateline}{bracket}\u3000{printed}"
        if at == last and article.byline_at == "in the last paragraph":
            printed += article.byline
        yield kind, printed
        if at == last and article.byline_at == "closing":
            yield "byline", article.byline


def _set(page: PdfPage, article: Made, setting: Setting, left: float, top: float, room: float, *, draw: bool) -> float:
    """Set an article and return its height."""
    pad = 7.0 if setting.framed else 0.0
    x, width, y = left + pad, room - 2 * pad, top + pad
    measure = int(((width - (setting.columns - 1) * GUTTER) / setting.columns) / SIZE)
    step = (width - measure * SIZE) / max(1, setting.columns - 1)
    put = page.text if draw else lambda *_: None
    for at, part in enumerate(article.title):
        size = min(20.0 if at == 0 else 15.0, width / len(part))
        size = max(size, 1.35 * SIZE)
        for line in _broken_evenly(part, int(width / size)):
            y += size * 1.15
            put(x + ((width - len(line) * size) / 2 if setting.centred else 0), y, size, line)
    y += 0.8 * SIZE
    pitch = setting.leading * SIZE
    pictures = [text for kind, text in printed_pieces(article) if kind == "caption"]
    for caption in pictures:
        if draw:
            page.box(x, y, x + measure * SIZE, y + 60)
        y += 60 + 1.2 * SIZE
        for line in _lines(caption, int(measure * SIZE / (0.9 * SIZE)), 0):
            put(x, y, 0.9 * SIZE, line.lstrip("\u3000"))
            y += 1.35 * SIZE
        y += 0.8 * SIZE
    rows: list[tuple[float, str]] = []
    for kind, text in printed_pieces(article):
        if kind != "caption":
            indent = setting.indent if kind == "paragraph" else 2
            gap = 0.6 if rows and not (setting.indent and kind == "paragraph") else 0.0
            rows += [(gap if not at else 0.0, line) for at, line in enumerate(_lines(text, measure, indent))]
    each = -(-len(rows) // setting.columns)
    height = 0.0
    for column in range(setting.columns):
        down = y
        for gap, line in rows[column * each : (column + 1) * each]:
            down += pitch * (1 + gap)
            spaces = len(line) - len(line.lstrip("\u3000"))
            put(x + column * step + spaces * SIZE, down, SIZE, line.lstrip("\u3000"))
        height = max(height, down)
    height += 0.5 * SIZE + pad
    if setting.framed and draw:
        for edge in ((left, top, left + room, top + 0.6), (left, height, left + room, height + 0.6)):
            page.box(*edge)
        for edge in ((left, top, left + 0.6, height), (left + room, top, left + room + 0.6, height)):
            page.box(*edge)
    return height - top


def _broken_evenly(text: str, measure: int) -> Iterator[str]:
    count = -(-len(text) // max(1, measure))
    each = -(-len(text) // count)
    yield from (text[at : at + each] for at in range(0, len(text), each))


def _lines(text: str, measure: int, indent: int) -> Iterator[str]:
    """Yield the lines of a paragraph. A mark that may not begin a line hangs at the end of the line above."""
    text = "\u3000" * indent + text
    while text:
        end = measure
        while end < len(text) and text[end] in _NO_START:
            end += 1
        yield text[:end]
        text = text[end:]
