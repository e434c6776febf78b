"""The one table of commands: bindings, footer, help, palette, manual and re-mapping are all read from it."""

from .command import Command, Group, Where, group_label
from .keymap import bindings, by_id, footer, remap, taken
from .names import key_name, shown
from .names import read as read_key
from .sendable import is_sendable, same_as
from .table import COMMANDS

__all__ = [
    "COMMANDS",
    "Command",
    "Group",
    "Where",
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
