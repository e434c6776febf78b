"""Write a file completely or not at all, and never replace another one by accident."""

import errno
import os
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from shutil import copyfileobj
from typing import IO

from .i18n import _

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC


def write_new_file(into: Path, write: Callable[[IO[bytes]], None], *, replace: bool = False) -> None:
    """Write a file under a short hidden name beside `into` and move it there when it is complete.

    Raises FileExistsError if something is at `into`, however late it appears there, and OSError if the file cannot be
    written. With `replace` an ordinary file may be at `into`; the new file gets its mode, owner and access list.
    """
    there = _existing(into, replace)
    beside = into.with_name(f".ganews-tui-{os.urandom(6).hex()}")
    handle = os.open(beside, _NEW, 0o600 if there else 0o666)
    try:
        with open(handle, "wb") as file:
            write(file)
            file.flush()
            there = _existing(into, replace)
            if there:
                _copy_access(into, there, handle)
            os.fsync(handle)
        if there:
            beside.replace(into)
        else:
            _move_to_free_name(beside, into)
    finally:
        beside.unlink(missing_ok=True)


def _existing(into: Path, replace: bool) -> os.stat_result | None:
    """Return the status of the file that will be replaced, or None if there is none."""
    try:
        found = into.lstat()
    except FileNotFoundError:
        return None
    if not replace:
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(into))
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, _("不是普通文件。"), str(into))
    return found


def _copy_access(source: Path, known: os.stat_result, handle: int) -> None:
    """Give the open file the owner, mode and access list of `source`, as far as the system allows."""
    with suppress(OSError):
        os.fchown(handle, known.st_uid, known.st_gid)
    os.fchmod(handle, stat.S_IMODE(known.st_mode))
    if hasattr(os, "listxattr"):
        with suppress(OSError):
            for name in os.listxattr(source, follow_symlinks=False):
                os.setxattr(handle, name, os.getxattr(source, name, follow_symlinks=False))


def _move_to_free_name(beside: Path, into: Path) -> None:
    """Move the file with a hard link: unlike a rename, it fails if something has appeared at `into`."""
    try:
        os.link(beside, into)
    except FileExistsError:
        raise
    except OSError:  # FAT and some network file systems have no hard links
        _copy_to_free_name(beside, into)


def _copy_to_free_name(beside: Path, into: Path) -> None:
    handle = os.open(into, _NEW, stat.S_IMODE(beside.stat().st_mode))
    try:
        with beside.open("rb") as source, open(handle, "wb") as file:
            copyfileobj(source, file)
            file.flush()
            os.fsync(handle)
    except BaseException:
        into.unlink(missing_ok=True)
        raise
