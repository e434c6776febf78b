"""Classify errors of the state file: proven damage, a temporary outage, or neither."""

import sqlite3
from pathlib import Path

from ..clean import clean_line
from ..i18n import _
from .migrations import Damaged, ForeignFile, NewerFile, primary_code

_DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_OUTAGE = frozenset(
    {
        *(sqlite3.SQLITE_FULL, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY),
        *(sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH),
        *(sqlite3.SQLITE_NOLFS, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_INTERRUPT),
    }
)


def is_damage(error: Exception) -> bool:
    """Return whether the error proves that the file does not hold the tables of the state."""
    return isinstance(error, Damaged | ForeignFile) or primary_code(error) in _DAMAGE


def is_outage(error: Exception) -> bool:
    """Return whether the file is unusable for now, whatever it holds."""
    return isinstance(error, OSError | NewerFile | MemoryError) or primary_code(error) in _OUTAGE


def outage_notice(error: Exception, path: Path) -> str:
    """Return a notice that says what happened to the file and what follows."""
    code = primary_code(error)
    if isinstance(error, NewerFile):
        return _("阅读记录来自更新的版本，这次的标记先留在内存里。请升级 ganews-tui。")
    if code == sqlite3.SQLITE_FULL:
        return _("磁盘已满，标记先留在内存里，有空间时自动补存。")
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return _("阅读记录正被占用，标记先留在内存里，稍后自动补存。")
    name = clean_line(str(path))
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN) or isinstance(error, OSError):
        return _("{path} 不能写，标记先留在内存里，能写时自动补存。").format(path=name)
    return _("{path} 写不进去（{why}），标记先留在内存里，能写时自动补存。").format(
        path=name, why=clean_line(str(error))
    )
