"""Folder operations that never follow links: test, copy and delete."""

import errno
import os
import secrets
import shutil
import stat
from contextlib import suppress
from pathlib import Path

from ..i18n import _

_GONE = ".gone-"
"""Prefix of the hidden names under which entries wait to be deleted."""


def is_folder(path: Path) -> bool:
    """Return whether `path` is a folder and not a link."""
    try:
        return stat.S_ISDIR(path.lstat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False


def inode(path: Path) -> int | None:
    """Return the inode number of `path` itself, or None if it does not exist."""
    try:
        return path.lstat().st_ino
    except FileNotFoundError:
        return None


def check_folder(path: Path) -> None:
    """Raise OSError if `path` exists and is not a folder."""
    if path.is_symlink():
        raise OSError(errno.ELOOP, _("是链接"), str(path))
    if os.path.lexists(path) and not is_folder(path):
        raise OSError(errno.ENOTDIR, _("不是文件夹"), str(path))


def copy(source: Path, target: Path) -> None:
    """Copy a file, a link or a whole folder with modes and times.

    Links are copied as links. Raises OSError for pipes, sockets and devices, which have no content to copy.
    """
    folders = [(source, target)] if is_folder(source) else []
    if not folders:
        _copy_entry(source, target)
    for folder, copied in folders:  # grows during the loop: recursion would fail at a depth of 1,000
        copied.mkdir(0o700)
        for name in sorted(os.listdir(folder)):
            if is_folder(folder / name):
                folders.append((folder / name, copied / name))
            else:
                _copy_entry(folder / name, copied / name)
    for folder, copied in reversed(folders):
        shutil.copystat(folder, copied)


def _copy_entry(source: Path, target: Path) -> None:
    kind = source.lstat().st_mode
    if not (stat.S_ISREG(kind) or stat.S_ISLNK(kind)):
        raise OSError(errno.EINVAL, _("不是普通文件"), str(source))
    shutil.copy2(source, target, follow_symlinks=False)


def discard(path: Path) -> None:
    """Remove the entry at `path`, if any. Raises OSError only if the entry cannot be renamed.

    Parts that cannot be deleted stay in the same folder under a hidden name, so that `path` is free in any case.
    """
    if os.path.lexists(path):
        gone = path.with_name(_GONE + secrets.token_hex(4))
        path.rename(gone)
        _delete(gone)


def delete_discarded(folder: Path) -> None:
    """Delete entries that earlier calls of `discard` could not delete in `folder`."""
    for path in folder.glob(_GONE + "*"):
        _delete(path)


def _delete(path: Path) -> None:
    """Delete as much as can be deleted, read-only folders included."""
    with suppress(OSError, RecursionError):
        if not is_folder(path):
            path.unlink()
            return
        with suppress(OSError):
            shutil.rmtree(path)
            return
        _make_writable(path)
        shutil.rmtree(path)


def _make_writable(path: Path) -> None:
    folders = [path]
    for folder in folders:
        folder.chmod(0o700)
        folders += [one for one in folder.iterdir() if is_folder(one)]
