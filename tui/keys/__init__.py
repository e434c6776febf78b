"""The commands and their keys. Bindings, footer, help, palette and docs/keys.md are read from one table."""

from .command import Command, CommandGroup, Focus, group_label
from .command_table import COMMANDS
from .keymap import bindings, by_id, conflicts, footer, remap
from .names import key_name, shown
from .names import read as read_key
from .sendable import is_sendable, same_as

__all__ = [
    "COMMANDS",
    "Command",
    "CommandGroup",
    "Focus",
    "bindings",
    "by_id",
    "conflicts",
    "footer",
    "group_label",
    "is_sendable",
    "key_name",
    "read_key",
    "remap",
    "same_as",
    "shown",
]
