"""What is written where: data to standard output, remarks to standard error, and nothing raw."""

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
    """Say something beside the data, after what was printed before."""
    sys.stdout.flush()
    print(clean(text), file=sys.stderr)


def coloured(arguments: Arguments) -> bool:
    """Whether output is to be coloured: as asked, else NO_COLOR, FORCE_COLOR, else on a terminal that can."""
    asked = arguments.text("color", "auto")
    if asked != "auto":
        return asked == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if says_yes(os.environ, "FORCE_COLOR"):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb"


def write_json(value: Json) -> None:
    """One JSON document, readable by people too."""
    print(_written(value, indent=2))


def write_json_list(name: str, values: Iterable[Mapping[str, Json]], ahead: Mapping[str, Json] | None = None) -> bool:
    """One JSON object whose field `name` lists the values, written as they come; whether there was one."""
    print("{")
    for key, value in (ahead or {}).items():
        print(f"  {_written(key)}: {_written(value)},")
    print(f'  "{name}": [', end="")
    comma = ""
    for one in values:
        text = _written(one, indent=2).replace("\n", "\n    ")
        print(f"{comma}\n    {text}", end="")
        comma = ","
    print("\n  ]\n}" if comma else "]\n}")
    return bool(comma)


def write_jsonl(values: Iterable[Mapping[str, Json]]) -> bool:
    """One JSON object a line, as they come; whether there was one."""
    return write_lines(map(_written, values))


def _written(value: "Json | Mapping[str, Json]", indent: int | None = None) -> str:
    """The value as JSON: Chinese as it is, what a terminal obeys or does not show as escapes."""
    return escaped(json.dumps(value, ensure_ascii=False, indent=indent))


def write_lines(lines: Iterable[str]) -> bool:
    """Each on its line; whether there was one."""
    some = False
    for line in lines:
        some = True
        print(line)
    return some


@contextmanager
def paged(arguments: Arguments) -> Iterator[None]:
    """Standard output through the person's pager, where `--pager` asks for it and a terminal is there."""
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
    # "dos" lets less pass on every byte: it knows no Chinese encoding but UTF-8.
    surroundings = {"LESSCHARSET": "utf-8" if encoding == "utf-8" else "dos", "LV": "-c"} | program_environment()
    # Before the user's own options, whose last one may be a prompt that takes everything after it.
    surroundings["LESS"] = f"-R {surroundings['LESS']}" if "LESS" in surroundings else "FRX"
    try:
        pager = subprocess.Popen(
            [program, *command[1:]], stdin=subprocess.PIPE, encoding=encoding, errors="replace", env=surroundings
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
    """Wait until the person has left the pager; Ctrl-C is the pager's meanwhile."""
    with suppress(BrokenPipeError):
        if pager.stdin:
            pager.stdin.close()
    while pager.poll() is None:
        with suppress(KeyboardInterrupt):
            pager.wait()
