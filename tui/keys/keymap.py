"""The table as it is now: which key does what where, after the person's re-mapping."""

from collections.abc import Mapping, Sequence

from .command import Command, Focus
from .command_table import COMMANDS, FOOTER, FORMER_IDS
from .names import character

_EDITING = frozenset(
    {
        *("left", "right", "home", "end", "tab", "backspace", "delete"),
        *("ctrl+a", "ctrl+d", "ctrl+e", "ctrl+f", "ctrl+k", "ctrl+u", "ctrl+w"),
    }
)
"""Keys that belong to the text in the search line."""


def by_id(name: str, commands: Sequence[Command] = COMMANDS) -> Command | None:
    """Return the command with the id `name`, which may be one from an earlier version, or None."""
    id = FORMER_IDS.get(name, name)
    return next((command for command in commands if command.id == id), None)


def bindings(where: Focus, commands: Sequence[Command] = COMMANDS) -> dict[str, Command]:
    """Which key does what while this has the focus, twins included; a key before a twin, an earlier command first.

    In the search line keys that type or edit text are left to the text.
    """
    bound: dict[str, Command] = {}
    here = [command for command in commands if where in command.focus]
    for keys in ([(command, command.keys) for command in here], [(command, command.ime_variants) for command in here]):
        for command, names in keys:
            for name in names:
                if where != "search" or not _is_text(name):
                    bound.setdefault(name, command)
    return bound


def remap(changes: Mapping[str, tuple[str, ...]], commands: Sequence[Command] = COMMANDS) -> tuple[Command, ...]:
    """The commands with the person's keys; a key given to one is taken from any other that works in the same place."""
    if not changes:
        return tuple(commands)
    given = [command._replace(keys=changes.get(command.id, command.keys)) for command in commands]
    return tuple(
        command if command.id in changes else command._replace(keys=_left_over(command, given, changes))
        for command in given
    )


def taken(
    changes: Mapping[str, tuple[str, ...]], commands: Sequence[Command] = COMMANDS
) -> list[tuple[str, Command, Command]]:
    """Which keys the user's settings take from commands that they do not name: key, from which command, for which."""
    losers = [command for command in commands if command.id not in changes]
    return [
        (key, loser, winner)
        for winner in commands
        for key in changes.get(winner.id, ())
        for loser in losers
        if key in loser.keys and set(loser.focus) & set(winner.focus)
    ]


def footer(where: Focus, commands: Sequence[Command] = COMMANDS) -> list[tuple[tuple[str, ...], str]]:
    """The footer's entries here, in order: first keys as shown, and the word, untranslated."""
    entries: dict[str, list[str]] = {}
    for command in sorted(commands, key=_place_in_footer):
        keys = [shown for key, shown in zip(command.keys, command.shown_keys, strict=True) if _usable(key, where)]
        if command.footer and where in command.focus and keys:
            entries.setdefault(command.footer, []).append(keys[0])
    return [(tuple(keys), word) for word, keys in entries.items()]


def _place_in_footer(command: Command) -> int:
    return FOOTER.index(command.id) if command.id in FOOTER else len(FOOTER)


def _left_over(command: Command, given: Sequence[Command], changes: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    taken = {
        key
        for other in given
        if other.id in changes and other.id != command.id and set(other.focus) & set(command.focus)
        for key in other.keys
    }
    return tuple(key for key in command.keys if key not in taken)


def _usable(key: str, where: Focus) -> bool:
    return where != "search" or not _is_text(key)


def _is_text(key: str) -> bool:
    return key in _EDITING or character(key) is not None
