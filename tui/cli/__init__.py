"""Parse the command line and run the subcommand."""

import gc
import os
import sys

from ..trusted_paths import forget_relative_folders

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..terminal.tty import RawTerminal


_SEARCHES = ("search", "concordance")
"""Subcommands that answer an interrupt with one line, at whatever moment it comes."""


def main(argv: list[str] | None = None) -> int:
    """Run the program and return its exit status.

    0: results; 1: no results; 2: wrong usage or bad input; 70: a crash, reported in three lines on standard error.
    The last screen is shown before any other module is imported.
    """
    if argv is None:
        forget_relative_folders()
    taken = _last_screen() if argv is None else None
    try:
        from .exit_status import run_quietly

        return run_quietly(lambda: _run(sys.argv[1:] if argv is None else argv, taken))
    except Exception as error:
        from ..terminal.crash import STATUS, report

        if taken is not None:
            taken.give_back()
        sys.stderr.write(report(error))
        return STATUS
    finally:
        if taken is not None:
            taken.give_back()


def _last_screen() -> "RawTerminal | None":
    if not (os.isatty(0) and (os.isatty(1) or os.isatty(2))):
        return None
    from ..driver.early_signals import end_on_signals
    from ..terminal import last_screen

    return last_screen.show(end_on_signals)


def _run(argv: list[str], taken: "RawTerminal | None") -> int:
    gc.disable()  # modules are never freed; collecting garbage would cost 10 % of a command's start-up
    from ..i18n import _, set_language

    set_language(_language(argv) or _configured_language())
    from .arguments import UsageError
    from .command_line import parse
    from .output import remark

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
    except KeyboardInterrupt as interrupt:
        from .exit_status import AnsweredInterrupt

        if arguments.command.name in _SEARCHES and not isinstance(interrupt, AnsweredInterrupt):
            remark(_("已中断：库还没有打开，什么都没有搜。"))
        raise
    return status


def _language(argv: list[str]) -> str | None:
    """Return the value of `--lang`. It is needed before the parser runs, for the parser's own messages."""
    for index, word in enumerate(argv):
        value = argv[index + 1] if word == "--lang" and index + 1 < len(argv) else word.removeprefix("--lang=")
        if word.startswith("--lang") and value in ("zh", "en"):
            return value
    return None


def _configured_language() -> str | None:
    """Return the language in the settings file, or None if there is no file or the setting is `auto`."""
    from ..paths import config_file

    path = config_file()
    if not path.exists():
        return None
    from ..config import load

    settings, _problems = load(path)
    return None if settings.language == "auto" else settings.language
