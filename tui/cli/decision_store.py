"""The user's decisions on the pages of a bulletin, in a file beside the bulletin's folder, and their review."""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import IO

from ..clean import clean_line
from ..i18n import _
from ..importer import ImportResult
from ..importer.decisions import Decisions, decisions_text, read_decisions
from ..new_file import write_new_file
from .import_review import ReviewStopped, reviewed
from .output import remark

_LONGEST = 4 << 20
"""Characters of the file that are read."""


class DecisionStore:
    """The decisions of one bulletin. `library` is None if nothing is written; then there are none."""

    def __init__(self, library: Path | None, bulletin: str, *, review: bool) -> None:
        self._library = library
        self.review = review
        """Whether to ask about doubtful decisions. The user ends that with `q`."""
        self.decisions = self._read(bulletin) if library else Decisions()
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
        path = self._path(bulletin)
        write_new_file(path, partial(_write, text), replace=True)
        remark(_("答案记在 {file}，下次导入同一版面还用。").format(file=clean_line(str(path))))

    def _path(self, bulletin: str) -> Path:
        return (self._library or Path()) / f"{bulletin}.decisions.json"

    def _read(self, bulletin: str) -> Decisions:
        try:
            with self._path(bulletin).open(encoding="utf-8", errors="replace") as file:
                return read_decisions(file.read(_LONGEST))
        except (OSError, ValueError):
            return Decisions()


def _write(text: str, file: IO[bytes]) -> None:
    file.write(text.encode())


def _ask(prompt: str) -> str | None:
    try:
        print(prompt, end="", file=sys.stderr, flush=True)
        return sys.stdin.readline() or None
    except OSError:
        return None
