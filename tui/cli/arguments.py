"""What was typed, understood: handed to the subcommand's `run`."""

import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from .definitions import Subcommand


class UsageError(Exception):
    """The line cannot be understood or does not go together; the message is for the person who typed it."""


class Arguments(NamedTuple):
    """One command line: the command, its operands in order, and the options given."""

    command: Subcommand
    operands: tuple[str, ...] = ()
    options: Mapping[str, str] = MappingProxyType({})
    """By name without dashes; a flag that was given maps to an empty text."""

    def flag(self, name: str) -> bool:
        """Whether the flag, or the option, was given."""
        return name in self.options

    def text(self, name: str, default: str = "") -> str:
        """The option's value."""
        return self.options.get(name, default)

    def number(self, name: str) -> int | None:
        """The option's value as a whole number; the parser has made sure that it is one."""
        return int(self.options[name]) if name in self.options else None

    def path(self, name: str) -> Path | None:
        """The option's value as a path."""
        return Path(os.path.expanduser(self.options[name])) if name in self.options else None

    def format(self) -> str:
        """The one format asked for, `text` without one."""
        return next((name for name in self.command.exclusive if name in self.options), "text")
