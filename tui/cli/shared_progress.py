"""A line on standard error that shows how far a load into a shared library has come."""

import sys
import time
from types import TracebackType
from typing import Self

from ..i18n import _

_INTERVAL_SECONDS = 0.2


class LoadLine:
    """A context manager whose line is overwritten, and erased at the end. Without a terminal it prints nothing."""

    def __init__(self) -> None:
        self._live = sys.stderr.isatty()
        self._shown = False
        self._started = self._last = time.monotonic()

    def show(self, articles: int, done: int, total: int) -> None:
        """Show the articles stored, the bytes read and the bytes to read; at the end the indexes are built."""
        now = time.monotonic()
        if not self._live or (now - self._last < _INTERVAL_SECONDS and done < total):
            return
        self._last = now
        if done >= total:
            text = _("{n} 篇，正在编索引").format(n=articles)
        else:
            left = (now - self._started) / max(done, 1) * (total - done)
            text = _("正在装入 {percent}%，{n} 篇，还要 {seconds} 秒")
            text = text.format(percent=100 * done // max(total, 1), n=articles, seconds=round(left))
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()
        self._shown = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
