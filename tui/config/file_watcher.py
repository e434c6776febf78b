"""Noticing that a file has changed, at the price of one stat each."""

from collections.abc import Iterable
from pathlib import Path

_Seen = tuple[int, int, int] | None


class FileWatcher:
    """Files to look at now and then; one that does not exist yet may appear."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self._seen = {path: _look(path) for path in paths}

    def changed(self) -> list[Path]:
        """Those that were written, made, replaced or removed since this was last asked."""
        now = {path: _look(path) for path in self._seen}
        changed = [path for path, seen in now.items() if seen != self._seen[path]]
        self._seen = now
        return changed


def _look(path: Path) -> _Seen:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
