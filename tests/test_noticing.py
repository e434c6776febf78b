"""The running app notices changed files soon and at little cost."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.program import GANEWS, ROOT, Program, environment
from tui.library.glance import glance
from tui.session.indexing import pause_after

ARTICLE = "---\ntitle: [{title}]\nplace: 开鲁\ndate: '2023-06-01'\n---\n\n{body}\n"
SOON = 20.0
"""Seconds: five, and what a busy machine adds, where a look at the folder also takes longer."""


def library(root: Path, many: int) -> Path:
    (root / "a").mkdir(parents=True)
    (root / "a/bulletin.yaml").write_text("id: a\ntitle: 甲\n", "utf-8")
    for at in range(many):
        text = ARTICLE.format(title=f"反诈第{at}讲", body="民警走进社区，开展反诈宣传。" * 20)
        (root / f"a/{at:04d}.md").write_text(text, "utf-8")
    return root


def test_change_is_seen_within_seconds_after_a_first_indexing(tmp_path: Path) -> None:
    """The pause once was twenty times as long as the indexing had taken."""
    root = library(tmp_path / "library", 800)
    with Program([*GANEWS, str(root)], env=environment(tmp_path / "home")) as app:
        app.wait_for("800 篇", 60)
        while "编制索引" in app.screen.text():
            app.read(0.1)
        app.settle(1.0)
        (root / "a/9000.md").write_text(ARTICLE.format(title="新来的一篇", body="正文"), "utf-8")
        app.wait_for("801 篇", SOON)
        app.send("q")
        assert app.wait() == 0


def test_status_line_admits_a_longer_pause(tmp_path: Path) -> None:
    root = library(tmp_path / "library", 30)
    slow = (
        "import sys; import tui.session.indexing as i; i.MAX_SHARE = 1e-6; from tui.cli import main; sys.exit(main())"
    )
    command = [sys.executable, "-c", slow, str(root)]
    with Program(command, env=environment(tmp_path / "home"), cwd=ROOT) as app:
        app.wait_for("秒看一次改动")
        app.send("q")
        assert app.wait() == 0


@given(st.floats(0, 1000))
def test_looking_for_changes_takes_two_percent_of_a_processor(seconds: float) -> None:
    pause = pause_after(seconds)
    assert seconds / (seconds + pause) <= 0.02 + 1e-9
    assert pause >= 3
    assert seconds > 0.1 or pause <= 5


CHANGES: dict[str, Callable[[Path], object]] = {
    "an article more": lambda root: (root / "a/x.md").write_text("x"),
    "an article less": lambda root: (root / "a/0001.md").unlink(),
    "an article longer": lambda root: (root / "a/0001.md").write_text("longer"),
    "a time": lambda root: os.utime(root / "a/0001.md", ns=(1, 1)),
    "another file of the same size and time": lambda root: os.replace(root / "a/0001.md", root / "a/0002.md"),
    "a name": lambda root: (root / "a/0001.md").rename(root / "a/y.md"),
    "a folder": lambda root: (root / "b").mkdir(),
    "a link": lambda root: (root / "a/link.md").symlink_to("0001.md"),
    "a gazetteer": lambda root: (root / "gazetteer.yaml").write_text("places: []\n"),
    "a bulletin's file": lambda root: (root / "a/bulletin.yaml").write_text("id: b\ntitle: 乙\n"),
    "the whole library": lambda root: root.rename(root.parent / "gone"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_glance_differs_after_a_change(change: str, tmp_path: Path) -> None:
    root = library(tmp_path / "library", 3)
    before = glance(root)
    assert glance(root) == before
    CHANGES[change](root)
    assert glance(root) != before


def test_glance_differs_when_the_target_of_a_link_changes(tmp_path: Path) -> None:
    root = library(tmp_path / "library", 1)
    (root / "kept.txt").write_text("x")
    (root / "a/link.md").symlink_to("../kept.txt")
    before = glance(root)
    (root / "kept.txt").write_text("another")
    assert glance(root) != before
