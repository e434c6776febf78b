"""The front door: arguments in, one of the rooms out."""

import sys

from .. import words


def main(argv: list[str] | None = None) -> int:
    """Run the program and return its exit status: 0 found, 1 nothing found, 2 wrong use or bad input."""
    from .ends import quietly

    return quietly(lambda: _run(sys.argv[1:] if argv is None else argv))


def _run(argv: list[str]) -> int:
    words.choose(_language(argv))
    from .arguments import UsageError
    from .output import remark
    from .parser import parse

    try:
        arguments = parse(argv)
    except UsageError as error:
        remark(f"ganews-tui: {error}")
        remark(words._("用法见 ganews-tui --help。"))
        return 2
    if arguments.flag("version"):
        from .. import __version__

        print(f"ganews-tui {__version__}")
        return 0
    if arguments.flag("help"):
        from .help import help_text

        print(help_text(arguments.command), end="")
        return 0
    from importlib import import_module

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
