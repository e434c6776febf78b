"""One thing that is wrong with something a person gave us, and what they can do about it."""

from typing import NamedTuple


class Problem(NamedTuple):
    """Shown as one line: file and line, what is wrong, what to do. Never fatal to anything else."""

    file: str
    """Relative to the library's folder, or the path as the person gave it."""
    line: int | None
    """Counted from 1."""
    code: str
    """Stable, for programs: `front-matter`, `unknown-place`, …; listed in docs/format.md."""
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.message}" + (f" {self.remedy}" if self.remedy else "")
