"""Output that is no terminal, terminals with other colours or encodings, and the pager on them."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tui.terminal.charset import other_encoding
from tui.theme import color_system, depth

from .program import GANEWS, Program, environment


def run(home: Path, *words: str, shell: str = '"$@"', env: Mapping[str, str] | None = None) -> tuple[int, str]:
    """Return status and output of a command that a shell runs on a terminal."""
    command = ["/bin/sh", "-c", shell, "sh", *GANEWS, *words]
    with Program(command, env={**environment(home), **(env or {})}) as program:
        return program.wait(), program.raw.decode()


@pytest.mark.parametrize(
    ("shell", "word"),
    [
        ('"$@" </dev/null', "标准输入"),
        ('"$@" <&-', "标准输入"),
        ('echo j | "$@"', "标准输入"),
        ('"$@" 2>&1 | cat; exit 2', "标准输出"),
    ],
)
def test_app_without_a_terminal_is_refused_in_one_line(tmp_path: Path, shell: str, word: str) -> None:
    """The status is 2, and the line says what to do."""
    status, said = run(tmp_path, shell=shell)
    assert status == 2
    assert said.count("\n") == 1 and word in said and "--plain" in said


@pytest.mark.parametrize("shell", ['"$@" </dev/null', '"$@" <&-'])
def test_plain_mode_without_input_greets_and_ends(tmp_path: Path, shell: str) -> None:
    status, said = run(tmp_path, "--plain", shell=shell)
    assert status == 0 and "逐行阅读" in said


def sent(home: Path, **variables: str) -> bytes:
    """Return the output of the app's first screen."""
    env = environment(home, **variables)
    del env["COLORTERM"]
    with Program(GANEWS, env=env) as program:
        program.wait_for("开鲁")
        program.settle(0.1)
        return program.raw


@pytest.mark.parametrize("term", ["foot", "xterm-ghostty"])
def test_terminal_with_true_colour_gets_it_without_colorterm(tmp_path: Path, term: str) -> None:
    """SSH passes only TERM on. The panes have different backgrounds."""
    assert b";2;" in sent(tmp_path, TERM=term)


@pytest.mark.parametrize(("term", "has", "lacks"), [("xterm-256color", b"48;5;", b"48;2;"), ("xterm", b"m", b"48;")])
def test_terminal_with_fewer_colours_gets_no_more(tmp_path: Path, term: str, has: bytes, lacks: bytes) -> None:
    drawn = sent(tmp_path, TERM=term)
    assert has in drawn and lacks not in drawn


@pytest.mark.parametrize("less", ["-F", "-X -Ptitle"])
def test_pager_shows_bold_and_no_codes_under_any_less_setting(tmp_path: Path, less: str) -> None:
    with Program([*GANEWS, "show", "01-kailu", "--pager"], env=environment(tmp_path, LESS=less)) as program:
        program.wait_for("筑牢禁毒防线")
        assert b"\x1b[1m" in program.raw and "[1m" not in program.screen.text()


def test_pager_uses_the_encoding_of_the_terminal(tmp_path: Path) -> None:
    with Program(
        [*GANEWS, "show", "01-kailu", "--pager"], env=environment(tmp_path, LC_ALL="zh_CN.GB18030")
    ) as program:
        program.wait_for_bytes("筑牢禁毒防线".encode("gb18030"))


@pytest.mark.parametrize("locale", ["zh_CN.GB18030", "zh_CN.gbk"])
def test_other_chinese_encoding_reads_line_by_line(tmp_path: Path, locale: str) -> None:
    """The machine may lack the locale: over SSH its name comes from the machine with the terminal."""
    encoding = locale.partition(".")[2]
    with Program(GANEWS, env=environment(tmp_path, LC_ALL=locale)) as program:
        program.wait_for_bytes(b"> ")
        program.send("/警宝\n".encode(encoding))
        program.wait_for_bytes("1 篇。".encode(encoding))
        program.settle(0.2)
        program.send("q\n")
        assert program.wait() == 0
        said = program.raw.decode(encoding, "replace")
    assert "\x1b[?1049h" not in said
    assert said.count("LC_ALL=C.UTF-8") == 1
    assert "礼物送“警宝”" in said.rpartition("1 篇。")[2]


@pytest.mark.parametrize("locale", ["en_US.ISO-8859-1", "zh_TW.Big5"])
def test_encoding_without_simplified_chinese_is_refused_in_one_line(tmp_path: Path, locale: str) -> None:
    env = environment(tmp_path, LC_ALL=locale)
    with Program(GANEWS, env=env) as program:
        assert program.wait() == 2
        assert program.raw.count(b"\n") == 1 and b"LC_ALL=C.UTF-8" in program.raw


@pytest.mark.parametrize(
    ("locale", "encoding"),
    [
        ({"LANG": "zh_CN.UTF-8"}, None),
        ({"LC_ALL": "zh_CN.utf8", "LANG": "zh_CN.GBK"}, None),
        ({"LC_ALL": "", "LC_CTYPE": "zh_CN.GB18030@pinyin", "LANG": "C"}, "gb18030"),
        ({"LANG": "zh_CN.GB2312"}, "gb2312"),
        ({"LANG": "ja_JP.eucJP"}, "euc_jp"),
        ({"LANG": "C"}, None),
        ({}, None),
        ({"LANG": "zh_CN.nonsense"}, None),
        ({"LANG": "zh_CN.base64"}, None),
        ({"LANG": "zh_CN.GBK", "PYTHONIOENCODING": "utf-8"}, None),
    ],
)
def test_encoding_comes_from_the_name_of_the_locale(locale: dict[str, str], encoding: str | None) -> None:
    assert other_encoding(locale) == encoding


@pytest.mark.parametrize("term", ["foot", "alacritty", "wezterm", "xterm-ghostty", "xterm-direct", "xterm-kitty"])
def test_textual_and_theme_use_the_same_colour_depth(term: str) -> None:
    for environ in ({"TERM": term}, {"TERM": "xterm", "TEXTUAL_COLOR_SYSTEM": "truecolor"}):
        assert color_system(depth(environ)) == "truecolor"


@pytest.mark.parametrize("locale", ["C", "zh_CN.nonsense"])
def test_app_opens_with_utf8_or_unknown_encoding(tmp_path: Path, locale: str) -> None:
    with Program(GANEWS, env=environment(tmp_path, LC_ALL=locale)) as program:
        program.wait_for("开鲁")
        assert program.screen.alternate
        program.send("q")
        assert program.wait() == 0
