"""Atomic exchange of two folders, so that both paths exist at any time.

Linux has renameat2, macOS renamex_np. Where neither works (some network file systems) the caller needs several renames,
and `BulletinWriter.recover` completes renames that were interrupted.
"""

import ctypes
import errno
import os
import sys
from pathlib import Path

_AT_FDCWD, _RENAME_EXCHANGE, _RENAME_SWAP = -100, 2, 2
_UNSUPPORTED = {errno.EINVAL, errno.ENOTSUP, errno.EACCES, errno.EPERM, errno.EBADF, errno.EISDIR}
"""Errors of file systems that cannot force a folder to disk, and of unreadable folders."""


def atomic_swap(one: Path, other: Path) -> bool:
    """Exchange two folders atomically. Return False, with nothing changed, if that is impossible."""
    first, second = os.fsencode(one), os.fsencode(other)
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            return bool(library.renamex_np(first, second, _RENAME_SWAP) == 0)
        return bool(library.renameat2(_AT_FDCWD, first, _AT_FDCWD, second, _RENAME_EXCHANGE) == 0)
    except (AttributeError, OSError, TypeError):
        return False


def sync_folder(folder: Path) -> None:
    """Force the folder's entries to disk, if the file system supports it. Raises OSError if it fails."""
    try:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        if error.errno not in _UNSUPPORTED:
            raise
