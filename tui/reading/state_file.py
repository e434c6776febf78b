"""The state file and what to do when it fails.

Damaged: set aside, what can be read of it carried over, and on. Disk full, read-only, locked, not readable, from a
newer version: on in memory, every write kept and tried again, and the file left alone. Any other error reaches the
caller. Committed is safe from a killed process at once, and from a power cut
within a third of a second: the disk is waited for on a thread, never on a key press.
"""

import contextlib
import errno
import os
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from ..clean import clean_line
from ..i18n import _
from . import sqlite_file
from .failures import is_damage, is_outage, why
from .schema import migrate

T = TypeVar("T")
Step = Callable[[sqlite3.Connection], T]

RETRY_SECONDS = 0.5
"""Until a file that could not be written is tried again; twice as long after every failure, up to ten times."""
RETRY_PATIENCE = 100
"""Milliseconds."""
SYNC_SECONDS = 0.3


class StateFile:
    """One connection, one lock; every write is a step that can be done again on another connection."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.notices: list[str] = []
        self._lock = threading.RLock()
        self._waiting: list[Step[object]] = []
        """Writes done in memory only."""
        self._in_memory = path is None
        self._next_try = 0.0
        self._pause = RETRY_SECONDS
        self._syncing: threading.Timer | None = None
        self._retrying: threading.Timer | None = None
        self._closed = False
        self._file: tuple[int, int] | None = None
        self._version = 0
        self._conn = sqlite_file.connect(":memory:")
        if path is None:
            migrate(self._conn)
        else:
            self._open(path)

    @property
    def kept(self) -> bool:
        """Whether what is written now reaches the file."""
        return not self._in_memory

    def read(self, step: Step[T]) -> T:
        """What the step reads; a damaged file is mended first."""
        with self._lock:
            try:
                return step(self._conn)
            except Exception as error:
                self._failed(error)
                return step(self._conn)

    def write(self, step: Step[T]) -> T:
        """Do the step in one transaction, on the file if possible, in memory if not."""
        with self._lock:
            self._look_again()
            try:
                result = self._transaction(step)
            except Exception as error:
                self._failed(error)
                result = self._transaction(step)
            if not self._in_memory:
                self._sync_soon()
            elif self.path is not None:
                self._waiting.append(step)
                self._retry_soon()
            return result

    def changed(self) -> bool:
        """Whether another window has written since this was last asked, or the file has been mended or replaced."""
        with self._lock:
            self._look_again()
            version = self._data_version()
            was, self._version = self._version, version
            return version != was

    def close(self) -> None:
        """Try once more to keep everything, and let go of the file."""
        with self._lock:
            self._next_try = 0.0
            self._look_again(patience=None if self._waiting else RETRY_PATIENCE)
            for timer in filter(None, (self._retrying, self._syncing)):
                timer.cancel()
            if self._syncing:
                self._to_disk()
            self._closed = True
            with contextlib.suppress(sqlite3.Error):
                self._conn.close()

    def _open(self, path: Path) -> None:
        """On to the file; where that fails, into memory."""
        self._file = sqlite_file.identity(path)
        try:
            self._use(path)
        except Exception as error:
            self._failed(error)

    def _use(self, path: Path, patience: int | None = None) -> None:
        """Open the file and go on with it. Looked at before: one that is replaced meanwhile is opened again later."""
        before = sqlite_file.identity(path)
        conn = sqlite_file.open_file(path, patience)
        self._adopt(conn, before or sqlite_file.identity(path))

    def _adopt(self, conn: sqlite3.Connection, file: tuple[int, int] | None) -> None:
        """Use the connection from here on, after doing on it what so far was done in memory only."""
        old, self._conn = self._conn, conn
        try:
            if self._waiting:
                self._transaction(lambda conn: [step(conn) for step in self._waiting])
        except BaseException:
            self._conn = old
            conn.close()
            raise
        if self._waiting:
            self.notices.append(_("标记都已存好。"))
        self._waiting.clear()
        self._in_memory = False
        self._pause = RETRY_SECONDS
        self._file = file
        self._version = -1
        old.close()

    def _failed(self, error: Exception) -> None:
        """Go on: on a mended file, or in memory. Raises an error that is neither damage nor an outage."""
        if self.path is None or self._in_memory:
            raise error
        if isinstance(error, sqlite3.Error | UnicodeDecodeError) and self._is_another():
            self._open(self.path)
            return
        if isinstance(error, UnicodeDecodeError):  # what SQLite says of a damaged schema may be no text
            self._open(self.path)
            return
        if is_damage(error):
            try:
                if self._mend(self.path):
                    return
                error = OSError(errno.EIO, os.strerror(errno.EIO))
            except Exception as failure:
                error = failure
        if not (is_outage(error) or is_damage(error)):
            raise error
        self._into_memory(self.path, error)

    def _is_another(self) -> bool:
        """Whether another file lies in the place of the one that is open."""
        return self.path is not None and sqlite_file.identity(self.path) != self._file

    def _mend(self, path: Path) -> bool:
        """Set the damaged file aside, unless another window has done so meanwhile; returns whether it is damaged."""
        from .salvage import salvage

        with contextlib.suppress(sqlite3.Error):
            self._conn.close()
        with sqlite_file.alone(path):
            if sqlite_file.identity(path) == self._file and not sqlite_file.is_proven(path):
                return False
            aside = sqlite_file.set_aside(path) if sqlite_file.identity(path) == self._file else None
            try:
                conn = sqlite_file.open_file(path)
                saved = salvage(aside, conn) if aside else 0
            except BaseException:
                if aside:
                    sqlite_file.bring_back(aside, path)
                raise
        self._conn = sqlite_file.connect(":memory:")
        self._adopt(conn, sqlite_file.identity(path))
        if aside:
            name = clean_line(aside.name)
            self.notices.append(_("阅读记录的文件已损坏，另存为 {name}，找回 {n} 条。").format(name=name, n=saved))
        return True

    def _into_memory(self, path: Path, error: Exception) -> None:
        with contextlib.suppress(sqlite3.Error):
            self._conn.close()
        self._conn = sqlite_file.copy_in_memory(path)
        self._in_memory = True
        self._next_try = time.monotonic() + self._pause
        self.notices.append(why(error, path))

    def _look_again(self, patience: int | None = RETRY_PATIENCE) -> None:
        """Try the file again after a while in memory; open anew the one that another window has put in its place."""
        if self.path is None:
            return
        if self._in_memory:
            if time.monotonic() >= self._next_try:
                self._pause = min(2 * self._pause, 10 * RETRY_SECONDS)
                self._next_try = time.monotonic() + self._pause
                try:
                    self._use(self.path, patience)
                except Exception as error:
                    if not (is_outage(error) or is_damage(error)):
                        raise
        elif self._is_another():
            self._open(self.path)

    def _transaction(self, step: Step[T]) -> T:
        self._conn.execute("begin immediate")
        try:
            result = step(self._conn)
            self._conn.execute("commit")
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                self._conn.execute("rollback")
            raise
        return result

    def _data_version(self) -> int:
        try:
            return int(self._conn.execute("pragma data_version").fetchone()[0])
        except Exception as error:
            self._failed(error)
            return -1

    def _sync_soon(self) -> None:
        if self._syncing is None:
            self._syncing = threading.Timer(SYNC_SECONDS, self._to_disk)
            self._syncing.daemon = True
            self._syncing.start()

    def _retry_soon(self) -> None:
        """Try again without being asked: the person may do nothing more."""
        if self._retrying is None:
            self._retrying = threading.Timer(max(0.0, self._next_try - time.monotonic()), self._retry)
            self._retrying.daemon = True
            self._retrying.start()

    def _retry(self) -> None:
        with self._lock:
            self._retrying = None
            if self._closed:
                return
            self._look_again()
            if self._waiting:
                self._retry_soon()
            else:
                self._sync_soon()

    def _to_disk(self) -> None:
        self._syncing = None
        if self.path is not None:
            sqlite_file.to_disk(self.path)
