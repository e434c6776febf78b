"""How everything is shown: what the settings come to on this terminal."""

from collections.abc import Sequence
from typing import NamedTuple

from ..keys import COMMANDS, Command
from ..look import OURS, Look
from ..typeset import Style


class Manner(NamedTuple):
    """Handed to every screen, and again when anything of it changes."""

    look: Look = OURS[0]
    commands: Sequence[Command] = COMMANDS
    measure: int = 72
    """Widest text column, in cells."""
    style: Style = Style()
