"""The parts of a command line. The parser, help, completions and manual page all read them."""

from typing import Literal, NamedTuple

Completes = Literal["", "file", "folder", "article", "place", "author", "bulletin", "query", "theme"]


class Option(NamedTuple):
    """An option. It is a flag unless `value` names the value that it takes."""

    name: str
    """Without the dashes."""
    help: str
    value: str = ""
    short: str = ""
    """One letter, or empty."""
    choices: tuple[str, ...] = ()
    completes: Completes = ""
    number: bool = False
    """Whether the value is a positive integer."""


class Operand(NamedTuple):
    """An argument without dashes."""

    name: str
    help: str
    minimum: int = 1
    maximum: int | None = 1
    """None: any number."""
    completes: Completes = ""
    choices: tuple[str, ...] = ()


class Example(NamedTuple):
    """A command line to try and what it does. A test runs every example."""

    line: str
    what: str


class Subcommand(NamedTuple):
    """A subcommand; the one with an empty name opens the app."""

    name: str
    module: str
    """The module of `tui.cli` with `run(arguments) -> int`."""
    summary: str
    operands: tuple[Operand, ...] = ()
    options: tuple[Option, ...] = ()
    examples: tuple[Example, ...] = ()
    exclusive: tuple[str, ...] = ()
    """Options of which only one may be given."""

    def option(self, name: str) -> Option | None:
        """Return the option with this name or letter, or None."""
        for option in self.options:
            if name == option.name or (len(name) == 1 and name == option.short):
                return option
        return None
