"""Open the state file, set a damaged one aside, and sync it to the disk."""

import contextlib
import errno
import fcntl
import os
import re
import shutil
import sqlite3
import stat
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from .. import locks
from ..paths import private_folder
from .migrations import Damaged, ForeignFile, NewerFile, check, migrate, primary_code

BUSY_MS = 2000
"""Milliseconds that a write waits for another window."""
OPEN_MS = 5000
"""Milliseconds that opening waits. Ten windows may be creating the file at once."""
MAX_LOG_BYTES = 4 << 20
"""Bytes. A longer write-ahead log is copied into the file."""
_PARTS = ("-wal", "-shm", "")
_MAX_CHECKED_BYTES = 4 << 20
"""Bytes. A larger file is not checked completely at each start."""
_TEXT = partial(str, encoding="utf-8", errors="replace")


def open_file(path: Path, patience: int | None = None) -> sqlite3.Connection:
    """Open the state file in write-ahead mode, creating or migrating it as needed.

    Waits at most `patience` milliseconds for a lock of another program. Raises sqlite3.Error, OSError, Damaged,
    NewerFile or ForeignFile.
    """
    _make_private(path)
    if locks.are_refused(path.parent):
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))
    conn = connect(str(path))
    try:
        conn.execute(f"pragma busy_timeout = {OPEN_MS if patience is None else patience}")
        if not path.stat().st_size:
            _use_write_ahead(conn)  # before the migration, which is then one fast commit
        migrate(conn)
        _use_write_ahead(conn)
        check(conn)
        if path.stat().st_size < _MAX_CHECKED_BYTES:
            _check_structure(conn)
        conn.execute(f"pragma busy_timeout = {BUSY_MS}")
        conn.execute("pragma wal_autocheckpoint = 0")  # `shorten_log` does it in another thread
    except UnicodeDecodeError as error:  # SQLite's message quotes a table name from a damaged schema
        conn.close()
        raise Damaged from error
    except BaseException:
        conn.close()
        raise
    return conn


def _make_private(path: Path) -> None:
    """Create the file with mode 0600 if there is none. SQLite gives its log the same permissions.

    Avoids opening the file, since closing it would release SQLite's locks on it in this process.
    """
    private_folder(str(path.parent))
    try:
        _create(path)
    except FileExistsError:
        pass
    else:
        os.chmod(path, 0o600)  # a umask may deny access even to the owner
    for part in _PARTS:
        with contextlib.suppress(OSError):
            mode = os.stat(f"{path}{part}").st_mode
            if mode & 0o077:
                os.chmod(f"{path}{part}", mode & 0o700)


def _create(path: Path) -> None:
    """Create an empty file. Raises FileExistsError or another OSError."""
    try:
        os.mknod(path, 0o600 | stat.S_IFREG)
    except FileExistsError:
        raise
    except OSError:  # on macOS only root may call mknod
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def _check_structure(conn: sqlite3.Connection, check: str = "quick_check") -> None:
    """Raise Damaged if SQLite finds faults in the file, or OSError if it could not read a page.

    SQLite lists unreadable pages among the faults, but they do not prove that the file is damaged.
    """
    report = [str(line) for (line,) in conn.execute(f"pragma {check}(100)")]
    if report == ["ok"]:
        return
    codes = [int(code) for line in report for code in re.findall(r"error code[= ]+(\d+)", line)]
    unread = any("failed to get page" in line for line in report)
    if unread or any(code & 0xFF not in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) for code in codes):
        raise OSError(errno.EIO, os.strerror(errno.EIO))
    raise Damaged


def connect(name: str) -> sqlite3.Connection:
    """Return a connection without implicit transactions, which one thread at a time may use.

    Damaged text is decoded with replacement characters, so it names an unknown article and is no error.
    """
    conn = sqlite3.connect(name, isolation_level=None, check_same_thread=False, timeout=BUSY_MS / 1000)
    conn.text_factory = _TEXT
    return conn


def _connect_without_locks(copy: Path) -> sqlite3.Connection:
    """Open a private copy of the file."""
    conn = sqlite3.connect(f"{copy.as_uri()}?vfs=unix-none", uri=True, isolation_level=None)
    conn.execute("pragma locking_mode = exclusive")  # lets SQLite read the log without shared memory
    return conn


