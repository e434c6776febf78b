"""The rules of the linear mode, for users who listen or read one braille line. Each rule is a test."""

import os
import re
import subprocess
import time
from itertools import chain
from pathlib import Path

import pytest

from tests.program import GANEWS, ROOT, Program, environment
from tests.small import articles, stores
from tests.talk import answers, conversation, said
from tui.article import Article
from tui.config import Settings
from tui.keys import COMMANDS
from tui.plain import is_wanted
from tui.session.searching import FIRST_HITS

TOUR = ["l", "3", "", "b", "where", ".", "o", "2o", "O", "all", "j", "5j", "99", "u", "places", "}", "p 赤峰", "反诈"]
TOUR += ["n", "N", "1", "s", "U", "redo", "r", "A", "w", "saved", "V", "v", "!", "?", "? all", "z", "Y", "历史", "back"]
MARKS = "，。：？"


def test_output_to_a_pipe_has_only_line_feeds_as_controls(tmp_path: Path) -> None:
    out = piped(tmp_path, *TOUR)
    assert set(re.findall(rb"[\x00-\x1f\x7f]", out)) == {b"\n"}


@pytest.mark.parametrize("columns", [20, 40, 200])
def test_output_is_the_same_at_every_width(columns: int, tmp_path: Path) -> None:
    assert piped(tmp_path / "a", *TOUR, COLUMNS=str(columns)) == piped(tmp_path / "b", *TOUR, COLUMNS="80")


def test_lines_are_not_padded() -> None:
    given = stores([*articles(), Article("a/1", (" 题　一 ",), body="　　缩进的段落。\n\n>   引文")])
    for line in chain.from_iterable(answers([*TOUR, "9", "", "all"], given)):
        assert line == line.strip() and "  " not in line and "\u3000" not in line.replace("题　一", ""), line


def test_messages_have_only_words_digits_and_four_marks() -> None:
    given = stores(
        [Article("a/1", ("标题",), "开鲁", body="正文。"), Article("a/2", ("另一篇",), "赤峰", body="正文。")]
    )
    keys = re.compile(r"[!-~]+")
    for typed in [line for line in TOUR if line not in ("?", "? all", "Y")]:
        for line in said(["1", typed], given):
            odd = {mark for mark in keys.sub("", line) if not mark.isalnum() and mark not in f"{MARKS} "}
            assert not odd, line


def test_prompt_is_absent_when_input_is_no_terminal(tmp_path: Path) -> None:
    assert not any(line.startswith(b">") for line in piped(tmp_path, "l", "1").splitlines())


def test_prompt_is_one_word_and_can_be_turned_off(tmp_path: Path) -> None:
    for prompt in (">", "none", "说"):
        (tmp_path / prompt / "config/ganews-tui").mkdir(parents=True)
        (tmp_path / prompt / "config/ganews-tui/config.yaml").write_text(f"prompt: '{prompt}'\n", "utf-8")
        with Program([*GANEWS, "--plain"], env=environment(tmp_path / prompt, TERM="dumb"), size=(80, 24)) as program:
            program.wait_for("退出")
            program.send("where\r")
            program.wait_for("7 篇。")
            program.settle()
            text = program.screen.text()
            assert ("> where" in text, "说 where" in text) == (prompt == ">", prompt == "说")
            program.send("q\r")
            assert program.wait() == 0


def test_command_is_answered_briefly_without_repeating_the_list() -> None:
    most = {"j": 1, "s": 1, "r": 1, "U": 1, "w": 1, "A": 1, "unit sentence": 1, "99": 1, "b": 2, "}": 2, "n": 3, "1": 4}
    for line, limit in most.items():
        assert 1 <= len(said(["反诈" if line in ("n", "w") else "l", line])) <= limit, line


def test_every_move_is_answered_with_the_new_position() -> None:
    talk = answers(["l", "3", "", "b", "j", "k", "G", "g", "u", "}", "{", "反诈", "n", "n", "2", "2o"])
    for answer in talk[2:]:
        assert any(re.search(r"共 \d+|，\d+ 篇", line) for line in answer), answer


def test_full_stop_repeats_the_last_answer() -> None:
    for mark in (".", "。", "．", "repeat", "再说一遍"):
        talk = answers(["3", mark, mark])
        assert talk[1] == talk[2] == talk[3]


def test_where_prints_list_article_unit_and_match() -> None:
    first, second, third = said(["反诈", "n", "where"])
    assert "反诈" in first and "第 1 篇" in second and "段" in third and "第 1 处" in third


@pytest.mark.parametrize("typed", ["99", "0", "99o", "99p", "99 saved", "99O"])
def test_number_out_of_range_moves_nowhere_and_names_the_range(typed: str) -> None:
    talk = answers(["反诈", "w", "unread", "2", "where", typed, "where"])
    assert talk[5] == talk[7]
    assert re.search(r"1 到 \d|没有可选", talk[6][0])


