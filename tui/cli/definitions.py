"""What a command line is made of. Parser, help, completions and manual page are all read from these."""

from typing import Literal, NamedTuple

Completes = Literal["", "file", "folder", "article", "place", "author", "bulletin", "query", "theme"]


class Option(NamedTuple):
    """One option: a flag, or with a `value` (the name of its value in the help) something to be given."""

    name: str
    """Without the dashes."""
    help: str
    value: str = ""
    short: str = ""
    """One letter; empty for most."""
    choices: tuple[str, ...] = ()
    completes: Completes = ""
    number: bool = False
    """The value is a whole number above zero."""


class Operand(NamedTuple):
    """What stands on the line without dashes."""

    name: str
    help: str
    least: int = 1
    most: int | None = 1
    """None for any number."""
    completes: Completes = ""
    choices: tuple[str, ...] = ()


class Example(NamedTuple):
    """A line to try and what it does. Every one of them is run by a test."""

    line: str
    what: str


class Subcommand(NamedTuple):
    """One subcommand; the one with an empty name opens the app."""

    name: str
    module: str
    """The module of `tui.cli` whose `run(arguments) -> int` does the work."""
    summary: str
    operands: tuple[Operand, ...] = ()
    options: tuple[Option, ...] = ()
    examples: tuple[Example, ...] = ()
    exclusive: tuple[str, ...] = ()
    """Options of which only one may be given."""

    def option(self, name: str) -> Option | None:
        """The option of this name or letter."""
        for option in self.options:
            if name == option.name or (len(name) == 1 and name == option.short):
                return option
        return None
