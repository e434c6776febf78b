"""The commands as a web page can offer them: without keys that the browser keeps, and without leaving for a shell."""

from collections.abc import Iterable

from .command import Command

KEPT_BY_BROWSER = frozenset({"ctrl+n", "ctrl+t", "ctrl+w", "f5", "f11", "f12"})
"""A tab never sees the first three; the page leaves the others to the browser, for reload, full screen and tools."""
COPY_KEY = "ctrl+c"
"""Copies, as everywhere in a browser."""
_NEEDS_SHELL = frozenset({"suspend"})


def commands_in_browser(commands: Iterable[Command]) -> tuple[Command, ...]:
    """Return the commands that a page offers, each with the keys that reach the program."""
    return tuple(
        command._replace(keys=_keys_in_browser(command)) for command in commands if command.id not in _NEEDS_SHELL
    )


def _keys_in_browser(command: Command) -> tuple[str, ...]:
    keys = tuple(key for key in command.keys if key not in KEPT_BY_BROWSER and key != COPY_KEY)
    return (*keys, COPY_KEY) if command.id == "copy_article" else keys
