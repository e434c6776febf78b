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


def are_possible(folder: Path) -> bool:
    """Return whether files in the folder can be locked as SQLite does it.

    Some network file systems refuse with ENOLCK. SQLite takes that for a lock held by another program, and waits.
    """
    import fcntl

    tried = folder / f"lock-{os.urandom(4).hex()}"
    try:
        with tried.open("wb") as file:
            tried.unlink()
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