def copy_in_memory(path: Path) -> sqlite3.Connection:
    """Return a database in memory with a copy of the file, or an empty one if it cannot be read."""
    memory = connect(":memory:")
    try:
        with tempfile.TemporaryDirectory() as folder:
            _copy_parts(path, Path(folder))
            source = _connect_without_locks(Path(folder) / path.name)
            with contextlib.closing(source):
                source.execute("pragma schema_version")
                source.backup(memory)
        with contextlib.suppress(NewerFile):
            migrate(memory)
        check(memory)
    except (sqlite3.Error, OSError, UnicodeDecodeError, Damaged, ForeignFile):
        memory.close()
        memory = connect(":memory:")
        migrate(memory)
    return memory


def is_proven(path: Path) -> bool:
    """Return whether the file is proven to be damaged: all of it is readable, and SQLite rejects it.

    SQLite also calls a file malformed if the disk fails to return a page (EIO). So SQLite must reject two copies, and
    accept an intact file beside them. Raises OSError if the file cannot be read.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        return all(_is_refused(path, folder) and _reads_well(folder) for _attempt in range(2))


def _is_refused(path: Path, folder: Path) -> bool:
    _copy_parts(path, folder)
    try:
        with contextlib.closing(open_file(folder / path.name)) as conn:
            _check_structure(conn, "integrity_check")
    except (Damaged, ForeignFile):
        return True
    except sqlite3.Error as error:
        return primary_code(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
    except NewerFile:
        pass
    return False


def _reads_well(folder: Path) -> bool:
    """Return whether SQLite accepts an intact file in the folder."""
    sound = folder / "sound"
    for part in _PARTS:
        Path(f"{sound}{part}").unlink(missing_ok=True)
    try:
        for _time in range(2):
            with contextlib.closing(connect(str(sound))) as conn:
                migrate(conn)
                if conn.execute("pragma quick_check(1)").fetchone() != ("ok",):
                    return False
    except (sqlite3.Error, Damaged):
        return False
    return True


@contextlib.contextmanager
def repair_lock(path: Path) -> Iterator[None]:
    """Keep other windows from repairing the file. Raises OSError."""
    lock = os.open(f"{path}.lock", os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def set_aside(path: Path) -> Path:
    """Rename a damaged file and its write-ahead log, so that they are not lost, and return the new path."""
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


def undo_set_aside(aside: Path, path: Path) -> None:
    """Undo `set_aside` after the new file could not be created."""
    for part in ("", "-wal", "-shm"):
        with contextlib.suppress(OSError):
            if not os.path.exists(f"{path}{part}"):
                os.rename(f"{aside}{part}", f"{path}{part}")


def sync_to_disk(path: Path) -> None:
    """Sync the write-ahead log, which has all recent commits, so that they survive a power cut.

    Does not open the database file: closing it would release all locks that SQLite holds on it in this process (POSIX,
    fcntl). The next window to close would then think it was the last one and delete the log.
    """
    for name in (f"{path}-wal", str(path.parent)):
        with contextlib.suppress(OSError):
            handle = os.open(name, os.O_RDONLY)
            try:
                _sync(handle)
            finally:
                os.close(handle)


def shorten_log(path: Path) -> None:
    """Copy a long write-ahead log into the file, which waits for the disk.

    Uses a connection of its own, so that nothing else waits. SQLite itself would do it in a commit.
    """
    with contextlib.suppress(OSError, sqlite3.Error):
        if os.path.getsize(f"{path}-wal") > MAX_LOG_BYTES:
            conn = sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True, isolation_level=None)
            with contextlib.closing(conn):
                conn.execute("pragma wal_checkpoint(passive)")


def file_identity(path: Path) -> tuple[int, int] | None:
    """Return the device and inode of the file at `path`, or None."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _use_write_ahead(conn: sqlite3.Connection) -> None:
    """Turn on write-ahead mode if the file system allows it; otherwise make every commit wait for the disk."""
    mode = conn.execute("pragma journal_mode").fetchone()[0]
    if mode != "wal":  # also if the file could not be read; the next line then raises
        conn.execute("pragma schema_version")
        mode = conn.execute("pragma journal_mode").fetchone()[0]
    if mode != "wal":
        with contextlib.suppress(sqlite3.OperationalError):
            mode = conn.execute("pragma journal_mode = wal").fetchone()[0]
    conn.execute(f"pragma synchronous = {'normal' if mode == 'wal' else 'full'}")


def _copy_parts(path: Path, folder: Path) -> None:
    for part in ("", "-wal"):
        source = Path(f"{path}{part}")
        with contextlib.suppress(FileNotFoundError):
            shutil.copyfile(source, folder / source.name)


def _sync(handle: int) -> None:
    whole = getattr(fcntl, "F_FULLFSYNC", None)  # on macOS, fsync does not flush the drive's cache
    if whole is None:
        os.fsync(handle)
    else:
        fcntl.fcntl(handle, whole)
