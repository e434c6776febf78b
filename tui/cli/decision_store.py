"""The user's decisions on the pages of a bulletin, in a file beside the bulletin's folder, and their review."""

import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import IO

from ..clean import clean_line
from ..i18n import _
from ..importer import ImportResult
from ..importer.decisions import Decisions, decisions_text, read_decisions
from ..library.safe_open import BadFile, read_text
from ..new_file import write_new_file
from .import_review import ReviewStopped, reviewed
from .output import remark

_LONGEST = 16 << 20
"""Bytes of the file. A longer one is not read, and not replaced."""


class DecisionStore:
    """The decisions of one bulletin. `library` is None if nothing is written; then there are none."""

    def __init__(self, library: Path | None, bulletin: str, *, review: bool) -> None:
        self._library = library
        self.review = review
        """Whether to ask about doubtful decisions. The user ends that with `q`."""
        self.decisions = _read(library, _file_of(bulletin)) if library else Decisions()
        self._before = decisions_text(self.decisions)

    @property
    def signature(self) -> bytes:
        """Bytes that change with the stored decisions."""
        return self._before.encode()

    def result(self, name: str, again: Callable[[Decisions], ImportResult]) -> ImportResult:
        """Return the articles of file `name` as decided, after a review if there is one. `again` imports the file."""
        result = again(self.decisions)
        if not self.review or not result.doubts:
            return result
        remark(clean_line(name))
        try:
            return reviewed(result, again, self.decisions, _ask, remark)
        except ReviewStopped:
            self.review = False
            return again(self.decisions)

    def save(self, bulletin: str) -> None:
        """Write the decisions if the review changed them. Raises OSError."""
        text = decisions_text(self.decisions)
        if self._library is None or text == self._before:
            return
        path = self._library / _file_of(bulletin)
        if self.decisions.is_unknown:
            remark(_("看不懂 {file}，没有改动它；这次的答案没有记下。").format(file=clean_line(str(path))))
            return
        write_new_file(path, partial(_write, text), replace=True)
        remark(_("答案记在 {file}，下次导入同一版面还用。").format(file=clean_line(str(path))))


def _file_of(bulletin: str) -> str:
    return f"{bulletin}.decisions.json"


def _read(library: Path, name: str) -> Decisions:
    """Return the stored decisions. Does not follow a link out of the library or wait for a pipe."""
    if not os.path.lexists(library / name):
        return Decisions()
    try:
        return read_decisions(read_text(library, name, _LONGEST))
    except (BadFile, OSError):
        return Decisions(is_unknown=True)


def _write(text: str, file: IO[bytes]) -> None:
    file.write(text.encode())


def _ask(prompt: str) -> str | None:
    try:
        print(prompt, end="", file=sys.stderr, flush=True)
        return sys.stdin.readline() or None
    except OSError:
        return None
