"""Change one setting in the user's file and leave the rest as it is."""

import re
from pathlib import Path
from typing import IO

from ..new_file import write_new_file
from .setting_table import Setting
from .settings import Settings


def put(path: Path, setting: Setting, value: str) -> None:
    """Write a setting into the file, in place of its line or as a new one.

    Raises WrongValue for a value that is not allowed, OSError if the file cannot be read or written.
    """
    setting.put(Settings(), value)
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_bytes().decode("utf-8", "surrogateescape") if path.exists() else ""
    text = with_value(before, setting.name, value)

    def write(file: IO[bytes]) -> None:
        file.write(text.encode("utf-8", "surrogateescape"))

    write_new_file(path, write, replace=True)


def with_value(text: str, name: str, value: str) -> str:
    """Return the text of a settings file with another value for a setting that has a single one."""
    line = f"{name}: {value if re.fullmatch('[A-Za-z0-9_-]+', value) else _quoted(value)}"
    found = re.compile(rf"^{re.escape(name)}[ \t]*:[^\r\n]*", re.MULTILINE)
    if found.search(text):
        return found.sub(lambda _old: line, text, count=1)
    return f"{text}{'' if not text or text.endswith(chr(10)) else chr(10)}{line}\n"


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
