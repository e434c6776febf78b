"""Completions in real shells, the manual page in a real formatter, and every example of every page."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_cli import Run, run
from tui.cli.commands import commands
from tui.cli.manual import page
from tui.cli.shells import SHELLS

ROOT = Path(__file__).resolve().parent.parent
__all__ = ["run"]


@pytest.fixture
def shell_env(tmp_path: Path) -> dict[str, str]:
    """Surroundings in which `ganews-tui` is this checkout."""
    program = tmp_path / "bin/ganews-tui"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\ncd "{ROOT}" && exec "{sys.executable}" -m tui "$@"\n', "utf-8")
    program.chmod(0o755)
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
]


def needs(shell: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(shell) is None, reason=f"no {shell} here")


@needs("bash")
def test_bash_completes_commands_options_and_what_the_library_holds(shell_env: dict[str, str]) -> None:
    script = SHELLS["bash"]()
    for line, wanted in [*LINES, ("ganews-tui search place:赤", "赤峰")]:
        ask = (
            f"{script}\nCOMP_LINE={shlex.quote(line)} COMP_POINT={len(line)} COMP_WORDS=({line})\n"
            f"COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))\n_ganews_tui\nprintf '%s\\n' \"${{COMPREPLY[@]}}\"\n"
        )
        done = subprocess.run(["bash", "-c", ask], env=shell_env, capture_output=True, text=True)
        assert wanted in done.stdout.splitlines(), (line, done.stdout, done.stderr)


@needs("fish")
def test_fish_completes_commands_options_and_what_the_library_holds(shell_env: dict[str, str]) -> None:
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
def test_zsh_completes_commands_options_and_what_the_library_holds(shell_env: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "fpath").mkdir()
    (tmp_path / "fpath/_ganews-tui").write_text(SHELLS["zsh"](), "utf-8")
    command = ["zsh", "-f", "-c", ZSH, "zsh", str(tmp_path / "fpath"), *(line for line, _wanted in LINES)]
    done = subprocess.run(command, env=shell_env, capture_output=True, text=True, timeout=25)
    for (line, wanted), found in zip(LINES, done.stdout.splitlines(), strict=True):
        assert wanted in found, (line, found, done.stderr)


@pytest.mark.skipif(shutil.which("groff") is None, reason="no groff here")
def test_the_manual_page_names_every_option_and_formats_without_a_warning() -> None:
    done = subprocess.run(
        ["groff", "-man", "-Tutf8", "-Kutf8", "-ww", "-P-cbuo"], input=page(), capture_output=True, text=True
    )
    assert done.stderr == ""
    text = re.sub("\\s+", "", done.stdout)
    for command in commands().values():
        assert command.name in text
        for option in command.options:
            assert f"--{option.name}" in text


EXAMPLES = [example for command in commands().values() if command.name for example in command.examples]


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


def test_every_command_has_help_with_an_example_and_a_module(run: Run) -> None:
    for command in commands().values():
        status, out, _err = run(*([command.name] if command.name else []), "--help")
        assert status == 0
        assert command.summary in out
        assert all(example.line in out for example in command.examples)
        assert command.examples
        assert (ROOT / f"tui/cli/{command.module}.py").exists()
