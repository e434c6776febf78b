"""Atomic import of a bulletin into a library, and its undo. No text is ever lost.

A new bulletin is written under a hidden name, forced to disk, and then exchanged with the old one in a single step. The
old one stays in `.replaced/` until the next import of the same bulletin; `undo` exchanges the two again. If several
programs import into one library, one writes and the others wait.

Every method either raises OSError and leaves the bulletin unchanged, or changes it. If a step after the change fails,
it raises Unfinished. Links are never followed: each path in the library is checked before use.
"""

import errno
import fcntl
import os
import stat
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from ..i18n import _
from .atomic_swap import atomic_swap, sync_folder
from .folder_copy import check_folder, copy, delete_discarded, discard, inode, is_folder

_HIDDEN = ".replaced"
_FIRST = ".first"
"""Suffix of the file that records an import without a predecessor."""
_MADE = ".made"
"""Suffix of the file that holds the inode number of the new bulletin during the exchange."""
_STEPS = (".writing", ".ready", ".aside", _MADE)
_LOCK = ".lock"
PATIENCE = 10.0
"""Seconds. How long to wait for another program's import."""
_TEXT = (".md", ".jsonl")
_ABOUT = "bulletin.yaml"
_LONGEST = 255
"""Bytes. Maximum length of a file name on common file systems."""
_READ = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK


class Unfinished(OSError):
    """The bulletin was changed as requested, but a later step failed."""


def has_room(id: str) -> bool:
    """Return whether all file names derived from this id are short enough and unambiguous."""
    most = _LONGEST - max(len(ending) for ending in (*_STEPS, _FIRST))
    return len(os.fsencode(id)) <= most and not id.endswith((*_STEPS, _FIRST))


class BulletinWriter:
    """A writer for one bulletin: its folder in the library and its files in `.replaced/`."""

    def __init__(self, library: Path, bulletin: str) -> None:
        self.folder = library / bulletin
        self._hidden = library / _HIDDEN
        self._writing = self._hidden / f"{bulletin}.writing"
        self._ready = self._hidden / f"{bulletin}.ready"
        self._aside = self._hidden / f"{bulletin}.aside"
        self._made = self._hidden / f"{bulletin}{_MADE}"
        self._old = self._hidden / bulletin
        self._first = self._hidden / f"{bulletin}{_FIRST}"

    def texts(self) -> dict[str, str]:
        """Return the texts of the bulletin by file name; empty if it does not exist. Raises OSError for a link."""
        check_folder(self.folder)
        if not is_folder(self.folder):
            return {}
        found = ((name, _content(self.folder / name)) for name in sorted(os.listdir(self.folder)) if _is_text(name))
        return {name: content.decode("utf-8", "replace") for name, content in found if content is not None}

    def put(self, files: Mapping[str, str]) -> None:
        """Replace the texts of the bulletin. Pictures, other files and all file modes are kept."""
        self._stay_inside()
        with self._alone():
            self.recover()
            delete_discarded(self._hidden)
            try:
                self._write(files)
                self._told(self._swap_in)
            except Unfinished:
                raise
            except OSError:
                self._take_back()
                raise

    def undo(self) -> bool:
        """Undo the last import, or redo it after an undo. Return False if nothing was imported here."""
        self._stay_inside()
        if not is_folder(self._hidden):
            return False
        with self._alone():
            self.recover()
            check_folder(self._old)
            if is_folder(self._old):
                self._told(self._put_back)
            elif os.path.lexists(self._first) and is_folder(self.folder):
                self._told(self._take_out)
            else:
                return False
        return True

    def recover(self) -> None:
        """Complete or roll back an interrupted import or undo."""
        if is_folder(self._aside):
            self._give_place(self._aside)
        if is_folder(self._ready):
            if self._made_says() == inode(self._ready) and is_folder(self.folder):
                discard(self._ready)  # the exchange never happened: the old bulletin is still in place
            else:
                self._give_place(self._ready)
        for left in (self._aside, self._ready, self._made):
            discard(left)

    def set_aside(self) -> Path | None:
        """Return the bulletin's temporary path if a failed change left its own path empty, else None."""
        return self._aside if is_folder(self._aside) and inode(self.folder) is None else None

    def _give_place(self, left: Path) -> None:
        """Move `left` to the bulletin's path if that is free, else to the path of the replaced bulletin."""
        if is_folder(self.folder):
            self._keep(left)
        else:
            left.rename(self.folder)

    def _keep(self, replaced: Path) -> None:
        discard(self._old)
        replaced.rename(self._old)

    def _made_says(self) -> int | None:
        """Return the inode number of the bulletin that an interrupted import wrote, or None."""
        content = _content(self._made) or b""
        return int(content) if content.isdigit() else None

    def _told(self, change: Callable[[], None]) -> None:
        """Apply the change. Raises Unfinished if it fails after the bulletin changed, else OSError."""
        before = inode(self.folder)
        try:
            change()
            sync_folder(self.folder.parent)
        except OSError as error:
            if inode(self.folder) == before or self.set_aside():
                raise
            raise Unfinished(error.errno, error.strerror, error.filename) from error

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the library's lock. The system releases it when the program exits. Raises OSError after `PATIENCE`."""
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
            check_folder(path)

    def _write(self, files: Mapping[str, str]) -> None:
        """Write the complete new bulletin under a temporary name."""
        discard(self._writing)
        there = is_folder(self.folder)
        self._writing.mkdir(0o700 if there else 0o777)
        for name in sorted(os.listdir(self.folder)) if there else ():
            if not (_is_text(name) and not is_folder(self.folder / name)):
                copy(self.folder / name, self._writing / name)
        for name, text in files.items():
            _write_file(self._writing / name, text, _mode(self.folder / name))
        if there:
            self._writing.chmod(stat.S_IMODE(self.folder.stat().st_mode))
        sync_folder(self._writing)
        discard(self._ready)
        discard(self._made)
        _write_file(self._made, str(inode(self._writing)))
        self._writing.rename(self._ready)

    def _swap_in(self) -> None:
        if not is_folder(self.folder):
            discard(self._old)
            discard(self._first)
            _write_file(self._first, "")
            self._ready.rename(self.folder)
        else:
            self._change_places(self._ready)
            self._keep(self._ready)
            discard(self._first)
        discard(self._made)

    def _take_back(self) -> None:
        """Remove the files of a new bulletin whose import failed."""
        with suppress(OSError):
            discard(self._writing)
            if self._made_says() == inode(self._ready):
                discard(self._ready)
            if not is_folder(self._ready):
                discard(self._made)

    def _put_back(self) -> None:
        if is_folder(self.folder):
            self._change_places(self._old)
        else:
            self._old.rename(self.folder)

    def _take_out(self) -> None:
        self.folder.rename(self._old)

    def _change_places(self, other: Path) -> None:
        if atomic_swap(other, self.folder):
            return
        self.folder.rename(self._aside)
        try:
            other.rename(self.folder)
        except OSError:
            with suppress(OSError):
                self._aside.rename(self.folder)
            raise
        self._aside.rename(other)


