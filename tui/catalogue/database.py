"""The location of a library's database, and the alternatives if it cannot be used.

In the cache folder each library has its own folder, named by a digest of its path:

    current          contains the name of the database in use; replaced atomically to activate another
    index-….sqlite   the database
    lock             locked by the program that writes
"""

import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from threading import Lock

from .. import locks, paths
from . import schema
from .damage import CORRUPTION, IN_USE, UNAVAILABLE, code, is_passing, is_proven

_POINTER, _LOCK = "current", "lock"
_TEMPORARY = "ganews-tui-"
_UNREAD = (0, 0, 0), None


def digest(root: Path) -> str:
    """Return 16 hexadecimal digits that identify a library on this machine: a hash of its real path."""
    return blake2b(os.fsencode(os.path.realpath(root)), digest_size=8).hexdigest()


def folder(root: Path) -> Path:
    """Return the library's folder in the cache, which need not exist."""
    return paths.cache_dir() / digest(root)


class Database:
    """The database of one library, shared by all connections of this program."""

    def __init__(self, root: Path) -> None:
        self.root = Path(os.path.realpath(root))
        self.folder = folder(root)
        self.path = ""
        """Path of the database in use; a `file:…` URI for one in memory."""
        self.kept = True
        """Whether the database is in the cache folder; if not, it is temporary and ends with the program."""
        self._pointer = str(self.folder / _POINTER)
        self._named: tuple[tuple[int, int, int], str | None] = _UNREAD
        """The stamp of the file `current` when it was last read, and the path it named."""
        self._spared = False
        """Whether the database in use failed to open without proven damage, so that it must not be replaced."""
        self._opening = Lock()
        self._guard: sqlite3.Connection | None = None

    def open(self) -> sqlite3.Connection:
        """Return a reading connection to the database in use, or to a new, empty one if none can be used."""
        with self._opening:
            ways = (self._open_current, self._open_new, self._open_frozen) if self.kept else ()
            for way in ways:
                if (conn := way()) is not None:
                    return conn
            return self._open_temporary()

    def moved(self) -> bool:
        """Return whether another database than `path` is now in use."""
        return self.kept and self._pointed() not in (None, self.path)

    def drop(self) -> None:
        """Drop the database: the next `open` creates a new one, and the next sweep removes the old files."""
        if self.kept and self._pointed() == self.path:
            with suppress(OSError):
                (self.folder / _POINTER).unlink()
            self._named = _UNREAD

    def give_up_cache(self) -> None:
        """Use a temporary database from now on, because the cache folder is full or not writable."""
        self.kept, self.path = False, ""

    def recover(self, error: Exception) -> bool:
        """Prepare for another try after an error; return False if the error was neither the disk's nor the database's.

        Leaves a cache folder that cannot be used, and drops a database that is proven damaged. A database that another
        program has locked is left alone.
        """
        if isinstance(error, OSError) or code(error) in UNAVAILABLE:
            self.give_up_cache()
        elif code(error) not in IN_USE:
            if not is_proven(error, self.path):
                return False
            self.drop()
        return True

    @contextmanager
    def writing(self) -> Iterator[bool]:
        """Hold the writer's lock inside the context; yield False if another program has it."""
        if not self.kept:
            yield True
            return
        with locks.locked(self.folder / _LOCK) as mine:
            yield mine

    def begin_new(self) -> str:
        """Return the path for a new database. The caller holds the lock and activates it when complete."""
        self.sweep()
        return str(self.folder / f"index-{os.urandom(4).hex()}.sqlite")

    def activate(self, path: str) -> None:
        """Make `path` the database in use, for all programs."""
        written = self.folder / f"{_POINTER}-{os.urandom(4).hex()}"
        written.write_text(Path(path).name, "utf-8")
        written.replace(self.folder / _POINTER)
        self.path, self._named = path, _UNREAD

    def close(self) -> None:
        """Remove the database if it is temporary."""
        if self._guard is not None:
            self._guard.close()
            self._guard = None
        if not self.kept and self.path and not self.path.startswith("file:"):
            _remove(Path(self.path))
            with suppress(OSError):
                Path(self.path).parent.rmdir()

    def _pointed(self) -> str | None:
        """Return the path that `current` names, None if there is none.

        The file is always replaced, never rewritten, so one with the same stamp is not read again.
        """
        try:
            about = os.stat(self._pointer)
            stamp = about.st_ino, about.st_mtime_ns, about.st_size
            if stamp != self._named[0]:
                name = (self.folder / _POINTER).read_text("utf-8")
                good = name.startswith("index-") and "/" not in name
                self._named = stamp, str(self.folder / name) if good else None
        except (OSError, UnicodeDecodeError):
            return None
        return self._named[1]

    def _open_current(self) -> sqlite3.Connection | None:
        path = self._pointed()
        if path is None or not os.path.exists(path):
            return None
        conn = self._checked(path, lambda: schema.connect(path, busy=0.0))
        if conn is None and self._spared and not locks.are_refused(self.folder):
            return self._checked(path, lambda: schema.connect(path))
        return conn

    def _open_new(self) -> sqlite3.Connection | None:
        try:
            paths.private_folder(str(self.folder.parent))
            paths.private_folder(str(self.folder))
            if locks.are_refused(self.folder):
                return None
            with locks.locked(self.folder / _LOCK, wait=2.0) as mine:
                if (conn := self._open_current()) is not None or self._spared or not mine:
                    return conn
                path = self.begin_new()
                conn = schema.make(path, self.root, schema.STAMP)
                conn.execute("PRAGMA synchronous = OFF")
                conn.close()
                self.activate(path)
        except (OSError, sqlite3.Error) as error:
            if not is_passing(error):
                raise
            return None
        return self._open_current()

    def _open_frozen(self) -> sqlite3.Connection | None:
        """Return a connection to a complete database in a folder that is not writable, else None."""
        path = self._pointed()
        if path is None or os.path.exists(path + "-wal") or not os.path.exists(path):
            return None
        address = f"{Path(path).as_uri()}?immutable=1"
        return self._checked(path, lambda: sqlite3.connect(address, uri=True, isolation_level=None))

    def _open_temporary(self) -> sqlite3.Connection:
        if self.path and not self.kept:
            return schema.connect(self.path)
        self.kept = False
        if (path := self._made_temporary()) is not None:
            self.path = path
            return schema.connect(path)
        self.path = f"file:ganews-{os.urandom(4).hex()}?mode=memory&cache=shared"
        self._guard = sqlite3.connect(self.path, uri=True, isolation_level=None, check_same_thread=False)
        schema.create(self._guard, self.root, schema.STAMP)
        return schema.connect(self.path)

    def _made_temporary(self) -> str | None:
        """Create a database in the folder for temporary files; return its path, None if that fails."""
        try:
            _sweep_temporary()
            folder = Path(_temporary_folder())
            if locks.are_refused(folder):
                folder.rmdir()
                return None
            path = str(folder / "index.sqlite")
            schema.make(path, self.root, schema.STAMP).close()
        except (OSError, sqlite3.Error) as error:
            if not is_passing(error):
                raise
            return None
        return path

    def _checked(self, path: str, connect: Callable[[], sqlite3.Connection]) -> sqlite3.Connection | None:
        conn, self._spared = None, False
        try:
            conn = connect()
            schema.check(conn, self.root, schema.STAMP)
            schema.wait_for_others(conn)
        except (sqlite3.Error, schema.Unusable) as error:
            self._spared = isinstance(error, sqlite3.Error) and code(error) not in CORRUPTION
            if conn is not None:
                conn.close()
            if not (isinstance(error, schema.Unusable) or is_passing(error)):
                raise
            return None
        self.path = path
        return conn

    def sweep(self) -> None:
        """Remove databases that are no longer in use. The caller holds the lock."""
        pointed = self._pointed()
        for left in self.folder.glob("index-*.sqlite"):
            if str(left) != pointed:
                _remove(left)


def _temporary_folder() -> str:
    """Create a temporary folder. Raises OSError rather than use the working folder, which is Python's last resort."""
    chosen = tempfile.gettempdir()
    usual = (*map(os.environ.get, ("TMPDIR", "TEMP", "TMP")), "/tmp", "/var/tmp", "/usr/tmp")
    if chosen == os.getcwd() and chosen not in usual:
        raise OSError("no folder for temporary files")
    return tempfile.mkdtemp(prefix=f"{_TEMPORARY}{os.getpid()}-")


def _sweep_temporary() -> None:
    """Remove temporary databases that killed processes of the same system user left behind."""
    for left in Path(tempfile.gettempdir()).glob(f"{_TEMPORARY}*-*"):
        owner = left.name.removeprefix(_TEMPORARY).partition("-")[0]
        with suppress(OSError):
            if owner.isdigit() and left.lstat().st_uid == os.getuid() and not _alive(int(owner)):
                _remove(left / "index.sqlite")
                left.rmdir()


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        with suppress(OSError):
            path.with_name(path.name + suffix).unlink()
