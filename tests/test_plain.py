"""The linear mode: what the user types, and what the program prints."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import hostile
from tests.archive import Archive
from tests.program import environment
from tui import keys
from tui.config import Settings
from tui.indexer.progress import silent
from tui.keys import COMMANDS
from tui.library import Library
from tui.plain import is_wanted
from tui.plain.conversation import Conversation
from tui.plain.input_line import TypedCommand, TypedNumber, TypedQuery, understand
from tui.plain.options import Options
from tui.plain.run import ask
from tui.reading import Reading
from tui.session.line_runner import LineRunner
from tui.session.opening import OpenedFolder

LONG = "\n\n".join(f"第{n}天，民警走访了嘎查的牧户，讲解防范电信网络诈骗的办法。" for n in range(1, 60))


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    archive = Archive(tmp_path / "library")
    items = [archive.item(f"{n:02}", "开鲁" if n < 22 else "赤峰", f"2023-06-{n + 1:02}") for n in range(24)]
    items[-1]["body"] = LONG
    archive.lines("2023-06", "id: 2023-06\ntitle: 内蒙古公安六月", items)
    return Library(archive.root)


@pytest.fixture
def reading() -> Iterator[Reading]:
    store = Reading(":memory:")
    yield store
    store.close()


def talk(library: Library, reading: Reading, *typed: str) -> str:
    """Return everything that the program prints for these lines."""
    opened = OpenedFolder(library, reading)
    opened.read_all(silent)
    options = Options(library.root / "no-settings/config.yaml", Settings(), reading)
    conversation = Conversation(LineRunner(opened.stores, ask), options)
    lines = list(conversation.greeting())
    for line in typed:
        lines += conversation.answer(line)
        if conversation.is_over:
            break
        lines += conversation.news()
    conversation.close()
    opened.close()
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("line", "meaning"),
    [
        ("", None),
        ("  \n", None),
        ("3", TypedNumber(3)),
        ("１２", TypedNumber(12)),
        ("]", TypedCommand("next_article")),
        ("】", TypedCommand("next_article")),
        ("3]", TypedCommand("next_article", 3)),
        ("５ｊ", TypedCommand("down", 5)),
        ("q", TypedCommand("quit")),
        ("ｑ", TypedCommand("quit")),
        ("？", TypedCommand("help")),
        ("/反诈", TypedQuery("反诈")),
        ("、 反诈 赤峰", TypedQuery("反诈 赤峰")),
        ("／", TypedCommand("search")),
        ("反诈", TypedQuery("反诈")),
        ("fanzha", TypedQuery("fanzha")),
        ("下一篇", TypedCommand("next_article")),
        ("next article", TypedCommand("next_article")),
        ("LIST_STARRED", TypedCommand("list_starred")),
        ("收藏的文章", TypedCommand("list_starred")),
        ("place:赤峰 -禁毒", TypedQuery("place:赤峰 -禁毒")),
        ("-禁毒", TypedQuery("-禁毒")),
        ("9" * 5000, TypedNumber(999999999)),
        ("9" * 5000 + "j", TypedCommand("down")),
        ("p 赤峰", TypedCommand("find_place", None, "赤峰")),
        ("ｐ　ｃｆ", TypedCommand("find_place", None, "ｃｆ")),
        ("set measure 30", TypedCommand("set", None, "measure 30")),
        ("设置", TypedCommand("set")),
        ("2 saved", TypedCommand("saved", 2)),
        ("２Ｏ", TypedCommand("open_link", 2)),
        ("/12", TypedQuery("12")),
        ("。", TypedCommand("repeat")),
        ("l", TypedCommand("list")),
    ],
)
def test_typed_line_is_a_number_command_or_query(
    line: str, meaning: TypedNumber | TypedCommand | TypedQuery | None
) -> None:
    assert understand(line, COMMANDS) == meaning


def test_remapped_command_answers_to_its_new_key() -> None:
    assert understand("x", keys.remap({"star": ("x",)})) == TypedCommand("star")


def test_list_prints_number_group_and_state_of_each_article(library: Library, reading: Reading) -> None:
    reading.mark_read("2023-06/23")
    reading.star("2023-06/22")
    said = talk(library, reading, "l", "").splitlines()
    assert f"逐行阅读。{library.root.name}，24 篇，23 未读。" in said
    assert "赤峰，2 篇" in said
    assert any(line.endswith("反诈宣传22 守护平安，赤峰，未读，已收藏") for line in said)
    assert any(line.endswith("反诈宣传23 守护平安，赤峰") for line in said)
    assert "第 1 到 20 篇，共 24 篇，回车听后面的。" in said
    assert any(line.startswith("24：") for line in said)


def test_enter_reads_on_to_the_end_of_the_article(library: Library, reading: Reading) -> None:
    said = talk(library, reading, "第59天", "1", *[""] * 58, "")
    assert said.count("第1天，") == 1 and said.count("第58天，") == 1
    assert "全文完。" in said
    assert reading.is_read("2023-06/23")


def test_reading_continues_at_the_last_position(library: Library, reading: Reading) -> None:
    said = talk(library, reading, "第59天", "1", *[""] * 20, "q")
    assert "第20天，" in said and "第50天，" not in said
    again = talk(library, reading, "第59天", "1", "q")
    assert "接着读，g 从头读起" in again and "第1天，" not in again and "第21天，" in again


def test_marks_are_set_undone_and_reported(library: Library, reading: Reading) -> None:
    said = talk(library, reading, "1", "s", "A", "U", "U", "redo", "q")
    for words in ("已收藏：", "23 篇标为已读。U 撤销。", "撤销：23 篇标为已读", "撤销：收藏 1 篇", "重做：收藏 1 篇"):
        assert words in said
    assert len(reading.starred()) == 1
    assert sum(len(page) for page in reading.all_read()) == 1


def test_unread_starred_and_history_are_lists_without_extra_headings(library: Library, reading: Reading) -> None:
    said = talk(library, reading, "2", "s", "未读文章", "收藏的文章", "history", "q").splitlines()
    assert "未读，23 篇" in said
    assert said.count("收藏，1 篇") == 1
    assert said.count("读过，1 篇") == 1


def test_undone_articles_return_to_the_unread_list(library: Library, reading: Reading) -> None:
    said = talk(library, reading, "未读文章", "A", "U", "top", "q")
    assert said.count("第 1 篇，共 24 篇") == 1


def test_back_and_forward_return_to_earlier_articles(library: Library, reading: Reading) -> None:
    talk(library, reading, "1", "2", "back", "q")
    first, second = reading.history()
    stop = reading.forward()
    assert stop and stop.id == first and second != first


def test_next_unread_is_the_nearest_below_or_wraps_around(library: Library, reading: Reading) -> None:
    reading.mark_all_read(f"2023-06/{n:02}" for n in range(24) if n != 20)
    said = talk(library, reading, "23", "u", "u", "q")
    assert "反诈宣传20" in said and "都已读过。" in said


def test_search_prints_its_interpretation_and_snippets(library: Library, reading: Reading) -> None:
    said = talk(library, reading, "嘎查", "没有这样的词", "q")
    assert "搜索 嘎查，1 篇" in said
    assert "走访了嘎查的牧户" in said
    assert "搜索 没有这样的词，0 篇。" in said


def test_saved_searches_and_problems_are_listed(library: Library, reading: Reading) -> None:
    said = talk(library, reading, "嘎查", "w", "saved", "problems", "q")
    assert "1：嘎查" in said and "内容没有问题。" in said


def test_wrong_input_is_answered_with_a_hint(library: Library, reading: Reading) -> None:
    said = talk(library, reading, "999", "0", "[", "z", "w", "o", "Y", "\x1b[2J\x1b]0;x\x07", "\ud800", "q")
    assert said.count("请输入 1 到 24。") == 2
    assert "只用于屏幕。" in said
    assert "\x1b" not in said


def test_end_of_input_ends_the_program_and_saves_the_position(library: Library, reading: Reading) -> None:
    talk(library, reading, "第59天", "1")
    assert reading.position("2023-06/23")
    session = reading.session(str(library.root))
    assert session and session.query == "第59天" and session.article == "2023-06/23"


def test_dumb_terminal_or_setting_starts_the_linear_mode() -> None:
    assert is_wanted({"TERM": "dumb"}, False) and is_wanted({}, False)
    assert is_wanted({"TERM": "xterm", "ACCESSIBLE": "1"}, False) and is_wanted({"TERM": "xterm"}, True)
    assert not is_wanted({"TERM": "xterm", "ACCESSIBLE": ""}, False)
    assert not is_wanted({"TERM": "xterm", "ACCESSIBLE": "0"}, False)


def test_plain_option_prints_no_control_sequences_on_a_pipe(tmp_path: Path) -> None:
    folders = {f"XDG_{kind}_HOME": str(tmp_path / kind) for kind in ("CONFIG", "STATE", "CACHE")}
    done = subprocess.run(
        [sys.executable, "-m", "tui", "--plain"],
        input="?\n1\n反诈\nq\n".encode(),
        capture_output=True,
        env={**os.environ, **folders, "LANG": "zh_CN.UTF-8"},
        check=True,
    )
    assert "七" not in (said := done.stdout.decode()) and "7 篇" in said
    assert b"\x1b" not in done.stdout and b"\r" not in done.stdout and done.stderr == b""


def test_hostile_library_and_input_print_no_control_sequences(tmp_path: Path) -> None:
    hostile.library(tmp_path / "library")
    hostile.config(tmp_path / "config/ganews-tui")
    typed = [
        "?",
        "1",
        "",
        "]",
        "",
        "]",
        "]",
        "Y",
        "毒",
        "1",
        hostile.POISON,
        f"place:{hostile.POISON}",
        "v",
        "v",
        "w",
        "q",
    ]
    done = subprocess.run(
        [sys.executable, "-m", "tui", "--plain", str(tmp_path / "library")],
        input="\n".join(typed).encode("utf-8", "backslashreplace"),
        capture_output=True,
        env=environment(tmp_path),
        check=True,
    )
    assert hostile.harm(done.stdout) == [] and hostile.harm(done.stderr) == []
    assert "毒" in done.stdout.decode() and "Traceback" not in done.stderr.decode()
