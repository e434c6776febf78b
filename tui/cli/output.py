"""Output of the subcommands: data to standard output, remarks to standard error, both safe for a terminal."""

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, redirect_stdout, suppress
from typing import TYPE_CHECKING

from ..clean import clean, escaped
from ..i18n import _
from ..terminal.charset import other_encoding, system_encoding
from ..trusted_paths import find_program, program_environment
from ..variables import says_yes
from .arguments import Arguments

if TYPE_CHECKING:
    from subprocess import Popen

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]


def remark(text: str) -> None:
    """Print a remark to standard error, after flushing the data."""
    sys.stdout.flush()
    print(clean(text), file=sys.stderr)


def use_colour(arguments: Arguments) -> bool:
    """Return whether to use colour: by `--color`, or else NO_COLOR, FORCE_COLOR, and whether output is a terminal."""
    asked = arguments.text("color", "auto")
    if asked != "auto":
        return asked == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if says_yes(os.environ, "FORCE_COLOR"):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb"


def write_json(value: Json) -> None:
    """Print a value as one indented JSON document."""
    print(_to_json(value, indent=2))


def write_json_list(name: str, values: Iterable[Mapping[str, Json]], ahead: Mapping[str, Json] | None = None) -> bool:
    """Print a JSON object with the fields `ahead` and a list `name`, and return whether the list has values.

    Values are printed as they arrive.
    """
    print("{")
    for key, value in (ahead or {}).items():
        print(f"  {_to_json(key)}: {_to_json(value)},")
    print(f'  "{name}": [', end="")
    comma = ""
    for one in values:
        text = _to_json(one, indent=2).replace("\n", "\n    ")
        print(f"{comma}\n    {text}", end="")
        comma = ","
    print("\n  ]\n}" if comma else "]\n}")
    return bool(comma)


def write_jsonl(values: Iterable[Mapping[str, Json]]) -> bool:
    """Print each value as one line of JSON as it arrives, and return whether there was one."""
    return write_lines(map(_to_json, values))


def _to_json(value: "Json | Mapping[str, Json]", indent: int | None = None) -> str:
    """Return the value as JSON. Control characters and invisible characters are escaped, Chinese is not."""
    return escaped(json.dumps(value, ensure_ascii=False, indent=indent))


def write_lines(lines: Iterable[str]) -> bool:
    """Print each line, and return whether there was one."""
    printed = False
    for line in lines:
        printed = True
        print(line)
    return printed


@contextmanager
def paged_output(arguments: Arguments) -> Iterator[None]:
    """Send standard output through the user's pager, if `--pager` is given and the output is a terminal."""
    if not (arguments.flag("pager") and sys.stdout.isatty()):
        yield
        return
    import shlex
    import subprocess

    try:
        command = shlex.split(os.environ.get("PAGER", "")) or ["less"]
    except ValueError:
        command = os.environ["PAGER"].split()
    program = find_program(command[0])
    if program is None:
        remark(_("分页程序 {name} 不在 PATH 里的绝对路径下，内容直接输出。").format(name=command[0]))
        yield
        return
    encoding = other_encoding(os.environ, system_encoding()) or "utf-8"
    # UTF-8 is the only Chinese encoding that less knows; with "dos" it passes all bytes through.
    environment = {"LESSCHARSET": "utf-8" if encoding == "utf-8" else "dos", "LV": "-c"} | program_environment()
    # -R goes first: the user's last option may be a prompt, which extends to the end of LESS.
    environment["LESS"] = f"-R {environment['LESS']}" if "LESS" in environment else "FRX"
    try:
        pager = subprocess.Popen(
            [program, *command[1:]], stdin=subprocess.PIPE, encoding=encoding, errors="replace", env=environment
        )
    except OSError as error:
        remark(f"{program}: {error.strerror}")
        yield
        return
    try:
        with suppress(BrokenPipeError), redirect_stdout(pager.stdin):
            yield
    finally:
        _finish(pager)


def _finish(pager: "Popen[str]") -> None:
    """Wait until the user leaves the pager. Ctrl-C reaches the pager only."""
    with suppress(BrokenPipeError):
        if pager.stdin:
            pager.stdin.close()
    while pager.poll() is None:
        with suppress(KeyboardInterrupt):
            pager.wait()
