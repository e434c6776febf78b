"""The keys of the commands, with the changes from the user's settings."""

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
"""Keys that edit the text of the search line."""


def by_id(name: str, commands: Sequence[Command] = COMMANDS) -> Command | None:
    """Return the command with the id `name`, which may be one from an earlier version, or None."""
    id = FORMER_IDS.get(name, name)
    return next((command for command in commands if command.id == id), None)


def bindings(focus: Focus, commands: Sequence[Command] = COMMANDS) -> dict[str, Command]:
    """Map keys to commands for `focus`, including IME variants.

    A key takes precedence over an IME variant, and an earlier command over a later one. In the search line, keys that
    type or edit text are omitted.
    """
    bound: dict[str, Command] = {}
    here = [command for command in commands if focus in command.focus]
    for keys in ([(command, command.keys) for command in here], [(command, command.ime_variants) for command in here]):
        for command, names in keys:
            for name in names:
                if focus != "search" or not _is_text(name):
                    bound.setdefault(name, command)
    return bound


def remap(changes: Mapping[str, tuple[str, ...]], commands: Sequence[Command] = COMMANDS) -> tuple[Command, ...]:
    """Return the commands with the user's keys. A command loses a key that another one with the same focus gets."""
    if not changes:
        return tuple(commands)
    given = [command._replace(keys=changes.get(command.id, command.keys)) for command in commands]
    return tuple(
        command if command.id in changes else command._replace(keys=_remaining_keys(command, given, changes))
        for command in given
    )


def conflicts(
    changes: Mapping[str, tuple[str, ...]], commands: Sequence[Command] = COMMANDS
) -> list[tuple[str, Command, Command]]:
    """Return the keys that settings take from commands they do not name, as (key, old command, new command)."""
    losers = [command for command in commands if command.id not in changes]
    return [
        (key, loser, winner)
        for winner in commands
        for key in changes.get(winner.id, ())
        for loser in losers
        if key in loser.keys and set(loser.focus) & set(winner.focus)
    ]


def footer(focus: Focus, commands: Sequence[Command] = COMMANDS) -> list[tuple[tuple[str, ...], str]]:
    """Return the entries of the footer for `focus`: the first key of each command, and the untranslated word."""
    entries: dict[str, list[str]] = {}
    for command in sorted(commands, key=_footer_index):
        keys = [shown for key, shown in zip(command.keys, command.shown_keys, strict=True) if _usable(key, focus)]
        if command.footer and focus in command.focus and keys:
            entries.setdefault(command.footer, []).append(keys[0])
    return [(tuple(keys), word) for word, keys in entries.items()]


def _footer_index(command: Command) -> int:
    return FOOTER.index(command.id) if command.id in FOOTER else len(FOOTER)


def _remaining_keys(
    command: Command, given: Sequence[Command], changes: Mapping[str, tuple[str, ...]]
) -> tuple[str, ...]:
    taken = {
        key
        for other in given
        if other.id in changes and other.id != command.id and set(other.focus) & set(command.focus)
        for key in other.keys
    }
    return tuple(key for key in command.keys if key not in taken)


def _usable(key: str, focus: Focus) -> bool:
    return focus != "search" or not _is_text(key)


def _is_text(key: str) -> bool:
    return key in _EDITING or character(key) is not None
