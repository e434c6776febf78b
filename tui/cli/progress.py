"""How far something slow has come: one line on standard error, on a terminal only, gone when it is done."""

import sys
from types import TracebackType
from typing import Self

from ..words import _


class Bar:
    """A line that is written over and over; nothing at all where standard error is no terminal."""

    def __init__(self) -> None:
        self._live = sys.stderr.isatty()
        self._shown = False

    def show(self, part: float, seconds_left: float | None) -> None:
        """`part` of the whole is done."""
        if self._live:
            left = "" if seconds_left is None else _("，还要 {n} 秒").format(n=round(seconds_left))
            text = _("正在编目 {percent}%").format(percent=int(min(part, 1) * 100))
            sys.stderr.write(f"\r\x1b[K{text}{left}")
            sys.stderr.flush()
            self._shown = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
