"""The settings file: values, problems by line, and detection of changes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui import config
from tui.cli import main
from tui.cli.subcommands import subcommands
from tui.config import SETTINGS, FileWatcher, Settings


def write(folder: Path, text: str) -> Path:
    path = folder / "config.yaml"
    path.write_text(text, "utf-8")
    return path


def load(folder: Path, text: str) -> tuple[Settings, list[tuple[int | None, str]]]:
    settings, problems = config.load(write(folder, text))
    return settings, [(problem.line, problem.code) for problem in problems]


def test_missing_settings_file_gives_defaults_without_importing_yaml() -> None:
    code = (
        "import sys; from pathlib import Path; from tui import config;"
        "assert config.load(Path('/nowhere/config.yaml')) == (config.Settings(), []);"
        "sys.exit('yaml' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_every_setting_is_read(tmp_path: Path) -> None:
    text = """
theme: light
measure: 32
indent: 0
blank_lines: 1
hanging: yes
justify: true
quotes: padded
ambiguous_width: 2
language: en
mouse: off
plain: true
libraries: [~/bulletins, 公报]
keys:
  star: x
  next_article: [n, Ctrl+N, 】]
"""
    settings, problems = load(tmp_path, text)
    assert problems == []
    assert settings == Settings(
        theme="light",
        measure=32,
        indent=0,
        blank_lines=1,
        hanging=True,
        justify=True,
        quotes="padded",
        ambiguous_width="2",
        language="en",
        mouse=False,
        plain=True,
        libraries=(Path.home() / "bulletins", tmp_path / "公报"),
        keys={"star": ("x",), "next_article": ("n", "ctrl+n", "right_black_lenticular_bracket")},
    )


def test_command_ids_of_earlier_versions_stay_valid_in_settings(tmp_path: Path) -> None:
    settings, problems = load(tmp_path, "keys: {next_hit: x, previous_hit: X, fold: F5}\n")
    assert problems == []
    assert settings.keys == {"next_match": ("x",), "previous_match": ("X",), "toggle_group": ("f5",)}


def test_keys_under_old_and_new_id_add_up(tmp_path: Path) -> None:
    settings, problems = load(tmp_path, "keys: {next_hit: x, next_match: [x, X]}\n")
    assert problems == []
    assert settings.keys == {"next_match": ("x", "X")}


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("measure: 36\nmeasur: 30\n", [(2, "config-unknown")]),
        ("measure: 七十\n", [(1, "config-value")]),
        ("measure: 900\n", [(1, "config-value")]),
        ("measure: [36]\n", [(1, "config-value")]),
        ("theme: light\n\nquotes: curly\nindent: -1\n", [(3, "config-value"), (4, "config-value")]),
        ("keys:\n  star: x\n  stars: y\n", [(3, "config-keys")]),
        ("keys:\n  star: [x, 没有]\n", [(2, "config-keys")]),
        ("keys:\n  star: x\n  undo: x\n", [(3, "config-keys")]),
        ("keys: star\n", [(1, "config-value")]),
        ("libraries: {}\n", [(1, "config-value")]),
        ("theme: light\ntheme: dark\n", [(2, "config-twice")]),
        ("theme: light\n  measure: 3\n", [(2, "config-syntax")]),
        ("theme: 'light\n", [(2, "config-syntax")]),
        ("- theme\n", [(1, "config-syntax")]),
        ("[" * 5000 + "\n", [(None, "config-syntax")]),
        ("a: &a [x]\nb: *c\n", [(2, "config-syntax")]),
        ("theme: \x00\n", [(None, "config-syntax")]),
    ],
)
def test_wrong_line_is_one_problem_and_keeps_the_default(
    tmp_path: Path, text: str, problems: list[tuple[int | None, str]]
) -> None:
    settings, found = load(tmp_path, text)
    assert [code for _line, code in found] == [code for _line, code in problems]
    assert found == problems or problems[0][0] is None
    assert settings.measure == 36 and settings.indent == 2 and settings.quotes == "narrow"


def test_other_lines_take_effect_beside_a_wrong_one(tmp_path: Path) -> None:
    settings, _problems = load(tmp_path, "measure: no\nindent: 1\nkeys: {star: x, undo: nonsense}\n")
    assert settings.indent == 1
    assert settings.keys == {"star": ("x",)}


def test_misspelt_setting_gets_a_suggestion(tmp_path: Path) -> None:
    _settings, (problem,) = config.load(write(tmp_path, "mesure: 30\n"))
    assert "measure" in problem.remedy


def test_undecodable_settings_file_is_reported_with_the_line(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_bytes("theme: light\nlanguage: 中文\n".encode("gb18030"))
    settings, (problem,) = config.load(path)
    assert settings == Settings()
    assert (problem.line, problem.code) == (2, "config-encoding")


def test_pipe_folder_or_huge_file_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "huge").write_bytes(b"#" * 300_000)
    for path in (tmp_path / "pipe", tmp_path / "huge", tmp_path):
        settings, (problem,) = config.load(path)
        assert settings == Settings() and problem.code == "config-file"


@given(st.text(max_size=300) | st.binary(max_size=300))
def test_loading_settings_never_raises(tmp_path_factory: pytest.TempPathFactory, text: str | bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    settings, problems = config.load(path)
    assert isinstance(settings, Settings)
    assert not any(control in str(problem) for problem in problems for control in "\x1b\x07\n\x9b")


@given(
    st.builds(
        Settings,
        theme=st.sampled_from(["auto", "dark", "夜读"]),
        measure=st.integers(10, 48),
        indent=st.integers(0, 4),
        blank_lines=st.integers(0, 2),
        hanging=st.booleans(),
        quotes=st.sampled_from(["narrow", "padded"]),
        ambiguous_width=st.sampled_from(["auto", "1", "2"]),
        prompt=st.sampled_from([">", "none", "#", "'", "说", "&a"]),
        libraries=st.lists(
            st.sampled_from(["/srv/a b", "/srv/it's", "/公报: 一", '/a\nb\\"', "/a\x85"]).map(Path)
            | st.sampled_from(["service=north,south", "postgresql://liu@h:5432/d?sslmode=require"]),
            max_size=2,
        ).map(tuple),
        keys=st.dictionaries(st.sampled_from(["star", "undo"]), st.just(("x",)), max_size=1),
    )
)
def test_settings_written_as_yaml_load_unchanged(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> None:
    path = tmp_path_factory.getbasetemp() / "written.yaml"
    (path.parent / "themes").mkdir(exist_ok=True)
    (path.parent / "themes/夜读.yaml").write_text("base: dark\n", "utf-8")
    path.write_text(config.to_yaml(settings), "utf-8")
    assert config.load(path) == (settings, [])


def test_sample_changes_nothing_and_each_line_can_be_enabled(tmp_path: Path) -> None:
    assert load(tmp_path, config.sample()) == (Settings(), [])
    lines = config.sample().splitlines()
    named = [
        line[2:] for line in lines if line.startswith("# ") and line[2:].split(":")[0] in {s.name for s in SETTINGS}
    ]
    on = [line for line in named if line.count(": ") == 1 and line.isascii()]
    assert len(on) == len(SETTINGS)
    assert load(tmp_path, "\n".join(on)) == (Settings(), [])


def test_options_accept_the_values_of_the_file() -> None:
    flags = {"measure": "30", "quotes": "curly", "library": "/x", "hanging": "yes", "plain": "", "blank-lines": "2"}
    settings, problems = config.override(Settings(), flags | {"ambiguous": "2", "lang": "en"})
    assert settings == Settings(measure=30, hanging=True, plain=True, blank_lines=2, ambiguous_width="2", language="en")
    assert [str(problem).partition(":")[0] for problem in problems] == ["--quotes"]


def test_every_setting_is_an_option_of_the_app() -> None:
    short = {"ambiguous_width": "ambiguous", "language": "lang"}
    flags = {option.name for option in subcommands()[""].options}
    assert {short.get(each.name, each.name.replace("_", "-")) for each in SETTINGS} <= flags


def test_file_watcher_reports_each_change_once(tmp_path: Path) -> None:
    path, other = tmp_path / "config.yaml", tmp_path / "other.yaml"
    other.touch()
    watch = FileWatcher([path, other])
    assert watch.changed() == []
    path.write_text("theme: light\n")
    assert watch.changed() == [path]
    assert watch.changed() == []
    (tmp_path / "new").write_text("theme: dark1\n")
    (tmp_path / "new").replace(path)
    assert watch.changed() == [path]
    path.unlink()
    assert watch.changed() == [path]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    return tmp_path / "ganews-tui"


def test_config_init_writes_a_sample_once(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "init"]) == 0
    assert capsys.readouterr().out.strip() == str(home / "config.yaml")
    (home / "config.yaml").write_text("theme: light\n")
    assert main(["config", "init"]) == 1
    assert (home / "config.yaml").read_text() == "theme: light\n"


def test_config_show_prints_the_settings_in_effect(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home.mkdir()
    write(home, "measure: 30\nindent: lots\n")
    assert main(["config", "show"]) == 2
    shown = capsys.readouterr()
    assert "measure: 30\nindent: 2\n" in shown.out
    assert "config.yaml:2: " in shown.err


def test_config_check_names_every_wrong_line_of_settings_and_themes(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "themes").mkdir(parents=True)
    assert main(["config", "check"]) == 0
    write(home, "measure: 0\n")
    (home / "themes" / "night.yaml").write_text("base: dusk\n")
    assert main(["config", "check"]) == 2
    out = capsys.readouterr().out
    assert "config.yaml:1: " in out and "night.yaml:1: " in out


def test_lang_option_overrides_the_language_in_the_settings(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home.mkdir()
    write(home, "language: en\nindent: lots\n")
    main(["config", "check"])
    assert "cannot be lots" in capsys.readouterr().out
    main(["config", "check", "--lang", "zh"])
    assert "不能是 lots" in capsys.readouterr().out


def test_first_library_in_the_settings_is_opened_by_default(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bulletin = tmp_path / "library" / "2023-06"
    bulletin.mkdir(parents=True)
    (bulletin / "bulletin.yaml").write_text("title: 六月\n", "utf-8")
    (bulletin / "1.md").write_text("---\ntitle: [草原110巡逻队, 守护牧区平安]\n---\n\n民警走访牧户。\n", "utf-8")
    home.mkdir()
    write(home, "libraries: [../library, /elsewhere]\n")
    assert main(["list"]) == 0
    assert "草原110巡逻队" in capsys.readouterr().out


@pytest.mark.parametrize(
    "address", ["postgresql://liu:geheim@h/d", "service=a password=geheim", "postgresql://h/d?p%61ssword=geheim"]
)
def test_password_in_an_address_is_refused_without_showing_it(tmp_path: Path, address: str) -> None:
    settings, problems = config.load(write(tmp_path, f"libraries: [{address!r}]\n"))
    assert settings == Settings()
    assert len(problems) == 1 and "~/.pgpass" in str(problems[0]) and "geheim" not in str(problems[0])


@pytest.mark.parametrize("words", [[], ["--library", "archive"]])
def test_shared_library_in_the_settings_is_opened_by_default_or_by_name(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.setenv("PGSERVICEFILE", str(tmp_path / "none"))
    home.mkdir()
    write(home, "libraries: [service=archive]\n")
    assert main(["list", *words]) == 2
    assert "service=archive" in capsys.readouterr().err
