"""The cost of typesetting, beside Rich's Text.wrap and Textual's Content.wrap, and by an article's length."""

import argparse
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from functools import partial
from io import StringIO
from itertools import cycle
from time import process_time

from rich.console import Console
from rich.text import Text
from textual.content import Content

from tui.article import Block
from tui.compose import ComposedArticle
from tui.library import open_library
from tui.markdown import blocks
from tui.paths import content_dir
from tui.typeset import Style, prepare, set_page, wrap

from .figures import Figure, Result, Sample, alternate

OURS = "ganews-tui"
MEASURE, OTHER = 72, 64
_SCREEN_ROWS = 36
_SAMPLE, _SHORT, _LONG = 30_000, 10_000, 1_000_000


def run(args: argparse.Namespace) -> list[Result]:
    """Measure complete typesetting, and opening articles of two lengths."""
    return [_complete(args.runs), _opening(args.runs)]


def paragraphs() -> list[str]:
    """Return every paragraph of the bundled articles."""
    articles, _ = open_library(content_dir()).load()
    return [block.text for article in articles for block in blocks(article.body) if block.kind == "paragraph"]


def _complete(runs: int) -> Result:
    texts = [block.text for block in article(_SAMPLE).blocks]
    programs: dict[str, Callable[[], Sample]] = {
        OURS: partial(_ganews_tui, texts, Style()),
        "ganews-tui, optimal": partial(_ganews_tui, texts, Style(optimal=True)),
        "Rich Text.wrap": partial(_rich, texts),
        "Textual Content.wrap": partial(_textual, texts),
    }
    size = sum(map(len, texts))
    return Result(
        "typeset",
        "Setting text",
        alternate(programs, runs),
        OURS,
        (
            f"The paragraphs of the bundled articles, over and over, {size:,} characters, at {MEASURE} cells.",
            f"Processor time; setting again is at {OTHER} cells with what can be kept.",
        ),
    )


def _ganews_tui(texts: list[str], style: Style) -> Sample:
    start = process_time()
    ready = [prepare(Block("paragraph", text)) for text in texts]
    for block in ready:
        wrap(block, MEASURE, style)
    middle = process_time()
    for block in ready:
        wrap(block, OTHER, style)
    return _times(start, middle, process_time())


def _rich(texts: list[str]) -> Sample:
    console = Console(file=StringIO(), width=MEASURE)
    start = process_time()
    ready = [Text(text) for text in texts]
    for text in ready:
        text.wrap(console, MEASURE)
    middle = process_time()
    for text in ready:
        text.wrap(console, OTHER)
    return _times(start, middle, process_time())


def _textual(texts: list[str]) -> Sample:
    start = process_time()
    ready = [Content(text) for text in texts]
    for text in ready:
        text.wrap(MEASURE)
    middle = process_time()
    for text in ready:
        text.wrap(OTHER)
    return _times(start, middle, process_time())


def _times(start: float, middle: float, end: float) -> Sample:
    return {"first setting ms": 1000 * (middle - start), "setting again ms": 1000 * (end - middle)}


def _opening(runs: int) -> Result:
    short, long = article(_SHORT), article(_LONG)
    one = one_paragraph(_LONG)
    programs: dict[str, Callable[[], Sample]] = {
        f"{_SHORT:,} characters": partial(_first_screen, short),
        f"{_LONG:,} characters": partial(_first_screen, long),
        f"{_LONG:,} in one paragraph": partial(_first_screen, one),
    }
    figures = alternate(programs, runs)
    figures += tuple(
        Figure(name, "memory × text", tuple(_memory(code) for _ in range(min(runs, 3))))
        for name, code in ((f"{_LONG:,} characters", "long"), (f"{_LONG:,} in one paragraph", "one"))
    )
    return Result(
        "typeset-long",
        "Opening a long article",
        figures,
        f"{_SHORT:,} characters",
        (
            f"The first {_SCREEN_ROWS} rows at {MEASURE} cells; setting again at {OTHER} keeps the position half-way.",
            "Memory is the most that was allocated for the article, its text included, while it was settled and "
            "scrolled to its end, over the size of its text in UTF-8.",
        ),
    )


def article(size: int) -> ComposedArticle:
    """Return a page of about `size` characters in which no two paragraphs are alike."""
    made: list[Block] = []
    left = size
    for n, text in enumerate(cycle(paragraphs())):
        made.append(Block("paragraph", f"{n}，{text[:left]}"))
        left -= len(made[-1].text)
        if left <= 0:
            return ComposedArticle(tuple(made), 0, len(made))
    raise AssertionError


def one_paragraph(size: int) -> ComposedArticle:
    """Return a page of one paragraph."""
    text = "".join(paragraphs())
    return ComposedArticle((Block("paragraph", text * (size // len(text))),), 0, 1)


def _first_screen(page: ComposedArticle) -> Sample:
    start = process_time()
    setting = set_page(page, MEASURE)
    for y in range(min(_SCREEN_ROWS, setting.rows)):
        setting.row(y)
    middle = process_time()
    block = len(page.blocks) // 2
    again = set_page(page, OTHER)
    top = again.row_of(block, 10)
    for y in range(top, min(top + _SCREEN_ROWS, again.rows)):
        again.row(y)
    end = process_time()
    return {"first screen ms": 1000 * (middle - start), "setting again ms": 1000 * (end - middle)}


def _memory(which: str) -> float:
    code = f"from bench.typeset import peak_ratio; print(peak_ratio({which!r}))"
    return float(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout)


def peak_ratio(which: str) -> float:
    """Return the peak memory of laying out a long article, divided by the size of its text in UTF-8."""
    page = one_paragraph(_LONG) if which == "one" else article(_LONG)
    set_page(article(100), MEASURE).row(0)
    texts = [block.text for block in page.blocks]
    tracemalloc.start()
    setting = set_page(page, MEASURE)
    for y in range(_SCREEN_ROWS):
        setting.row(y)
    while setting.settle(16_000):
        pass
    for y in range(setting.rows - _SCREEN_ROWS, setting.rows):
        setting.row(y)
    _now, most = tracemalloc.get_traced_memory()
    return (most + sum(map(sys.getsizeof, texts))) / sum(len(text.encode()) for text in texts)
