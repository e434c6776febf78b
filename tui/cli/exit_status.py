"""How a command ends when its output is closed, or it is interrupted: quietly."""

import os
import sys
from collections.abc import Callable
from contextlib import suppress

from ..terminal.charset import other_encoding, system_encoding


def quietly(run: Callable[[], int]) -> int:
    """Run it and give its status; a closed pipe ends it with 0, Ctrl-C as the signal would, a full disk with 2."""
    _mend_streams()
    try:
        status = run()
        sys.stdout.flush()
    except BrokenPipeError:
        _silence()
        return 0
    except KeyboardInterrupt:
        return _interrupted()
    except OSError as error:
        from .output import remark

        _silence()
        remark(f"ganews-tui: {error.strerror or error}" + (f" ({error.filename})" if error.filename else ""))
        return 2
    return status


def _mend_streams() -> None:
    """Output that was closed by the caller goes nowhere; into a pipe goes UTF-8, to a terminal what it can show.

    Input that was closed is empty.
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


def _silence() -> None:
    """What is still unwritten goes nowhere, so that nothing complains at exit."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _interrupted() -> int:
    """End as the signal ends a program, so that a shell's loop ends too."""
    import signal

    _silence()
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.kill(os.getpid(), signal.SIGINT)
    return 130
