"""The commands as choices: for the palette by what fits best, for the help by what they are about."""

from collections.abc import Sequence

from ..keys import Command, group_label
from ..keys.command_match import match_commands
from ..widgets.choice_list import Choice


def palette(typed: str, commands: Sequence[Command]) -> list[Choice]:
    """Best fit first; Chinese, English, pinyin, initials and keys are understood."""
    return [
        Choice(command.id, command.title, "  ".join(command.shown_keys[:1]))
        for command in match_commands(typed, commands)
    ]


def help_lines(typed: str, commands: Sequence[Command]) -> list[Choice]:
    """Every command that fits under its group's heading, with all its keys as they are now."""
    fitting = match_commands(typed, commands)
    return [
        Choice(command.id, command.title, "  ".join(command.shown_keys), group_label(command.group))
        for command in commands
        if command in fitting
    ]
