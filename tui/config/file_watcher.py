"""Detect changes of files with one call of stat for each file."""

from collections.abc import Iterable
from pathlib import Path

_Fingerprint = tuple[int, int, int] | None
"""Modification time in nanoseconds, size in bytes, and inode; None if the file does not exist."""


class FileWatcher:
    """Files to check for changes. A file need not exist."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self._seen = {path: _fingerprint(path) for path in paths}

    def changed(self) -> list[Path]:
        """Return the files written, created, replaced or removed since the last call."""
        now = {path: _fingerprint(path) for path in self._seen}
        changed = [path for path, seen in now.items() if seen != self._seen[path]]
        self._seen = now
        return changed


def _fingerprint(path: Path) -> _Fingerprint:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
