"""Completions in real shells, the manual page in a real formatter, and every example of the help."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.program import Program
from tests.test_cli import Run, library, run
from tui.cli.manual import page
from tui.cli.shells import SHELLS
from tui.cli.subcommands import KINDS, subcommands

ROOT = Path(__file__).resolve().parent.parent
__all__ = ["run"]


@pytest.fixture
def shell_env(tmp_path: Path) -> dict[str, str]:
    """Return an environment where `ganews-tui` runs this checkout."""
    program = tmp_path / "bin/ganews-tui"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\ncd "{ROOT}" && exec "{sys.executable}" -m tui "$@"\n', "utf-8")
    program.chmod(0o755)
    (tmp_path / "XDG_CONFIG_HOME/ganews-tui/themes").mkdir(parents=True)
    (tmp_path / "XDG_CONFIG_HOME/ganews-tui/themes/night.yaml").write_text(OWN_THEME, "utf-8")
    home = {name: str(tmp_path / name) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME")}
    return {**os.environ, **home, "PATH": f"{program.parent}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8", "TERM": "dumb"}


LINES = [
    ("ganews-tui sea", "search"),
    ("ganews-tui list --pla", "--place"),
    ("ganews-tui list --place 开", "开鲁"),
    ("ganews-tui stats --by au", "author"),
    ("ganews-tui show neimenggu-gongan/07", "neimenggu-gongan/07-chifeng"),
    ("ganews-tui list --author 江", "江枫"),
    ("ganews-tui completion fi", "fish"),
    ("ganews-tui show kailu", "neimenggu-gongan/01-kailu"),
    ("ganews-tui show 07-chi", "neimenggu-gongan/07-chifeng"),
    ("ganews-tui export huhe", "neimenggu-gongan/02-huhehaote"),
    ("ganews-tui show 06-yakeshi", "neimenggu-gongan/06-yakeshi"),
    ("ganews-tui --theme da", "dark"),
    ("ganews-tui --theme ni", "night"),
]
OWN_THEME = "label: 夜读\nbase: dark\ncolours:\n  page: '#101010'\n"


def needs(shell: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(shell) is None, reason=f"no {shell} here")


@needs("bash")
def test_bash_completes_commands_options_and_library_content(shell_env: dict[str, str]) -> None:
    script = SHELLS["bash"]()
    more = [
        ("ganews-tui search place:赤", "赤峰"),
        ("ganews-tui --theme=da", "dark"),
        ("ganews-tui list --place=开", "开鲁"),
    ]
    for line, wanted in [*LINES, *more]:
        ask = (
            f"{script}\nCOMP_LINE={shlex.quote(line)} COMP_POINT={len(line)} COMP_WORDS=({line})\n"
            f"COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))\n_ganews_tui\nprintf '%s\\n' \"${{COMPREPLY[@]}}\"\n"
        )
        done = subprocess.run(["bash", "-c", ask], env=shell_env, capture_output=True, text=True)
        assert wanted in done.stdout.splitlines(), (line, done.stdout, done.stderr)


@needs("bash")
def test_bash_completes_the_ending_of_an_id_to_the_id(shell_env: dict[str, str], tmp_path: Path) -> None:
    """The test runs bash in a terminal and presses Tab."""
    (tmp_path / "rc").write_text(f"PS1='> '\n{SHELLS['bash']()}", "utf-8")
    env = {**shell_env, "TERM": "xterm"}
    with Program(["bash", "--rcfile", str(tmp_path / "rc"), "-i"], env=env, cwd=tmp_path) as program:
        program.wait_for(">")
        for typed, wanted in (
            ("show kailu", "show neimenggu-gongan/01-kailu"),
            ("--theme=con", "--theme=contrast"),
        ):
            program.send(f"ganews-tui {typed}\t")
            program.wait_for(f"ganews-tui {wanted}")
            program.send("\x15")


def test_completions_of_several_articles_begin_with_the_typed_text(run: Run, tmp_path: Path) -> None:
    """A shell replaces the typed text by the common start of all values."""
    root = str(library(tmp_path / "l", 30))
    for typed in ("1", "2", "06-0", "26"):
        status, out, _err = run("completion", "--values", "article", "--typed", typed, "--library", root)
        values = [line.partition("\t")[0] for line in out.splitlines()]
        assert status == 0
        assert all(value.startswith(typed) for value in values) or len(values) == 1, (typed, values)
        assert len(values) > 1 or run("show", values[0], "--library", root)[0] == 0
    assert run("completion", "--values", "article", "--typed", "无", "--library", root)[:2] == (1, "")


@pytest.mark.parametrize("kind", KINDS)
def test_completion_of_a_prefix_filters_the_list(run: Run, kind: str) -> None:
    every = run("completion", "--values", kind)[1].splitlines()
    assert every
    typed = every[-1].partition("\t")[0][:1]
    found = run("completion", "--values", kind, "--typed", typed)[1].splitlines()
    assert found == [line for line in every if line.startswith(typed)] != []


@needs("fish")
def test_fish_completes_commands_options_and_library_content(shell_env: dict[str, str]) -> None:
    asks = "\n".join(f"complete -C {shlex.quote(line)}; echo ===" for line, _wanted in LINES)
    script = f"{SHELLS['fish']()}\n{asks}\n"
    done = subprocess.run(["fish", "-c", script], env=shell_env, capture_output=True, text=True)
    for (line, wanted), found in zip(LINES, done.stdout.split("===\n"), strict=False):
        assert wanted in [one.partition("\t")[0] for one in found.splitlines()], (line, found, done.stderr)


ZSH = """
zmodload zsh/zpty
zpty -b z zsh -f -i
zpty -w z "PS1= PROMPT_EOL_MARK=; fpath=($1 \\$fpath); autoload -U compinit; compinit -u -D"
zpty -w z 'show() { print -r -- "[[$BUFFER]]"; BUFFER= }; zle -N show; bindkey "^X^B" show; echo rea""dy'
zpty -r z found "*ready*"
shift
for line; do
    zpty -w -n z $line$'\\t\\x18\\x02'
    zpty -r z found "*\\]\\]*"
    print -r -- ${${found##*\\[\\[}%%\\]\\]*}
done
"""


@needs("zsh")
def test_zsh_completes_commands_options_and_library_content(shell_env: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "fpath").mkdir()
    (tmp_path / "fpath/_ganews-tui").write_text(SHELLS["zsh"](), "utf-8")
    command = ["zsh", "-f", "-c", ZSH, "zsh", str(tmp_path / "fpath"), *(line for line, _wanted in LINES)]
    done = subprocess.run(command, env=shell_env, capture_output=True, text=True, timeout=25)
    for (line, wanted), found in zip(LINES, done.stdout.splitlines(), strict=True):
        assert wanted in found, (line, found, done.stderr)


@pytest.mark.skipif(shutil.which("groff") is None, reason="no groff here")
def test_manual_page_names_every_option_and_formats_without_warnings() -> None:
    done = subprocess.run(
        ["groff", "-man", "-Tutf8", "-Kutf8", "-ww", "-P-cbuo"], input=page(), capture_output=True, text=True
    )
    assert done.stderr == ""
    text = re.sub("\\s+", "", done.stdout)
    for command in subcommands().values():
        assert command.name in text
        for option in command.options:
            assert f"--{option.name}" in text


EXAMPLES = [
    example
    for command in subcommands().values()
    if command.name not in ("", "serve", "shared")  # they run until they are ended, or need a server
    for example in command.examples
]


@pytest.mark.parametrize("line", [example.line for example in EXAMPLES])
def test_every_example_of_the_help_works(run: Run, line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("content", "seeds"):
        (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.chdir(tmp_path)
    name, *words = shlex.split(line)
    assert name == "ganews-tui"
    status, out, err = run(*words)
    assert status == 0, err
    assert out or err


def test_every_subcommand_has_a_module_and_help_with_an_example(run: Run) -> None:
    for command in subcommands().values():
        status, out, _err = run(*([command.name] if command.name else []), "--help")
        assert status == 0
        assert command.summary in out
        assert all(example.line in out for example in command.examples)
        assert command.examples
        assert (ROOT / f"tui/cli/{command.module}.py").exists()
