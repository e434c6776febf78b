"""Bulletins put into a library and taken back: whole or not at all, and nothing is lost.

A new bulletin is written beside the library's others under a hidden name, forced to disk, and only then changes places
with the old one in a single step. The old one stays in `.replaced/` until the next import of the same bulletin, and
`undo` lets the two change places again. Of several programs that import into one library one writes, the others wait.
"""

import errno
import fcntl
import os
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from ..words import _
from .exchange import exchange, sync_folder

_HIDDEN = ".replaced"
_FIRST = ".first"
"""Stands for "there was none before": the import of a bulletin that replaced nothing."""
_STEPS = (".writing", ".ready", ".aside")
_LOCK = ".lock"
PATIENCE = 10.0
"""Seconds another program's import is waited for."""
_TEXT = (".md", ".jsonl", "bulletin.yaml")
_LONGEST = 255
"""Bytes a name may have on the usual file systems."""


def has_room(id: str) -> bool:
    """Whether a bulletin of this id and all that is kept of it can lie beside the others."""
    most = _LONGEST - max(len(ending) for ending in (*_STEPS, _FIRST))
    return len(os.fsencode(id)) <= most and not id.endswith((*_STEPS, _FIRST))


class Shelf:
    """The place of one bulletin in a library's folder."""

    def __init__(self, library: Path, bulletin: str) -> None:
        self.folder = library / bulletin
        self._hidden = library / _HIDDEN
        self._writing = self._hidden / f"{bulletin}.writing"
        self._ready = self._hidden / f"{bulletin}.ready"
        self._aside = self._hidden / f"{bulletin}.aside"
        self._old = self._hidden / bulletin
        self._first = self._hidden / f"{bulletin}{_FIRST}"

    def texts(self) -> dict[str, str]:
        """The texts that lie there now, by file name; empty without the bulletin."""
        if not self.folder.is_dir():
            return {}
        names = sorted(path.name for path in self.folder.iterdir() if path.name.endswith(_TEXT) and _is_own(path))
        return {name: (self.folder / name).read_bytes().decode("utf-8", "replace") for name in names}

    def put(self, files: Mapping[str, str]) -> None:
        """Put the files there in place of what is there; pictures and whatever else lay beside the texts stay."""
        self._stay_inside()
        with self._alone():
            self._put(files)

    def _put(self, files: Mapping[str, str]) -> None:
        self.recover()
        shutil.rmtree(self._writing, ignore_errors=True)
        self._writing.mkdir(parents=True)
        self._carry_over()
        for name, text in files.items():
            _write(self._writing / name, text)
        sync_folder(self._writing)
        shutil.rmtree(self._ready, ignore_errors=True)
        self._writing.rename(self._ready)
        self._swap_in()
        sync_folder(self.folder.parent)

    def undo(self) -> bool:
        """Put back what the last import replaced, or undo that; False when nothing was imported here."""
        self._stay_inside()
        if not self._hidden.is_dir():
            return False
        with self._alone():
            return self._undo()

    def _undo(self) -> bool:
        self.recover()
        if self._old.is_dir():
            if self.folder.exists():
                self._change_places(self._old)
            else:
                self._old.rename(self.folder)
        elif self._first.exists() and self.folder.is_dir():
            self.folder.rename(self._old)
        else:
            return False
        sync_folder(self.folder.parent)
        return True

    def recover(self) -> None:
        """Put right what an interrupted import left: the bulletin that is not in its place goes there."""
        for left in (self._aside, self._ready):
            if left.is_dir() and self.folder.exists():
                shutil.rmtree(self._old, ignore_errors=True)
                left.rename(self._old)
            elif left.is_dir():
                left.rename(self.folder)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """While no other program writes into this library; the lock ends with the program, however that ends."""
        self._hidden.mkdir(parents=True, exist_ok=True)
        until = time.monotonic() + PATIENCE
        handle = os.open(self._hidden / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o666)
        try:
            while not _locked(handle):
                if time.monotonic() > until:
                    raise OSError(errno.EBUSY, _("另一个程序正在导入"), str(self.folder))
                time.sleep(0.02)
            yield
        finally:
            os.close(handle)

    def _stay_inside(self) -> None:
        for path in (self._hidden, self.folder):
            if path.is_symlink():
                raise OSError(errno.ELOOP, _("是链接"), str(path))

    def _carry_over(self) -> None:
        for path in sorted(self.folder.iterdir()) if self.folder.is_dir() else ():
            if not path.name.endswith(_TEXT):
                target = self._writing / path.name
                if path.is_dir():
                    shutil.copytree(path, target, symlinks=True)
                else:
                    shutil.copy2(path, target, follow_symlinks=False)

    def _swap_in(self) -> None:
        if not self.folder.exists():
            shutil.rmtree(self._old, ignore_errors=True)
            self._first.touch()
            self._ready.rename(self.folder)
            return
        self._first.unlink(missing_ok=True)
        self._change_places(self._ready)
        shutil.rmtree(self._old, ignore_errors=True)
        self._ready.rename(self._old)

    def _change_places(self, other: Path) -> None:
        if exchange(other, self.folder):
            return
        self.folder.rename(self._aside)
        other.rename(self.folder)
        self._aside.rename(other)


def last_imported(library: Path) -> str | None:
    """The bulletin whose import would be undone when none is named."""
    hidden = library / _HIDDEN
    found = hidden.iterdir() if hidden.is_dir() else ()
    marks = [path for path in found if not path.name.endswith(_STEPS) and path.name != _LOCK]
    last = max(marks, key=lambda path: path.stat().st_ctime_ns, default=None)
    return last.name.removesuffix(_FIRST) if last else None


def _locked(handle: int) -> bool:
    """Whether the lock is ours now; where the file system knows none, nobody is kept out."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def _is_own(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
