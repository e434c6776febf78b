"""What a typed line means: a number, a command of the table with its count, or words to search for."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from ..keys import Command, bindings, key_name


@dataclass(frozen=True, slots=True)
class Number:
    """An entry of the list."""

    value: int


@dataclass(frozen=True, slots=True)
class Act:
    """A command, so many times."""

    id: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Words:
    """Words to search for."""

    query: str


def understand(line: str, commands: Sequence[Command]) -> Number | Act | Words | None:
    """What the line means; None for an empty one.

    Keys are as in the app, full-width twins too (`5j`, `】`, `/反诈`, `、反诈`); a command's name will do, in either
    language. Everything else is searched for.
    """
    typed = line.strip()
    folded = unicodedata.normalize("NFKC", typed)
    if not folded:
        return None
    if folded.isdecimal():
        return Number(int(folded[:9]))
    bound = bindings("list", commands)
    if (first := bound.get(key_name(typed[0]))) and first.id == "search":
        return Words(typed[1:].strip()) if typed[1:].strip() else Act("search")
    count = len(folded) - len(folded.lstrip("0123456789"))
    key = typed[count:].lstrip()
    if len(key) == 1 and (command := bound.get(key_name(key))):
        return Act(command.id, int(folded[:count] or 1) if count <= 9 else 1)
    named = folded.casefold()
    for command in commands:
        names = (command.title, command.label, command.id, command.id.replace("_", " "), *command.shown_keys)
        if named in [unicodedata.normalize("NFKC", name).casefold() for name in names]:
            return Act(command.id)
    return Words(typed)
