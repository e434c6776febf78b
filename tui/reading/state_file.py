"""The state file, and what happens when it fails.

A damaged file is set aside, and its readable rows go into a new one. If the disk is full, or the file is read-only,
locked, unreadable or from a newer version, the file is left alone; writes go to memory and are retried. Any other error
reaches the caller. A commit survives a killed process at once, and a power cut after `SYNC_SECONDS`: a thread syncs the
disk, so no key press waits for it.
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
from .failures import is_damage, is_outage, outage_notice
from .fair_lock import FairLock
from .migrations import migrate

T = TypeVar("T")
Step = Callable[[sqlite3.Connection], T]

RETRY_SECONDS = 0.5
"""Seconds until a failed write is retried. Doubles after each failure, up to ten times this value."""
RETRY_PATIENCE = 100
"""Milliseconds that a retry waits for a lock."""
SYNC_SECONDS = 0.3


class StateFile:
    """The state file behind one connection and one lock. Every write is a function that can run again elsewhere."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.notices: list[str] = []
        self._lock = FairLock()
        self._waiting: list[Step[object]] = []
        """Writes that have not reached the file."""
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
    def writes_to_file(self) -> bool:
        """Whether writes reach the file."""
        return not self._in_memory

    def read(self, step: Step[T]) -> T:
        """Return the result of `step`. Repairs a damaged file first."""
        with self._lock:
            try:
                return step(self._conn)
            except Exception as error:
                self._handle_failure(error)
                return step(self._conn)

    def write(self, step: Step[T]) -> T:
        """Run `step` in one transaction, on the file or else in memory, and return its result."""
        with self._lock:
            self._check_file()
            try:
                result = self._transaction(step)
            except Exception as error:
                self._handle_failure(error)
                result = self._transaction(step)
            if not self._in_memory:
                self._sync_soon()
            elif self.path is not None:
                self._waiting.append(step)
                self._retry_soon()
            return result

    def changed(self) -> bool:
        """Return whether the file was written by another window, repaired or replaced since the last call."""
        with self._lock:
            self._check_file()
            version = self._data_version()
            was, self._version = self._version, version
            return version != was

    def close(self) -> None:
        """Retry failed writes once more, and close the file."""
        with self._lock:
            self._next_try = 0.0
            self._check_file(patience=None if self._waiting else RETRY_PATIENCE)
            for timer in filter(None, (self._retrying, self._syncing)):
                timer.cancel()
            if self._syncing:
                self._sync()
            self._closed = True
            with contextlib.suppress(sqlite3.Error):
                self._conn.close()

    def _open(self, path: Path) -> None:
        """Switch to the file, or to memory if that fails."""
        self._file = sqlite_file.file_identity(path)
        try:
            self._switch_to_file(path)
        except Exception as error:
            self._handle_failure(error)

    def _switch_to_file(self, path: Path, patience: int | None = None) -> None:
        """Open the file and use it. Its identity is read first, so that a replacement during the opening is noticed."""
        before = sqlite_file.file_identity(path)
        conn = sqlite_file.open_file(path, patience)
        self._switch_to(conn, before or sqlite_file.file_identity(path))

    def _switch_to(self, conn: sqlite3.Connection, file: tuple[int, int] | None) -> None:
        """Use the connection from now on, after repeating on it the writes that did not reach the file."""
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

    def _handle_failure(self, error: Exception) -> None:
        """Continue on a repaired file or in memory. Raises errors that are neither damage nor an outage."""
        if self.path is None or self._in_memory:
            raise error
        if isinstance(error, sqlite3.Error | UnicodeDecodeError) and self._is_replaced():
            self._open(self.path)
            return
        if isinstance(error, UnicodeDecodeError):  # SQLite's message may quote a damaged schema
            self._open(self.path)
            return
        if is_damage(error):
            try:
                if self._repair(self.path):
                    return
                error = OSError(errno.EIO, os.strerror(errno.EIO))
            except Exception as failure:
                error = failure
        if not (is_outage(error) or is_damage(error)):
            raise error
        self._switch_to_memory(self.path, error)

    def _is_replaced(self) -> bool:
        """Return whether another file is at the path of the open one."""
        return self.path is not None and sqlite_file.file_identity(self.path) != self._file

    def _repair(self, path: Path) -> bool:
        """Replace the file if it is damaged and no other window has done so, and return whether it was damaged."""
        from .salvage import salvage

        with contextlib.suppress(sqlite3.Error):
            self._conn.close()
        with sqlite_file.repair_lock(path):
            if sqlite_file.file_identity(path) == self._file and not sqlite_file.is_proven(path):
                return False
            aside = sqlite_file.set_aside(path) if sqlite_file.file_identity(path) == self._file else None
            try:
                conn = sqlite_file.open_file(path)
                saved = salvage(aside, conn) if aside else 0
            except BaseException:
                if aside:
                    sqlite_file.undo_set_aside(aside, path)
                raise
        self._conn = sqlite_file.connect(":memory:")
        self._switch_to(conn, sqlite_file.file_identity(path))
        if aside:
            name = clean_line(aside.name)
            self.notices.append(_("阅读记录的文件已损坏，另存为 {name}，找回 {n} 条。").format(name=name, n=saved))
        return True

    def _switch_to_memory(self, path: Path, error: Exception) -> None:
        with contextlib.suppress(sqlite3.Error):
            self._conn.close()
        self._conn = sqlite_file.copy_in_memory(path)
        self._in_memory = True
        self._next_try = time.monotonic() + self._pause
        self.notices.append(outage_notice(error, path))

    def _check_file(self, patience: int | None = RETRY_PATIENCE) -> None:
        """Retry the file if it is time to, or reopen it if another window has replaced it."""
        if self.path is None:
            return
        if self._in_memory:
            if time.monotonic() >= self._next_try:
                self._pause = min(2 * self._pause, 10 * RETRY_SECONDS)
                self._next_try = time.monotonic() + self._pause
                try:
                    self._switch_to_file(self.path, patience)
                except Exception as error:
                    if not (is_outage(error) or is_damage(error)):
                        raise
        elif self._is_replaced():
            self._open(self.path)

    def _transaction(self, step: Step[T]) -> T:
        """Run `step` between begin and commit. An interrupt may come anywhere, and leaves no transaction open."""
        try:
            if self._conn.in_transaction:  # an interrupt came during the rollback
                self._conn.execute("rollback")
            self._conn.execute("begin immediate")
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
            self._handle_failure(error)
            return -1

    def _sync_soon(self) -> None:
        if self._syncing is None:
            self._syncing = threading.Timer(SYNC_SECONDS, self._sync)
            self._syncing.daemon = True
            self._syncing.start()

    def _retry_soon(self) -> None:
        """Schedule a retry, since the user may do nothing that causes one."""
        if self._retrying is None:
            self._retrying = threading.Timer(max(0.0, self._next_try - time.monotonic()), self._retry)
            self._retrying.daemon = True
            self._retrying.start()

    def _retry(self) -> None:
        with self._lock:
            self._retrying = None
            if self._closed:
                return
            self._check_file()
            if self._waiting:
                self._retry_soon()
            else:
                self._sync_soon()

    def _sync(self) -> None:
        self._syncing = None
        if self.path is not None:
            sqlite_file.sync_to_disk(self.path)
            sqlite_file.shorten_log(self.path)
