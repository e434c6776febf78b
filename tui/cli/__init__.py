"""The front door: arguments in, one of the rooms out."""

import gc
import os
import sys

from ..trusted_paths import forget_relative_folders

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..terminal.tty import RawTerminal


def main(argv: list[str] | None = None) -> int:
    """Run the program and return its exit status.

    0: found; 1: nothing found; 2: wrong use or bad input; 70: a crash, told in three lines on standard error.

    The screen left last time is shown before anything else is imported.
    """
    if argv is None:
        forget_relative_folders()
    taken = _last_screen() if argv is None else None
    try:
        from .exit_status import quietly

        return quietly(lambda: _run(sys.argv[1:] if argv is None else argv, taken))
    except Exception as error:
        from ..terminal.crash import STATUS, tell

        if taken is not None:
            taken.give_back()
        sys.stderr.write(tell(error))
        return STATUS
    finally:
        if taken is not None:
            taken.give_back()


def _last_screen() -> "RawTerminal | None":
    if not (os.isatty(0) and (os.isatty(1) or os.isatty(2))):
        return None
    from ..terminal import last_screen

    return last_screen.show()


def _run(argv: list[str], taken: "RawTerminal | None") -> int:
    gc.disable()  # what is imported stays: looking through it again and again costs a tenth of a command's start
    from ..i18n import _, set_language

    set_language(_language(argv) or _settled_language())
    from .arguments import UsageError
    from .output import remark
    from .parser import parse

    try:
        arguments = parse(argv)
    except UsageError as error:
        remark(f"ganews-tui: {error}")
        remark(_("用法见 ganews-tui --help。"))
        return 2
    if arguments.flag("version"):
        from .. import __version__

        print(f"ganews-tui {__version__}")
        return 0
    if arguments.flag("help"):
        from .help import help_text

        print(help_text(arguments.command), end="")
        return 0
    if arguments.command.module == "open_app":
        from .open_app import run

        return run(arguments, taken)
    from importlib import import_module

    gc.set_threshold(100_000)
    gc.enable()
    try:
        status: int = import_module(f".{arguments.command.module}", __package__).run(arguments)
    except UsageError as error:
        remark(f"ganews-tui {arguments.command.name}: {error}")
        return 2
    return status


def _language(argv: list[str]) -> str | None:
    """The language asked for on the line, looked for before anything can be said in it."""
    for index, word in enumerate(argv):
        value = argv[index + 1] if word == "--lang" and index + 1 < len(argv) else word.removeprefix("--lang=")
        if word.startswith("--lang") and value in ("zh", "en"):
            return value
    return None


def _settled_language() -> str | None:
    """The language of the settings file, if there is one."""
    from ..paths import config_file

    path = config_file()
    if not path.exists():
        return None
    from ..config import load

    settings, _problems = load(path)
    return None if settings.language == "auto" else settings.language
