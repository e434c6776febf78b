"""The parsed command line, which a subcommand's `run` receives."""

import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from .definitions import Subcommand


class UsageError(Exception):
    """A command line that is wrong; the message tells the user why."""


class Arguments(NamedTuple):
    """One command line: the subcommand, its operands in order, and its options."""

    command: Subcommand
    operands: tuple[str, ...] = ()
    options: Mapping[str, str] = MappingProxyType({})
    """Values by name without dashes; a flag has an empty value."""

    def flag(self, name: str) -> bool:
        """Return whether the flag or option was given."""
        return name in self.options

    def text(self, name: str, default: str = "") -> str:
        """Return the option's value, or `default` if it was not given."""
        return self.options.get(name, default)

    def number(self, name: str) -> int | None:
        """Return the option's value as an integer, which the parser has checked, or None."""
        return int(self.options[name]) if name in self.options else None

    def path(self, name: str) -> Path | None:
        """Return the option's value as a path, with `~` expanded, or None."""
        return Path(os.path.expanduser(self.options[name])) if name in self.options else None

    def format(self) -> str:
        """Return the output format: the exclusive option that was given, or `text`."""
        return next((name for name in self.command.exclusive if name in self.options), "text")
