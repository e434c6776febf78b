"""Wrong command lines: each is reported in a line or two, and no part of it runs."""

import io
from pathlib import Path

import pytest

from tests.program import GANEWS, Program, environment
from tests.test_cli import Run, run
from tui.cli.definitions import Option, Subcommand
from tui.cli.subcommands import subcommands

__all__ = ["run"]
VALUED = [(command, option) for command in subcommands().values() for option in command.options if option.value]
IDS = [f"{command.name or 'app'} --{option.name}" for command, option in VALUED]


@pytest.fixture(autouse=True)
def no_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Select the linear mode, so that a wrong line that runs ends with its input instead of opening a screen."""
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setattr("sys.stdin", io.StringIO())


def value(option: Option, nth: int) -> str:
    """Return a value that the option accepts."""
    return option.choices[min(nth, len(option.choices) - 1)] if option.choices else str(nth + 1)


@pytest.mark.parametrize(("command", "option"), VALUED, ids=IDS)
def test_option_given_twice_is_refused(run: Run, command: Subcommand, option: Option) -> None:
    name, one, other = f"--{option.name}", value(option, 0), value(option, 1)
    lines = [[name, one, name, other], [f"{name}={one}", name, other], [name, one, f"{name}={one}"]]
    if option.short:
        lines += [[name, one, f"-{option.short}", other], [f"-{option.short}{one}", f"-{option.short}{other}"]]
    for line in lines:
        status, out, err = run(*filter(None, [command.name]), *line)
        assert (status, out) == (2, "") and f"{name} 只能给一次" in err, line


@pytest.mark.parametrize(("command", "option"), VALUED, ids=IDS)
@pytest.mark.parametrize("empty", ["", " ", "\u3000"])
def test_option_with_an_empty_value_is_refused(run: Run, command: Subcommand, option: Option, empty: str) -> None:
    name = f"--{option.name}"
    for line in ([name, empty], [f"{name}={empty}"], *([[f"-{option.short}", empty]] if option.short else [])):
        status, out, err = run(*filter(None, [command.name]), *line)
        assert (status, out) == (2, "") and name in err and "不能是空的" in err, line


@pytest.mark.parametrize(
    "words",
    [
        ["--library", "a", "list", "--library", "b"],
        ["--library", "a", "b"],
        ["b", "--library", "a"],
        ["check", "b", "--library", "a"],
        [""],
        [" "],
        ["check", ""],
    ],
    ids=" ".join,
)
def test_library_given_twice_or_empty_is_refused(run: Run, words: list[str]) -> None:
    status, out, err = run(*words)
    assert (status, out) == (2, "")
    assert any(said in err for said in ("只能给一次", "给了两次", "不能是空的"))


def test_flag_given_twice_counts_once(run: Run) -> None:
    assert run("list", "--json", "--json") == run("list", "--json")


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (["sreach", "反诈"], "search"),
        (["serach", "反诈", "禁毒"], "search"),
        (["Search", "反诈"], "search"),
        (["SEARCH", "反诈"], "search"),
        (["sreach", "--json", "反诈"], "search"),
        (["sreach", "-n5", "反诈"], "search"),
        (["sreach", "--limit=5", "反诈"], "search"),
        (["lsit", "--json"], "list"),
        (["shwo", "kailu", "chifeng"], "show"),
        (["exprot", "kailu", "--into", "x.html"], "export"),
        (["chekc", "content"], "check"),
        (["chekc"], "check"),
        (["--lang", "zh", "plcaes", "双河"], "places"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else value,
)
def test_misspelt_subcommand_is_suggested(run: Run, words: list[str], meant: str) -> None:
    status, out, err = run(*words)
    assert (status, out) == (2, "") and f"是不是子命令 {meant}？" in err


def test_usage_errors_have_no_chinese_in_english(run: Run) -> None:
    for words in (
        ["sreach", "x"],
        ["list", "--jsno"],
        ["search", "-jindu"],
        ["list", "--limit", "x"],
        ["list", "--lang="],
    ):
        status, _out, err = run("--lang", "en", *words)
        assert (status == 2 and err.isascii()) or "“" in err, err
        assert not any("\u4e00" <= char <= "\u9fff" for char in err), err
        assert "  " not in err and ".D" not in err


@pytest.mark.parametrize("word", ["-jindu", "-fanzha", "-nmg", "-huanbao", "--jindu", "-j", "-n禁毒"])
@pytest.mark.parametrize("words", [["search", "公安"], ["search"], ["show"], ["places"], ["export"], ["import"]])
def test_word_with_a_dash_gets_a_hint_at_two_dashes(run: Run, words: list[str], word: str) -> None:
    status, out, err = run(*words, word)
    assert (status, out) == (2, "")
    assert f"“{word}”若不是选项，就写在 -- 后面" in err


def test_word_with_a_dash_is_searched_after_two_dashes(run: Run) -> None:
    assert run("search", "公安", "--json", "--", "-jindu") == run("search", "公安 -jindu", "--json")


@pytest.mark.parametrize("more", [[], ["--into", "x"], ["--bulletin", "june"], ["--dry-run"], ["--json"]], ids=" ".join)
def test_import_names_the_file_that_is_missing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("page.txt").write_text("双河讯。", "utf-8")
    status, out, err = run("import", "page.txt", "missing.txt", "gone/away.txt", "~nobody-of-this-name/x", *more)
    assert (status, out) == (2, "")
    assert [line.partition(":")[0] for line in err.splitlines()] == [
        "missing.txt",
        "gone/away.txt",
        "~nobody-of-this-name/x",
    ]
    assert "--into" not in err and not Path("x").exists()


@pytest.mark.parametrize(
    "words",
    [["list", "--library"], ["check"], ["export", "kailu", "--format", "md", "--into"], ["import", "page", "--into"]],
    ids=" ".join,
)
def test_home_folder_of_an_unknown_user_causes_no_crash(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("page").write_text("双河讯。", "utf-8")
    status, _out, _err = run(*words, "~nobody-of-this-name/x")
    assert status in (0, 2)


NO = ["", "0", "no", "No", "off", "false", "FALSE", " 0 "]
YES = ["1", "yes", "on", "true", "TRUE", "2"]


@pytest.mark.parametrize("said", NO + YES)
def test_force_color_understands_yes_and_no(run: Run, monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    monkeypatch.setenv("FORCE_COLOR", said)
    assert ("\x1b[" in run("list")[1]) == (said in YES)


@pytest.mark.parametrize("said", ["0", "false"])
def test_accessible_set_to_no_opens_the_screen(tmp_path: Path, said: str) -> None:
    with Program(GANEWS, env=environment(tmp_path, ACCESSIBLE=said)) as program:
        program.wait_for("开鲁")
        program.send("q")
        assert program.wait() == 0
        assert b"\x1b[?1049h" in program.raw


def test_accessible_set_to_yes_opens_plain_mode(tmp_path: Path) -> None:
    with Program(GANEWS, env=environment(tmp_path, ACCESSIBLE="yes")) as program:
        program.wait_for("逐行阅读")
        program.send("q\n")
        assert program.wait() == 0
        assert b"\x1b[?1049h" not in program.raw


def test_no_color_turns_colour_off_with_any_value(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Any value except an empty one turns colour off (no-color.org)."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    for said, coloured in (("0", False), ("1", False), ("", True)):
        monkeypatch.setenv("NO_COLOR", said)
        assert ("\x1b[" in run("list")[1]) == coloured
