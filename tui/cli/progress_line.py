"""A line on standard error that shows the progress of indexing."""

import sys
from types import TracebackType
from typing import TYPE_CHECKING, Self

from ..i18n import _

if TYPE_CHECKING:
    from ..indexer import Progress


class ProgressLine:
    """A context manager whose line is overwritten, and erased at the end. Without a terminal it prints nothing."""

    def __init__(self) -> None:
        self._live = sys.stderr.isatty()
        self._shown = False

    def show(self, progress: "Progress") -> None:
        """Show the progress."""
        if not self._live:
            return
        text = _("正在编目")
        if progress.phase == "waiting":
            text = _("另一个窗口正在编目，稍候")
        elif progress.total:
            text = _("正在编目 {percent}%").format(percent=min(100 * progress.done // progress.total, 100))
        if progress.seconds_left is not None:
            text += _("，还要 {n} 秒").format(n=round(progress.seconds_left))
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()
        self._shown = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
