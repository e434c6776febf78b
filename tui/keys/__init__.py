"""The one table of commands: bindings, footer, help, palette, manual and re-mapping are all read from it."""

from .command import Command, CommandGroup, Focus, group_label
from .command_table import COMMANDS
from .keymap import bindings, by_id, footer, remap, taken
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
    "footer",
    "group_label",
    "is_sendable",
    "key_name",
    "read_key",
    "remap",
    "same_as",
    "shown",
    "taken",
]
