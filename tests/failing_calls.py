"""System calls of SQLite, and of `os` on the state folder, that fail on demand."""

import ctypes
import errno
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

_INT, _LONG, _PTR, _NAME = ctypes.c_int, ctypes.c_long, ctypes.c_void_p, ctypes.c_char_p
_CALLS: dict[str, tuple[Any, ...]] = {
    "open": (_INT, _NAME, _INT, _INT),
    "access": (_INT, _NAME, _INT),
    "stat": (_INT, _NAME, _PTR),
    "fstat": (_INT, _INT, _PTR),
    "ftruncate": (_INT, _INT, _LONG),
    "fcntl": (_INT, _INT, _INT, _PTR),
    "read": (_LONG, _INT, _PTR, _LONG),
    "pread": (_LONG, _INT, _PTR, _LONG, _LONG),
    "pread64": (_LONG, _INT, _PTR, _LONG, _LONG),
    "write": (_LONG, _INT, _PTR, _LONG),
    "pwrite": (_LONG, _INT, _PTR, _LONG, _LONG),
    "pwrite64": (_LONG, _INT, _PTR, _LONG, _LONG),
    "unlink": (_INT, _NAME),
    "mmap": (_LONG, _PTR, _LONG, _INT, _INT, _INT, _LONG),
    "lstat": (_INT, _NAME, _PTR),
    "readlink": (_LONG, _NAME, _PTR, _LONG),
}
"""Result and parameter types of the calls in SQLite's table."""
_OS = ("mkdir", "mknod", "chmod", "stat", "open")


class _Vfs(ctypes.Structure):
    """`sqlite3_vfs`, version 3."""

    _fields_ = (
        ("version", _INT),
        ("size", _INT),
        ("longest", _INT),
        ("next", _PTR),
        ("name", _NAME),
        ("data", _PTR),
        ("methods", _PTR * 13),
        ("set", ctypes.CFUNCTYPE(_INT, _PTR, _NAME, _PTR)),
        ("get", ctypes.CFUNCTYPE(_PTR, _PTR, _NAME)),
    )


class Failing:
    """Count system calls, and let `times` of them from `first` on fail with error `number`."""

    def __init__(self) -> None:
        self.count = 0
        self.first, self.times, self.number = -1, 0, errno.EIO
        self.failed: list[str] = []
        self.spared: frozenset[str] = frozenset()
        """Calls that never fail."""

    def fails(self, name: str) -> bool:
        if name in self.spared:
            return False
        self.count += 1
        fails = 0 <= self.count - self.first < self.times
        if fails:
            self.failed.append(name)
        return fails


def _library() -> ctypes.CDLL | None:
    """Return the SQLite library that Python uses, or None if it is not accessible."""
    import _sqlite3

    try:
        loaded = ctypes.CDLL(_sqlite3.__file__)
        loaded.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
    except (AttributeError, OSError):
        return None
    return loaded


@contextmanager
def failing(folder: Path) -> Iterator[Failing | None]:
    """Yield the object that decides which calls fail, or None if SQLite is not accessible."""
    loaded = _library()
    if loaded is None:
        yield None
        return
    sqlite3.connect(":memory:").close()
    plan = Failing()
    vfs = loaded.sqlite3_vfs_find(None)
    kept = []
    for name, (result, *parameters) in _CALLS.items():
        before = vfs.contents.get(ctypes.cast(vfs, _PTR), name.encode())
        if before:
            shape = ctypes.CFUNCTYPE(result, *parameters, use_errno=True)
            replaced = shape(_counted(plan, name, shape(before)))
            vfs.contents.set(ctypes.cast(vfs, _PTR), name.encode(), ctypes.cast(replaced, _PTR))
            kept.append((name, replaced))
    patches = [mock.patch.object(os, name, _raising(plan, name, folder, getattr(os, name))) for name in _OS]
    for patch in patches:
        patch.start()
    try:
        yield plan
    finally:
        for patch in patches:
            patch.stop()
        for name, _replaced in kept:
            vfs.contents.set(ctypes.cast(vfs, _PTR), name.encode(), None)


def _counted(plan: Failing, name: str, call: Callable[..., int]) -> Callable[..., int]:
    def called(*arguments: object) -> int:
        if plan.fails(name):
            ctypes.set_errno(plan.number)
            return -1
        return call(*arguments)

    return called


def _raising(plan: Failing, name: str, folder: Path, call: Callable[..., object]) -> Callable[..., object]:
    def called(path: object, *arguments: object, **named: object) -> object:
        if isinstance(path, str | os.PathLike) and os.fspath(path).startswith(str(folder)) and plan.fails(f"os.{name}"):
            raise OSError(plan.number, os.strerror(plan.number), path)
        return call(path, *arguments, **named)

    return called
