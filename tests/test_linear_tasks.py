"""Reading tasks, done in the linear mode on a terminal and by keys on the screen, with the same state afterwards."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.program import GANEWS, PATIENCE, Program, environment
from tui.reading import Reading

PAGE = """公安简报

开展反诈宣传守护群众财产

赤峰讯  近日，赤峰市公安局民警走进社区，向群众讲解防范电信网络诈骗的办法。
民警提醒大家不轻信、不转账。（王晓）
"""


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    library = tmp_path / "library"
    for bulletin in ("a", "b"):
        (library / bulletin).mkdir(parents=True)
        (library / bulletin / "bulletin.yaml").write_text(f"id: {bulletin}\ntitle: 简报\n", "utf-8")
        for n in range(1, 4):
            body = f"第{n}篇第一段。还有一句。\n\n## 小标题甲\n\n第二段讲反诈。\n\n见[公报](https://a.cn/{n})。"
            place = ("开鲁", "赤峰", "")[n - 1]
            front = f"title: [反诈宣传{n}, 守护平安]\n" + (f"place: {place}\n" if place else "")
            (library / bulletin / f"{n}.md").write_text(f"---\n{front}---\n\n{body}\n", "utf-8")
    (tmp_path / "page.txt").write_text(PAGE, "utf-8")
    with Program([*GANEWS, "--plain", str(library)], env=environment(tmp_path), size=(200, 60)) as running:
        running.wait_for("q 退出")
        yield running


def typed(program: Program, line: str, *expected: str) -> list[str]:
    """Type a line; return the output. Asserts that it contains every expected text."""
    program.settle(0.02)
    before = len(program.written)
    program.send(line + "\r")
    end = time.monotonic() + PATIENCE
    said = ""
    while time.monotonic() < end:
        said = b"".join(data for _time, data in program.written[before:]).decode("utf-8", "replace")
        if said.endswith("> ") and said.count("\n") >= 1 and all(text in said for text in expected):
            break
        program.read(0.05)
    for text in expected:
        assert text in said, said
    return [each.rstrip("\r") for each in said.split("\n")[1:-1]]


def test_every_task_succeeds_on_a_terminal(program: Program, tmp_path: Path) -> None:
    tasks: list[tuple[str, tuple[str, ...]]] = [
        ("places", ("1：开鲁，2 篇，2 未读", "3：未注明，2 篇")),
        ("p 赤峰", ("赤峰，2 篇，2 未读", "第 3 篇，共 6 篇")),
        ("p cf", ("赤峰，2 篇",)),
        ("3p", ("未注明，2 篇",)),
        ("{", ("赤峰，2 篇",)),
        ("}", ("未注明，2 篇",)),
        ("l", ("全部，6 篇", "6：")),
        ("g", ("第 1 篇，共 6 篇",)),
        ("5j", ("第 6 篇，共 6 篇",)),
        ("k", ("第 5 篇，共 6 篇",)),
        ("G", ("第 6 篇，共 6 篇",)),
        ("1", ("第 1 篇，共 6 篇：反诈宣传1 守护平安，开鲁，约 1 分钟", "第 1 段，共 4 段")),
        ("", ("小标题 1，共 1：小标题甲",)),
        ("b", ("第 1 段，共 4 段",)),
        ("unit sentence", ("按句读",)),
        ("", ("还有一句。", "第 2 句，共 5 句")),
        ("单位 段", ("按段读",)),
        ("all", ("小标题甲", "见公报。", "全文完。")),
        ("o", ("1：小标题甲",)),
        ("1", ("第 2 段，共 4 段",)),
        ("O", ("1：公报，https://a.cn/1",)),
        ("1O", ("https://a.cn/1",)),
        ("Y", ("反诈宣传1 守护平安[N]",)),
        ("y", ("第1篇第一段。",)),
        ("s", ("已收藏：反诈宣传1 守护平安。U 撤销。",)),
        ("u", ("第 2 篇，共 6 篇",)),
        ("反诈", ("搜索 反诈，6 篇",)),
        ("n", ("第 1 处，共 2 处，第 1 篇，共 6 篇", "反诈宣传")),
        ("4n", ("第 1 处，共 2 处，第 3 篇，共 6 篇",)),
        ("N", ("第 2 处，共 2 处，第 2 篇，共 6 篇", "第二段讲反诈。")),
        ("place:赤峰", ("搜索 place:赤峰，2 篇",)),
        ("is:unread", ("搜索 is:unread，4 篇",)),
        ("w", ("已保存：is:unread",)),
        ("saved", ("1：is:unread",)),
        ("1 saved", ("搜索 is:unread",)),
        ("saved delete 1", ("已删去搜索：is:unread",)),
        ("V", ("按日期排",)),
        ("v", ("按月份分组", "1：未注明，6 篇")),
        ("A", ("4 篇标为已读。U 撤销。",)),
        ("U", ("撤销：4 篇标为已读",)),
        ("redo", ("重做：4 篇标为已读",)),
        ("U", ("撤销：4 篇标为已读",)),
        ("starred", ("收藏，1 篇",)),
        ("history", ("读过，2 篇", "1：反诈宣传")),
        ("back", ("第 2 篇，共 2 篇：反诈宣传1", "从第 2 段，共 4 段接着读")),
        ("forward", ("第 1 篇，共 2 篇：反诈宣传1",)),
        ("!", ("内容没有问题。",)),
        (f"import {tmp_path / 'page.txt'}", ("会写 1 篇：", "输入 yes")),
        ("yes", ("已写 1 篇",)),
        ("set", ("measure，36",)),
        ("set measure 30", ("measure 改成 30",)),
        ("set measure 99", ("measure 不能是 99。", "10 到 48")),
        ("?", ("回车往下读",)),
        ("? star", ("收藏或取消：s star",)),
        ("t", ("只用于屏幕。",)),
    ]
    for line, expected in tasks:
        typed(program, line, *expected)
    program.send("q\r")
    assert program.wait() == 0
    assert "measure: 30" in (tmp_path / "config/ganews-tui/config.yaml").read_text("utf-8")
    assert (tmp_path / "library/page/bulletin.yaml").exists()
    state = Reading(tmp_path / "state/ganews-tui/reading.sqlite", tmp_path / "library")
    assert state.starred() == ["a/1"] and sum(map(len, state.all_read())) == 2
    state.close()


def test_new_articles_are_announced_once(program: Program, tmp_path: Path) -> None:
    (tmp_path / "library/a/9.md").write_text("---\ntitle: 新到\n---\n\n正文。\n", "utf-8")
    end = time.monotonic() + PATIENCE
    while "新到 1 篇。" not in program.screen.text() and time.monotonic() < end:
        typed(program, "where")
        program.settle(0.5)
    typed(program, "where")
    assert program.screen.text().count("新到 1 篇。") == 1


def test_interrupted_answer_keeps_the_reading_position(tmp_path: Path) -> None:
    library = tmp_path / "library/a"
    library.mkdir(parents=True)
    (library / "bulletin.yaml").write_text("id: a\ntitle: 简报\n", "utf-8")
    body = "\n\n".join(f"第{n}段，" + "讲解防范电信网络诈骗的办法。" * 8 for n in range(6000))
    (library / "1.md").write_text(f"---\ntitle: 长\n---\n\n{body}\n", "utf-8")
    with Program([*GANEWS, "--plain", str(library.parent)], env=environment(tmp_path), size=(80, 24)) as program:
        program.wait_for("q 退出")
        program.send("1\r")
        program.wait_for("第 1 段，共 6000 段")
        program.send("all\r")
        program.wait_for_bytes("第40段".encode())
        program.send("\x03")
        program.wait_for("停下了")
        program.settle()
        stopped = re.search(r"停下了，第 (\d+) 段", program.screen.text())
        assert stopped and 40 <= int(stopped[1]) < 6000
        program.send("q\r")
        assert program.wait() == 0
