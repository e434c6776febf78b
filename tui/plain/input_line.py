"""The parser for typed lines: a number, a command with count and argument, or words to search for."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..keys import Command, key_name
from ..keys.line_commands import LINE_COMMANDS, SHORT_NAMES, line_bindings

MAX_COUNT_DIGITS = 9
"""Digits. Longer numbers are cut or are not a count prefix."""


@dataclass(frozen=True, slots=True)
class TypedNumber:
    """A number in the list that was printed last, counted from 1."""

    value: int


@dataclass(frozen=True, slots=True)
class TypedCommand:
    """A command with its count prefix and its argument."""

    id: str
    count: int | None = None
    argument: str = ""


@dataclass(frozen=True, slots=True)
class TypedQuery:
    """Words to search for."""

    query: str


WITH_ARGUMENT = frozenset(("find_place", "places", "help", "unit", "set", "import", "saved", "outline", "open_link"))
"""Commands that take an argument. For other commands, a line with further words is a search."""


def understand(line: str, commands: Sequence[Command]) -> TypedNumber | TypedCommand | TypedQuery | None:
    """Return the meaning of a line; None for an empty one.

    Accepts the keys of the screen and their IME variants (`5j`, `】`, `/反诈`, `、反诈`), and for each command its id,
    its Chinese name and its name in the user's language. Everything else is a search.
    """
    typed = line.strip()
    folded = unicodedata.normalize("NFKC", typed)
    if not folded:
        return None
    if folded.isdecimal():
        return TypedNumber(int(folded[:MAX_COUNT_DIGITS]))
    bound = line_bindings(commands)
    if (first := bound.get(key_name(typed[0]))) and first.id == "search":
        return TypedQuery(typed[1:].strip()) if typed[1:].strip() else TypedCommand("search")
    digits = len(folded) - len(folded.lstrip("0123456789"))
    count = int(folded[:digits]) if 0 < digits <= MAX_COUNT_DIGITS else None
    rest = typed[digits:].strip()
    name, *arguments = rest.split(maxsplit=1)
    if len(rest) == 1 and (command := bound.get(key_name(rest))):
        return TypedCommand(command.id, count)
    if found := _named(rest, commands):
        return TypedCommand(found, count)
    if arguments:
        known = bound.get(key_name(name)) if len(name) == 1 else None
        id = known.id if known else _named(name, commands)
        if id in WITH_ARGUMENT:
            return TypedCommand(id, count, arguments[0])
    return TypedQuery(typed)


def _named(name: str, commands: Sequence[Command]) -> str | None:
    wanted = unicodedata.normalize("NFKC", name).casefold()
    if wanted in SHORT_NAMES:
        return SHORT_NAMES[wanted]
    return next((command.id for command in (*LINE_COMMANDS, *commands) if wanted in _names(command)), None)


def _names(command: Command) -> Iterator[str]:
    names = (command.title, command.label, command.id, command.id.replace("_", " "))
    for name in (*names, *command.aliases, *command.shown_keys):
        if len(name) > 1:
            yield unicodedata.normalize("NFKC", name).casefold()
