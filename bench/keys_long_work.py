"""The longest stop of the screen while a command works on the whole list.

The window is resized all the time, and the stop is the time until the first byte of the new frame.
"""

import signal
import time

from tests.program import Program

WORKS = (
    ("a resize alone", "", ""),
    ("by month", "v", "按月份分组"),
    ("by bulletin", "v", "按册分组"),
    ("by author", "v", "按作者分组"),
    ("by place again", "v", "按地方分组"),
    ("mark all read", "A", "标为已读"),
    ("next unread, none left", "u", "都已读过"),
    ("the list of unread, none left", ":未读文章\r", "› 全部"),
    ("undo", "U", "撤销："),
    ("the list of unread, all left", ":未读文章\r", "▾"),
    ("redo", "\x19", "重做："),
)
"""What is measured: name, keys, text on the screen when it is done."""
AFTER_SECONDS = 1.5
"""Seconds that the screen is watched after the work, since counts follow."""
MAX_SECONDS = 600.0


def long_work(program: Program) -> dict[str, float]:
    """Return the longest time without a new frame during each task, and the seconds that the task took."""
    sample: dict[str, float] = {}
    for name, keys, text in WORKS:
        longest, seconds = _work(program, keys, text)
        sample[f"{name}, longest stop ms"] = longest
        if keys:
            sample[f"{name}, done s"] = seconds
    return sample


def _work(program: Program, keys: str, text: str) -> tuple[float, float]:
    began = program.send(keys) / 1e9
    longest, seconds, end = 0.0, 0.0, began + MAX_SECONDS
    while time.monotonic() < end:
        longest = max(longest, _stop(program))
        if not seconds and text in program.screen.text():
            seconds = time.monotonic() - began
            end = time.monotonic() + AFTER_SECONDS
    return longest, seconds


def _stop(program: Program) -> float:
    """Resize the window; return the milliseconds until the program answers.

    The width must differ from the last one, of this task or the one before: the program does not answer otherwise.
    """
    screen = program.screen  # computes the screen of all earlier output, which takes time
    program.resize(121 if screen.columns == 120 else 120, 36)
    before, sent = len(program.written), time.monotonic_ns()
    program.signal(signal.SIGWINCH)
    program.read(30.0)
    answered = program.written[before][0] if len(program.written) > before else time.monotonic_ns()
    program.settle(0.05, 0.5)
    return (answered - sent) / 1e6
