"""The subcommand without a name, `ganews-tui [DIR]`: open the app."""

import gc
import os
from collections.abc import Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING

from ..config import load, override
from ..driver.early_signals import end_on_signals
from ..i18n import _
from ..paths import config_file
from ..plain import is_wanted
from ..terminal import tty
from ..terminal.charset import other_encoding, system_encoding, writes_chinese
from ..theme import color_system, depth
from .arguments import Arguments
from .command_line import nearest_command
from .open_library import find_opening
from .output import remark

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ..session.opening import Opening

    RunApp = Callable[[Opening, Mapping[str, str], tty.RawTerminal | None], int]


def run(arguments: Arguments, taken: tty.RawTerminal | None) -> int:
    """Open the app on the library, and return the exit status if that fails.

    A missing library is reported before the app takes the screen. `taken` is the terminal that shows the last screen.
    After the app has run, the process ends here, without the interpreter's slow shutdown.
    """
    opening = find_opening(arguments, arguments.operands[0] if arguments.operands else "")
    if opening is None:
        _hint(arguments.operands)
        return 2
    settings, problems = load(config_file())
    settings, wrong_flags = override(settings, arguments.options)
    if wrong_flags:
        if taken is not None:
            taken.give_back()
        for problem in wrong_flags:
            remark(str(problem))
        return 2
    encoding = other_encoding(os.environ, system_encoding())
    if is_wanted(os.environ, settings.plain) or (encoding is not None and writes_chinese(encoding)):
        from ..plain.run import run as run_plain

        if taken is not None:
            taken.give_back()
        if encoding is not None and not is_wanted(os.environ, settings.plain):
            remark(
                _("终端的编码是 {name}，界面要 UTF-8，改为逐行阅读；其实是 UTF-8 就设 LC_ALL=C.UTF-8。").format(
                    name=encoding
                )
            )
        for problem in problems:
            remark(str(problem))
        return run_plain(opening, settings, problems)
    found = tty.find()
    if found is None or encoding is not None:
        remark(_no_terminal() if encoding is None else _no_chinese(encoding))
        return 2
    if taken is None and found.in_foreground():
        taken = tty.take(found, end_on_signals)
    run_app = import_app()
    with taken or nullcontext():
        status = run_app(opening, arguments.options, taken)
    tty.leave(status)
    return status


def import_app() -> "RunApp":
    """Import the app. Textual reads the environment variables set here when it is imported."""
    gc.disable()  # until the first screen is painted, since modules are never freed
    # At 200 frames a second a change waits up to 5 ms for the next frame; by default it waits 17 ms.
    os.environ.setdefault("TEXTUAL_FPS", "200")
    # The number of colours is decided here alone, because Textual knows fewer terminals.
    asked = os.environ.get("TEXTUAL_COLOR_SYSTEM")
    os.environ["TEXTUAL_COLOR_SYSTEM"] = color_system(depth(os.environ))
    from ..app import run as run_app

    if asked is None:
        del os.environ["TEXTUAL_COLOR_SYSTEM"]
    else:
        os.environ["TEXTUAL_COLOR_SYSTEM"] = asked
    return run_app


def _no_chinese(encoding: str) -> str:
    return _("终端的编码是 {name}，写不出汉字；其实是 UTF-8 就设 LC_ALL=C.UTF-8。").format(name=encoding)


def _no_terminal() -> str:
    if os.isatty(0):
        return _("标准输出不是终端，画不出界面：请在终端里直接运行，或加 --plain 逐行阅读。")
    return _("标准输入不是终端，收不到按键：请在终端里直接运行，或加 --plain 逐行阅读。")


def _hint(words: Sequence[str]) -> None:
    """Suggest a subcommand if the missing folder is named like one."""
    near = nearest_command(words[0]) if words else ""
    if near:
        remark(_("是不是子命令 {command}？").format(command=near))
