"""Crash reports: the traceback goes into a private log, three lines go to the terminal."""

import os
import platform
import sys
import threading
import time
import traceback
from pathlib import Path

from .. import __version__
from ..clean import clean, clean_line
from ..i18n import _
from ..paths import private_folder, state_dir

STATUS = 70
"""Exit status of a crash (EX_SOFTWARE of sysexits.h). 1 means no results, 2 wrong usage or bad input."""
MAX_LOG_BYTES = 1_000_000
"""Bytes. A larger log is started again."""
MAX_MESSAGE = 200
"""Code points of the exception's message that are shown."""


def report(error: BaseException) -> str:
    """Write the log and return three lines for the terminal, each with a line feed."""
    name = type(error).__name__
    words = clean_line(str(error))[:MAX_MESSAGE]
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
    """End the program with a crash report and its status if any thread raises an exception."""

    def end(failed: threading.ExceptHookArgs) -> None:
        if failed.exc_value is not None:
            sys.stdout.flush()
            sys.stderr.write(report(failed.exc_value))
            sys.stderr.flush()
            os._exit(STATUS)

    threading.excepthook = end


def _keep(error: BaseException) -> Path:
    """Append the exception with its traceback to the log in the state folder. Raises OSError."""
    folder = state_dir()
    private_folder(str(folder))
    log = folder / "error.log"
    begin = os.O_TRUNC if log.exists() and log.stat().st_size > MAX_LOG_BYTES else os.O_APPEND
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | begin, 0o600)
    with open(file, "w", encoding="utf-8", errors="backslashreplace") as out:
        os.fchmod(file, 0o600)  # an earlier version may have left it readable to others
        out.write(f"== {time.strftime('%Y-%m-%dT%H:%M:%S%z')} ganews-tui {__version__} ")
        out.write(f"python {platform.python_version()} {platform.platform()}\n")
        out.write(clean("".join(traceback.format_exception(error))) + "\n")
    return log