def test_places_and_subheads_are_found_by_number_name_and_pinyin() -> None:
    assert said(["p 赤峰"]) == said(["p chifeng"]) == said(["p cf"]) == said(["4p"]) == said(["places", "4"])
    assert said(["1", "2o"]) == said(["1", "o", "2"]) == said(["1", "o 下一步"])


def test_changes_are_reported_with_article_and_undo_key() -> None:
    assert said(["1", "s"]) == ["已收藏：开鲁反诈第1课 守护群众钱袋子。U 撤销。"]
    assert said(["1", "s", "U"]) == ["撤销：收藏 1 篇，开鲁反诈第1课 守护群众钱袋子。"]
    assert said(["A"]) == ["全部：8 篇标为已读。U 撤销。"]


def test_headline_comes_before_place_and_state() -> None:
    assert said(["1", "s", "r", "l"])[2] == "1：开鲁反诈第1课 守护群众钱袋子，开鲁，未读，已收藏"


def test_long_search_reports_the_seconds_that_it_takes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from tui.plain import run

    clock = iter(range(0, 100, 2))
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))

    class Slow:
        def search(self, query: str, *, cancelled: object, **rest: object) -> str:
            assert callable(cancelled)
            assert [cancelled() for _turn in range(4)] == [False] * 4
            return "answer"

    assert run.ask(Slow(), "毒", False, FIRST_HITS) == "answer"  # type: ignore[comparison-overlap, arg-type]
    assert capsys.readouterr().out.splitlines() == ["正在搜索，2 秒", "正在搜索，8 秒"]


def test_tables_lists_and_links_are_printed_as_sentences() -> None:
    body = "| 地方 | 数 |\n|---|---|\n| 通辽 | 12 |\n| 赤峰 | 9 |\n\n- 甲\n- 乙\n\n见[公报](https://a.cn/)。"
    given = stores([Article("a/1", ("题",), body=body)])
    talk = answers(["1", "", "", "", "O", "unit sentence", "g"], given)
    assert talk[1][1:3] == ["地方 通辽，数 12。", "地方 赤峰，数 9。"]
    assert talk[2][0] == "第 1 项，共 2 项：甲" and talk[3][0] == "第 2 项，共 2 项：乙"
    assert talk[5] == ["1：公报，https://a.cn/"]
    assert talk[7][0] == "地方 通辽，数 12。"


def test_user_steps_by_sentence_paragraph_or_section() -> None:
    for unit, said_as in (("sentence", "句"), ("paragraph", "段"), ("section", "节")):
        talk = answers([f"unit {unit}", "1", "", "b"])
        assert talk[3][-1].startswith(f"第 2 {said_as}") and talk[4][-1].startswith(f"第 1 {said_as}")
    assert said(["1", "", "all"])[-1] == "全文完。"


def test_mode_is_announced_and_chosen_by_setting_and_environment(tmp_path: Path) -> None:
    assert answers([])[0][0].startswith("逐行阅读。") and len(answers([])[0]) <= 4
    assert is_wanted({"TERM": "xterm", "ACCESSIBLE": "1"}, False) and is_wanted({"TERM": "dumb"}, False)
    assert not is_wanted({"TERM": "xterm", "ACCESSIBLE": "0"}, False)
    assert not is_wanted({"TERM": "xterm", "ACCESSIBLE": "false"}, False)
    assert is_wanted({"TERM": "xterm"}, Settings(plain=True).plain)
    assert len(said(["?"])) == 10


def test_typed_line_can_be_edited_and_recalled(tmp_path: Path) -> None:
    with Program([*GANEWS, "--plain"], env=environment(tmp_path), size=(100, 30)) as program:
        program.wait_for("退出")
        program.send("wherX\x7fe\r")
        program.wait_for("全部，7 篇。")
        program.settle()
        program.send("\x1b[A\r")
        program.settle()
        assert program.screen.text().count("全部，7 篇。") == 2
        program.send("q\r")
        assert program.wait() == 0


def test_every_command_works_or_refers_to_the_screen() -> None:
    for command in COMMANDS:
        talk = conversation()
        list(talk.greeting())
        lines = list(talk.answer(command.id))
        assert talk.is_over or lines, command.id
        assert command.id in ("help", "palette") or len(lines) <= 13
        for name in (command.label, command.id.replace("_", " ")):
            again = conversation()
            list(again.greeting())
            assert list(again.answer(name)) == lines, name


def piped(home: Path, *typed: str, **more: str) -> bytes:
    """Return what the program prints to a pipe."""
    done = subprocess.run(
        [*GANEWS, "--plain"],
        input="\n".join(typed).encode() + b"\n",
        capture_output=True,
        env=environment(home, **more),
        cwd=ROOT,
        check=True,
    )
    assert done.stderr == b"", os.fsdecode(done.stderr)
    return done.stdout
