"""`ganews-tui [DIR]`: the app."""

import gc
import os
from collections.abc import Sequence
from contextlib import nullcontext

from ..config import load, override
from ..paths import config_file
from ..plain import wanted
from ..terminal import tty
from ..words import _
from .arguments import Arguments
from .opened import opened
from .output import remark
from .parser import nearest_command


def run(arguments: Arguments, taken: tty.Taken | None) -> int:
    """Open the app on the library; a library that is not there is said before the screen is taken.

    `taken` is the terminal with the last screen on it. Returns only when the app could not be opened: after it, the
    process ends here, without the interpreter's own long end.
    """
    library = opened(arguments, arguments.operands[0] if arguments.operands else "")
    if library is None:
        _hint(arguments.operands)
        return 2
    settings, problems = load(config_file())
    settings, wrong_flags = override(settings, arguments.options)
    if wanted(os.environ, settings.plain):
        from ..plain.start import run as run_plain

        if taken is not None:
            taken.give_back()
        for problem in (*problems, *wrong_flags):
            remark(str(problem))
        return run_plain(library, settings)
    found = tty.find()
    if taken is None and found is not None and found.in_foreground():
        taken = tty.take(found)
    gc.disable()  # until the first screen is painted: what is imported stays
    os.environ.setdefault(
        "TEXTUAL_FPS", "200"
    )  # what is drawn soon after a frame, as at the start, waits 5 ms and not 17
    from ..app import run as run_app

    with taken or nullcontext():
        status = run_app(library, arguments.options, taken)
    tty.leave(status)
    return status


def _hint(words: Sequence[str]) -> None:
    """What may have been meant by a folder that is not there."""
    near = nearest_command(words[0]) if words else ""
    if near:
        remark(_("是不是子命令 {command}？").format(command=near))
