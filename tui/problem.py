"""A problem found in a file of the user, with its remedy."""

from typing import NamedTuple


class Problem(NamedTuple):
    """A problem, shown on one line: file and line, what is wrong, what to do. It never stops other work."""

    file: str
    """Path relative to the library's folder, or as the user gave it."""
    line: int | None
    """Line number from 1; None if the problem concerns the whole file."""
    code: str
    """Stable identifier for programs: `front-matter`, `unknown-place`, …; docs/format.md lists all."""
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.message}" + (f" {self.remedy}" if self.remedy else "")
