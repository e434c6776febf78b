"""File locks: the writer's lock, and a test whether a file system supports the locks of SQLite."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_RETRY_SECONDS = 0.01


@contextmanager
def locked(path: Path, *, wait: float = 0.0) -> Iterator[bool]:
    """Hold the lock file inside the context; yield False if it is not free within `wait` seconds.

    The system releases the lock when the process ends.
    """
    end = time.monotonic() + wait
    with path.open("ab") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= end:
                    yield False
                    return
                time.sleep(_RETRY_SECONDS)
        yield True


def are_refused(folder: Path) -> bool:
    """Return whether the file system refuses the locks that SQLite takes, as some network file systems do (ENOLCK).

    SQLite mistakes the refusal for another program's lock and waits. Returns False if no test file can be created.
    """
    tried = folder / f"lock-{os.urandom(4).hex()}"
    try:
        handle = os.open(tried, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    except OSError:
        return False
    try:
        tried.unlink()
        fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(handle)
    return False
