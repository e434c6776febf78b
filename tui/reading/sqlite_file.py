"""The file of the reading state: opening it, putting a damaged one aside, and getting it onto the disk."""

import contextlib
import errno
import fcntl
import os
import re
import shutil
import sqlite3
import stat
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from .. import locks
from ..paths import private_folder
from .schema import Damaged, ForeignFile, NewerFile, check, migrate, primary_code

BUSY_MS = 2000
"""How long a write waits for another window's; opening waits longer, as ten windows may be making the file at once."""
OPEN_MS = 5000
_PARTS = ("-wal", "-shm", "")
_CHECKED_BYTES = 4 << 20
"""A larger file is not read through at every start."""
_TEXT = partial(str, encoding="utf-8", errors="replace")


def open_file(path: Path, patience: int | None = None) -> sqlite3.Connection:
    """The state file, made when there is none, in write-ahead mode and at the newest schema.

    `patience`: milliseconds to wait for a file that another program holds. Raises sqlite3.Error, OSError,
    schema.Damaged, schema.NewerFile or schema.ForeignFile.
    """
    _make_private(path)
    if locks.are_refused(path.parent):
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))
    conn = connect(str(path))
    try:
        conn.execute(f"pragma busy_timeout = {OPEN_MS if patience is None else patience}")
        if not path.stat().st_size:
            _write_ahead(conn)  # before the tables, so that making them is one quick commit
        migrate(conn)
        _write_ahead(conn)
        check(conn)
        if path.stat().st_size < _CHECKED_BYTES:
            _check_structure(conn)
        conn.execute(f"pragma busy_timeout = {BUSY_MS}")
    except UnicodeDecodeError as error:  # SQLite names a table of a damaged schema, and the name is no text
        conn.close()
        raise Damaged from error
    except BaseException:
        conn.close()
        raise
    return conn


def _make_private(path: Path) -> None:
    """Make an empty file for its owner alone where there is none; SQLite gives its log the same permissions.

    Never opened here where that can be avoided: closing it would end SQLite's locks on it in this process.
    """
    private_folder(str(path.parent))
    try:
        _create(path)
    except FileExistsError:
        pass
    else:
        os.chmod(path, 0o600)  # a umask may have taken even the owner's rights
    for part in _PARTS:
        with contextlib.suppress(OSError):
            mode = os.stat(f"{path}{part}").st_mode
            if mode & 0o077:
                os.chmod(f"{path}{part}", mode & 0o700)


def _create(path: Path) -> None:
    """Make an empty file. Raises FileExistsError, or OSError."""
    try:
        os.mknod(path, 0o600 | stat.S_IFREG)
    except FileExistsError:
        raise
    except OSError:  # macOS lets only root do this
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def _check_structure(conn: sqlite3.Connection, check: str = "quick_check") -> None:
    """Raise Damaged where SQLite has read the whole file and found it unsound, OSError where a page could not be read.

    A page that cannot be read is listed by the check among the faults of the file, which it is not.
    """
    said = [str(line) for (line,) in conn.execute(f"pragma {check}(100)")]
    if said == ["ok"]:
        return
    codes = [int(code) for line in said for code in re.findall(r"error code[= ]+(\d+)", line)]
    unread = any("failed to get page" in line for line in said)
    if unread or any(code & 0xFF not in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) for code in codes):
        raise OSError(errno.EIO, os.strerror(errno.EIO))
    raise Damaged


def connect(name: str) -> sqlite3.Connection:
    """A connection that leaves transactions to us and may be used from any one thread at a time.

    A row whose text is damaged is one of an unknown article, and no error.
    """
    conn = sqlite3.connect(name, isolation_level=None, check_same_thread=False, timeout=BUSY_MS / 1000)
    conn.text_factory = _TEXT
    return conn


def _connect_without_locks(copy: Path) -> sqlite3.Connection:
    """Open a file that no other program knows of."""
    conn = sqlite3.connect(f"{copy.as_uri()}?vfs=unix-none", uri=True, isolation_level=None)
    conn.execute("pragma locking_mode = exclusive")  # the log is read without shared memory
    return conn


def copy_in_memory(path: Path) -> sqlite3.Connection:
    """A database in memory that holds what can be read of the file; empty when nothing can."""
    import tempfile

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
    """Return whether the file is damaged: all of it can be read, and SQLite refuses what was read.

    SQLite says of a page that the disk does not give (EIO) that the file is malformed, so its word alone is no proof.
    Two copies must be refused while a sound file beside them is not. Raises OSError where the file cannot be read.
    """
    import tempfile

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
    """Return whether SQLite finds a sound file sound, here and now."""
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
def alone(path: Path) -> Iterator[None]:
    """While this lasts no other window mends the file. Raises OSError."""
    lock = os.open(f"{path}.lock", os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


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


def bring_back(aside: Path, path: Path) -> None:
    """Undo `set_aside`, as the new file could not be made."""
    for part in ("", "-wal", "-shm"):
        with contextlib.suppress(OSError):
            if not os.path.exists(f"{path}{part}"):
                os.rename(f"{aside}{part}", f"{path}{part}")


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
    if mode != "wal":  # also said of a file that could not be read: then the next line raises
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
    whole = getattr(fcntl, "F_FULLFSYNC", None)  # macOS: fsync alone stops at the drive's cache
    if whole is None:
        os.fsync(handle)
    else:
        fcntl.fcntl(handle, whole)
