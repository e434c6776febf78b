"""Lines on standard error that show how far long work has come."""

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

from ..i18n import _

if TYPE_CHECKING:
    from ..indexer import Progress

_INTERVAL_SECONDS = 0.2


class OverwrittenLine:
    """A context manager whose line is overwritten, and erased at the end. Without a terminal it prints nothing."""

    def __init__(self) -> None:
        self._live = sys.stderr.isatty()
        self._shown = False

    def write(self, text: str) -> None:
        """Replace the line by the text."""
        if not self._live:
            return
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()
        self._shown = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


class ProgressLine(OverwrittenLine):
    """Shows the progress of indexing."""

    def show(self, progress: "Progress") -> None:
        """Show the progress."""
        text = _("正在编目")
        if progress.phase == "waiting":
            text = _("另一个窗口正在编目，稍候")
        elif progress.total:
            text = _("正在编目 {percent}%").format(percent=min(100 * progress.done // progress.total, 100))
        if progress.seconds_left is not None:
            text += _("，还要 {n} 秒").format(n=round(progress.seconds_left))
        self.write(text)


class LoadLine(OverwrittenLine):
    """Shows how far a load into a shared library has come."""

    def __init__(self) -> None:
        super().__init__()
        self._started = self._last = time.monotonic()

    def show(self, articles: int, done: int, total: int) -> None:
        """Show the articles stored, the bytes read and the bytes to read; at the end the indexes are built."""
        now = time.monotonic()
        if now - self._last < _INTERVAL_SECONDS and done < total:
            return
        self._last = now
        if done >= total:
            self.write(_("{n} 篇，正在编索引").format(n=articles))
            return
        left = (now - self._started) / max(done, 1) * (total - done)
        text = _("正在装入 {percent}%，{n} 篇，还要 {seconds} 秒")
        self.write(text.format(percent=100 * done // max(total, 1), n=articles, seconds=round(left)))
