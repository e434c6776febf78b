"""A crash: the traceback goes into a log that the user alone can read, three lines go to the terminal."""

import os
from pathlib import Path

from ..clean import clean, clean_line
from ..i18n import _
from ..paths import private_folder, state_dir

STATUS = 70
"""Exit status of a crash (EX_SOFTWARE of sysexits.h); 1 means that nothing was found, 2 wrong use or bad input."""
LARGEST_LOG = 1_000_000
"""Bytes; a log that has grown beyond is begun anew."""
LONGEST_MESSAGE = 200
"""Code points of the error's own words shown."""


def tell(error: BaseException) -> str:
    """Write the log and return the three lines, clean for a terminal, each ended by a line feed."""
    name = type(error).__name__
    words = clean_line(str(error))[:LONGEST_MESSAGE]
    try:
        kept = _("详情记在 {path}").format(path=clean_line(str(_keep(error))))
    except OSError as problem:
        kept = _("详情没能记下：{reason}").format(reason=clean_line(str(problem)))
    lines = (
        _("程序出错，已经退出：{error}").format(error=f"{name}: {words}" if words else name),
        kept,
        _("读过的和收藏的都还在，重新打开即可；请把这份记录附在问题报告里。"),
    )
    return "".join(line + "\n" for line in lines)


def end_on_thread_errors() -> None:
    """Let an error that ends any thread end the program, with the three lines and the status of a crash."""
    import sys
    import threading

    def end(failed: threading.ExceptHookArgs) -> None:
        if failed.exc_value is not None:
            sys.stdout.flush()
            sys.stderr.write(tell(failed.exc_value))
            sys.stderr.flush()
            os._exit(STATUS)

    threading.excepthook = end


def _keep(error: BaseException) -> Path:
    """Append the error with its trace to the log in the state folder; raises OSError."""
    import platform
    import time
    import traceback

    from .. import __version__

    folder = state_dir()
    private_folder(str(folder))
    log = folder / "error.log"
    begin = os.O_TRUNC if log.exists() and log.stat().st_size > LARGEST_LOG else os.O_APPEND
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | begin, 0o600)
    with open(file, "w", encoding="utf-8", errors="backslashreplace") as out:
        os.fchmod(file, 0o600)  # an earlier version may have left it open to others
        out.write(f"== {time.strftime('%Y-%m-%dT%H:%M:%S%z')} ganews-tui {__version__} ")
        out.write(f"python {platform.python_version()} {platform.platform()}\n")
        out.write(clean("".join(traceback.format_exception(error))) + "\n")
    return log
