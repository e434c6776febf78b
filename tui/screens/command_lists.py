"""The commands as choices: for the palette sorted by best fit, for the help grouped by topic."""

from collections.abc import Sequence

from ..keys import Command, group_label
from ..keys.command_match import match_commands
from ..widgets.choice_list import Choice


def palette(typed: str, commands: Sequence[Command]) -> list[Choice]:
    """Return the commands that fit `typed`, best first. Accepts Chinese, English, pinyin, initials and keys."""
    return [
        Choice(command.id, command.title, "  ".join(command.shown_keys[:1]))
        for command in match_commands(typed, commands)
    ]


def help_lines(typed: str, commands: Sequence[Command]) -> list[Choice]:
    """Return the commands that fit `typed` in the order of `commands`, with their group and all their keys."""
    fitting = match_commands(typed, commands)
    return [
        Choice(command.id, command.title, "  ".join(command.shown_keys), group_label(command.group))
        for command in commands
        if command in fitting
    ]