def last_imported(library: Path) -> str | None:
    """Return the bulletin imported last, or None. Raises OSError if `.replaced` is a link."""
    hidden = library / _HIDDEN
    check_folder(hidden)
    found = hidden.iterdir() if is_folder(hidden) else ()
    marks = [path for path in found if not path.name.startswith(".") and not path.name.endswith(_STEPS)]
    last = max(marks, key=lambda path: path.lstat().st_ctime_ns, default=None)
    return last.name.removesuffix(_FIRST) if last else None


def _locked(handle: int) -> bool:
    """Return whether this program now holds the lock; also True if the file system has no locks."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def _is_text(name: str) -> bool:
    """Return whether the library reads a file of this name as part of the bulletin."""
    return name.endswith(_TEXT) or name == _ABOUT


def _content(path: Path) -> bytes | None:
    """Return the bytes of a regular file; None for a link, folder or pipe, or if nothing exists."""
    try:
        handle = os.open(path, _READ)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENOENT, errno.ENXIO):
            return None
        raise
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        return None
    with open(handle, "rb") as file:
        return file.read()


def _mode(path: Path) -> int | None:
    """Return the mode of a regular file, or None if there is none."""
    with suppress(OSError):
        found = path.lstat().st_mode
        return stat.S_IMODE(found) if stat.S_ISREG(found) else None
    return None


def _write_file(path: Path, text: str, mode: int | None = None) -> None:
    """Write a new file and force it to disk. If `mode` is None, the umask applies."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666 if mode is None else 0o600)
    with open(handle, "w", encoding="utf-8", newline="\n") as file:
        if mode is not None:
            os.fchmod(handle, mode)
        file.write(text)
        file.flush()
        os.fsync(handle)
