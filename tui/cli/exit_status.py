"""How a subcommand ends when its output closes, the user interrupts it, or the disk is full."""

import os
import sys
from collections.abc import Callable
from contextlib import suppress

from ..terminal.charset import other_encoding, system_encoding
from .output import remark


class AnsweredInterrupt(KeyboardInterrupt):
    """An interrupt after which a subcommand has said what it found."""


def run_quietly(run: Callable[[], int]) -> int:
    """Return the exit status of `run`: 0 if the output pipe closes, 2 after an OSError. Ctrl-C ends the process."""
    _repair_streams()
    try:
        status = run()
        sys.stdout.flush()
    except BrokenPipeError:
        _discard_output()
        return 0
    except KeyboardInterrupt:
        return _end_by_interrupt()
    except OSError as error:
        _discard_output()
        remark(f"ganews-tui: {error.strerror or error}" + (f" ({error.filename})" if error.filename else ""))
        return 2
    return status


def _repair_streams() -> None:
    """Open standard streams that the caller closed on /dev/null, and set the encoding of the others.

    Pipes get UTF-8, a terminal its own encoding. Characters it cannot show are replaced.
    """
    encoding = other_encoding(os.environ, system_encoding())
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115
    elif encoding and sys.stdin.isatty():
        sys.stdin.reconfigure(errors="replace", encoding=encoding)  # type: ignore[union-attr]
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace", encoding=encoding or stream.encoding if stream.isatty() else "utf-8")


def _discard_output() -> None:
    """Discard unwritten output, so that flushing it at exit raises nothing."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _end_by_interrupt() -> int:
    """End by SIGINT itself, so that a loop in the calling shell ends too."""
    import signal

    _discard_output()
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.kill(os.getpid(), signal.SIGINT)
    return 130
