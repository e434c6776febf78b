"""Cells of the page, measured in its pixels: every string is as wide in the browser as in the program."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import browser as chromium
from tests.browser import Browser
from tests.page_server import PageServer
from tui.cells import cell_len, drawn
from tui.rich_widths import use_ambiguous

PUNCTUATION = "，。、；：？！“”‘’（）《》〈〉【】『』「」—…·～￥％"
AMBIGUOUS = "§¨°±×÷ΑΩαωАЯая†‡•‰′″※℃№Ⅳⅸ←→↑↓∈∑√∞≠≤≥①⑨㈠■□▲△◆◇○●★☆♀♂♪"
RARE = "𠮷𠀀𡃁𢆉𣎴𤭢𥄫𦥑𧮙𨋢𩷶𪚥㐂㐱䶮"
EMOJI = ("😀", "👍🏽", "👨‍👩‍👧‍👦", "🏳️‍🌈", "❤️", "☎️", "☎", "1️⃣", "#️⃣", "🇨🇳", "🇯🇵🇫🇷", "👩🏻‍🚀", "⌚", "✈️", "🀄", "🈚", "🅰️")
OTHERS = (
    "ｱｲｳｴｵ",
    "ｶﾞｷﾞ",
    "ﾊﾟ",
    "ＡＢＣ",
    "ａｂｃ１２３",
    "한국어",
    "カタカナ",
    "ひらがな",
    "é",
    "é",
    "ñ",
    "Å",
    "fi ﬁ",
    "a\tb".expandtabs(),
)
MIXED = (
    *(
        "“树形象”专项活动",
        "断流—2023",
        "……——……",
        "“‘双层’”",
        "《公报》，第3期。",
        "12，345．67％",
        "（一）（二）",
        "，，，",
        "。。。",
    ),
    *(
        "、、、",
        "“，”",
        "”“",
        "’‘",
        "——”",
        "…”",
        "：“",
        "，“好”。",
        "A“B”C—D…E",
        "·江枫·",
        "刘星 摄",
        "①第一，②第二",
        "3℃～5℃",
        "±1‰",
    ),
)
STRINGS = (*PUNCTUATION, *AMBIGUOUS, *RARE, *EMOJI, *OTHERS, *MIXED, *(f"开{mark}鲁" for mark in PUNCTUATION))
ZOOMS = (1.0, 1.25, 1.5, 2.0)
SIZE = 1100, 700
MAX_SHIFT = 2
"""Device pixels: a browser rounds the places of glyphs; a wrong width shifts by half a cell, 4 pixels at least."""
_WRITE = (
    "new Promise(done => ganews.terminal.write({}, () => requestAnimationFrame(() => requestAnimationFrame(done))))"
)
_PLACE = """(() => { const t = ganews.terminal, s = t.element.querySelector('.xterm-screen').getBoundingClientRect();
  return [s.left, s.top, s.width / t.cols, s.height / t.rows, t.rows] })()"""
_WIDEST_SYMBOL = """(() => { const context = document.createElement('canvas').getContext('2d');
  context.font = `${ganews.terminal.options.fontSize}px ${ganews.terminal.options.fontFamily}`;
  return Math.max(...[...'▪⋯▾▸›'].map(symbol => context.measureText(symbol).width)) })()"""
_RED_STARTS = """(async data => {{ const image = new Image(); image.src = 'data:image/png;base64,' + data;
  await image.decode(); const canvas = document.createElement('canvas');
  canvas.width = image.width; canvas.height = image.height;
  const context = canvas.getContext('2d'); context.drawImage(image, 0, 0);
  return {rows}.map(y => {{ const line = context.getImageData(0, y, image.width, 1).data;
    for (let x = 0; x < image.width; x++)
      if (line[4 * x] > 240 && line[4 * x + 1] < 20 && line[4 * x + 2] < 20) return x;
    return -1 }}) }})({data})"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium.require()
    with Browser() as running:
        yield running


def test_every_string_ends_in_its_cell_at_every_zoom(browser: Browser, tmp_path: Path) -> None:
    """A red cell after each string begins where the ruler says, to two device pixels."""
    assert len(STRINGS) >= 150
    use_ambiguous(2)
    try:
        widths = {text: cell_len(text) for text in STRINGS}
    finally:
        use_ambiguous(1)
    with PageServer(tmp_path) as server:
        page = browser.open(server.address)
        page.wait_for_text("开鲁")
        page.press("q")
        page.wait_until("!document.getElementById('message').hidden")
        page.evaluate("document.getElementById('message').remove()")
        assert page.evaluate(_WIDEST_SYMBOL) <= page.evaluate(_PLACE)[2] * 1.1, "the page cuts wider glyphs"
        wrong = [shift for zoom in ZOOMS for shift in _shifts(page, widths, zoom)]
        browser.close_pages()
    assert wrong == []


def _shifts(page: chromium.Page, widths: dict[str, int], zoom: float) -> list[tuple[float, str, float]]:
    """Return the strings whose end is shifted at this zoom, with the shift in device pixels."""
    page.resize(round(SIZE[0] / zoom), round(SIZE[1] / zoom), zoom)
    page.evaluate("new Promise(r => setTimeout(r, 200))")
    left, top, width, height, rows = page.evaluate(_PLACE)
    wrong = []
    texts = list(widths)
    for first in range(0, len(texts), int(rows)):
        group = texts[first : first + int(rows)]
        lines = "\r\n".join(f"{drawn(text)}\x1b[48;2;255;0;0m \x1b[0m" for text in group)
        page.evaluate(_WRITE.format(json.dumps(f"\x1b[?25l\x1b[0m\x1b[2J\x1b[H{lines}")))
        middles = [round((top + (row + 0.5) * height) * zoom) for row in range(len(group))]
        shot = page.command("Page.captureScreenshot", format="png")["data"]
        starts = page.evaluate(_RED_STARTS.format(rows=json.dumps(middles), data=json.dumps(shot)))
        for text, start in zip(group, starts, strict=True):
            expected = (left + widths[text] * width) * zoom
            if abs(start - expected) > MAX_SHIFT:
                wrong.append((zoom, text, start - expected))
    return wrong
