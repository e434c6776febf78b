"""The file of the reading state: opening it, putting a damaged one aside, and getting it onto the disk."""

import contextlib
import fcntl
import os
import shutil
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

from .schema import NewerFile, check, migrate

BUSY_MS = 2000
"""How long a write waits for another window's; opening waits longer, as ten windows may be making the file at once."""
OPEN_MS = 5000
_PARTS = ("-wal", "-shm", "")


def open_file(path: Path, patience: int | None = None) -> sqlite3.Connection:
    """The state file, made when there is none, in write-ahead mode and at the newest schema.

    `patience`: milliseconds to wait for a file that another program holds. Raises sqlite3.Error, OSError,
    schema.NewerFile or schema.ForeignFile.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    conn = connect(str(path))
    try:
        conn.execute(f"pragma busy_timeout = {OPEN_MS if patience is None else patience}")
        if not path.stat().st_size:
            _write_ahead(conn)  # before the tables, so that making them is one quick commit
        migrate(conn)
        _write_ahead(conn)
        check(conn)
        if path.stat().st_size < 4 << 20 and conn.execute("pragma quick_check(1)").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("database disk image is malformed")
        conn.execute(f"pragma busy_timeout = {BUSY_MS}")
    except BaseException:
        conn.close()
        raise
    with contextlib.suppress(OSError):
        path.chmod(0o600)
    return conn


def connect(name: str) -> sqlite3.Connection:
    """A connection that leaves transactions to us and may be used from any one thread at a time."""
    return sqlite3.connect(name, isolation_level=None, check_same_thread=False, timeout=BUSY_MS / 1000)


def copy_in_memory(path: Path) -> sqlite3.Connection:
    """A database in memory that holds what can be read of the file; empty when nothing can."""
    import tempfile

    memory = connect(":memory:")
    try:
        with tempfile.TemporaryDirectory() as folder:
            _copy_parts(path, Path(folder))
            source = connect(str(Path(folder) / path.name))
            with contextlib.closing(source):
                source.execute("pragma schema_version")
                source.backup(memory)
        with contextlib.suppress(NewerFile):
            migrate(memory)
        check(memory)
    except Exception:
        memory.close()
        memory = connect(":memory:")
        migrate(memory)
    return memory


@contextlib.contextmanager
def alone(path: Path) -> Iterator[None]:
    """While this lasts no other window mends the file. Raises OSError."""
    with open(f"{path}.lock", "wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def set_aside(path: Path) -> Path:
    """Rename a damaged file and its write-ahead log, so that both can be looked at later; returns the new name."""
    stamp = time.strftime("%Y%m%d-%H%M%S")
    aside = path.with_name(f"{path.stem}-damaged-{stamp}{path.suffix}")
    number = 1
    while aside.exists():
        number += 1
        aside = path.with_name(f"{path.stem}-damaged-{stamp}-{number}{path.suffix}")
    for part in _PARTS:
        with contextlib.suppress(FileNotFoundError):
            os.rename(f"{path}{part}", f"{aside}{part}")
    return aside


def to_disk(path: Path) -> None:
    """Wait until what was committed, all of it in the write-ahead log, is on the disk: it outlives a power cut.

    The file itself is never opened here: closing it would end every lock that SQLite holds on it in this process
    (POSIX, fcntl), and the next window to be closed would take itself for the last one and remove the log.
    """
    for name in (f"{path}-wal", str(path.parent)):
        with contextlib.suppress(OSError):
            handle = os.open(name, os.O_RDONLY)
            try:
                _sync(handle)
            finally:
                os.close(handle)


def identity(path: Path) -> tuple[int, int] | None:
    """Which file lies there now: device and number; None when there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _write_ahead(conn: sqlite3.Connection) -> None:
    """Write-ahead, where the file system allows it; else every commit waits for the disk."""
    mode = conn.execute("pragma journal_mode").fetchone()[0]
    if mode != "wal":
        with contextlib.suppress(sqlite3.OperationalError):
            mode = conn.execute("pragma journal_mode = wal").fetchone()[0]
    conn.execute(f"pragma synchronous = {'normal' if mode == 'wal' else 'full'}")


def _copy_parts(path: Path, folder: Path) -> None:
    for part in ("", "-wal"):
        source = Path(f"{path}{part}")
        if source.exists():
            shutil.copyfile(source, folder / source.name)


def _sync(handle: int) -> None:
    whole = getattr(fcntl, "F_FULLFSYNC", None)  # macOS: fsync alone stops at the drive's cache
    if whole is None:
        os.fsync(handle)
    else:
        fcntl.fcntl(handle, whole)
