"""Reading and setting any text takes linear time: doubling tests over all block and inline syntax."""

import time
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from tests.test_cli import Run, run
from tests.test_invisible import library
from tui.article import Article
from tui.compose import compose
from tui.markdown import blocks
from tui.typeset import print_page

__all__ = ["run"]

UNITS = [
    "~", "`", "*", "_", "**", "[", "]", "(", "](", "[^", "[^1]", "<", "<http://", "http://", "&#", "\\", "|", "> ", "#",
    " #", "-", "- ", "1. ", " ", "\t", "　", "![", "甲", ' "', "\n", "|\n", "-|", "甲 ", "*甲* ", "[甲](b) ", "`甲` ",
    "“", "1.", "a-",
]  # fmt: skip
"""The repeated part of the text."""
STARTS = ["", "## 甲", "> ", "甲|乙\n", "![", "[甲](", "```\n"]
"""The text before the repeated part."""
ENDS = ["", "乙", "`", " -乙"]
"""The text after the repeated part, where a match fails that has tried everything."""
SHORT, LONG = 5_000, 20_000
"""Code points. From the short to the long text, quadratic time grows 16 times and linear time 4 times."""
NOTICEABLE_SECONDS = 0.05
"""Seconds. Linear reading of the short text takes less; only a slower text is measured at the long length."""
WORST_RATIO = 9


def seconds(work: Callable[[str], object], text: str) -> float:
    """Return CPU seconds of this thread, the lower of two runs."""
    spent: list[float] = []
    for _ in range(2):
        start = time.thread_time()
        work(text)
        spent.append(time.thread_time() - start)
    return min(spent)


def read_and_set(body: str) -> None:
    """Read a body and set it, with styles, as `show --color always` does."""
    for _row in print_page(compose(Article("a/b", ("题",), body=body), blocks(body)), 40, styled=True):
        pass


def read(body: str) -> None:
    blocks(body)


def set_headline(title: str) -> None:
    for _row in print_page(compose(Article("a/b", (title.replace("\n", " "),), body=""), ()), 40):
        pass


def is_quadratic(work: Callable[[str], None], short: str, long: str) -> bool:
    start = time.thread_time()
    work(short)
    if time.thread_time() - start < NOTICEABLE_SECONDS:
        return False
    return seconds(work, long) > WORST_RATIO * max(seconds(work, short), NOTICEABLE_SECONDS / 4)


@pytest.mark.parametrize("start", STARTS)
def test_reading_a_body_takes_linear_time(start: str) -> None:
    texts = [[start + unit * (n // len(unit)) + end for n in (SHORT, LONG)] for unit, end in product(UNITS, ENDS)]
    assert [short[:20] for short, long in texts if is_quadratic(read, short, long)] == []


@pytest.mark.parametrize("start", ["", "甲|乙\n-|-\n", "**"])
def test_setting_a_body_takes_linear_time(start: str) -> None:
    texts = [[start + unit * (n // len(unit)) + start for n in (SHORT, LONG)] for unit in UNITS]
    assert [short[:20] for short, long in texts if is_quadratic(read_and_set, short, long)] == []


@pytest.mark.parametrize("unit", ["甲 ", "甲甲 ", "“", "《甲", "1", "甲", "(", "* "])
def test_setting_a_headline_takes_linear_time(unit: str) -> None:
    short, long = (unit * (size // len(unit)) for size in (SHORT, LONG))
    assert not is_quadratic(set_headline, short, long)


@pytest.mark.parametrize(
    "body",
    [
        "~" * 60_000 + "`",
        "## 甲" + " " * 60_000 + "乙",
        "甲|乙\n" + " " * 60_000 + "乙-",
        "甲|乙\n-|-" + " " * 60_000 + "乙",
        "*甲* " * 15_000,
    ],
    ids=["fence", "subhead", "table indent", "table row", "marks"],
)
def test_show_and_search_answer_a_long_line_at_once(run: Run, tmp_path: Path, body: str) -> None:
    root = str(library(tmp_path / "library", body + "\n\n民警"))
    before = time.thread_time()
    assert run("show", "1", "--color", "always", "--library", root)[0] == 0
    assert run("search", "民警", "--library", root)[0] == 0
    assert time.thread_time() - before < 4


def test_table_is_filled_up_to_the_maximum_columns() -> None:
    wide = "|" + "甲|" * 2_000
    (table,) = blocks("\n".join([wide, "|" + "-|" * 2_000, *["|乙|"] * 2_000]))
    assert len(table.text) < 2_000 * 100
    assert table.text.count("甲") == 2_000
