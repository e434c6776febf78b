"""Locks on files: the one of the program that writes, and whether a file system has any that SQLite can use."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_RETRY_SECONDS = 0.01


@contextmanager
def locked(path: Path, *, wait: float = 0.0) -> Iterator[bool]:
    """Hold the lock file, if it is free within `wait` seconds; gives whether it is held. It ends with the process."""
    import fcntl

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
    """Return whether the file system refuses the kind of lock that SQLite takes, as some network ones do (ENOLCK).

    SQLite takes the refusal for a lock of another program, and waits. False where no file can be created to try it.
    """
    import fcntl

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
