"""How everything is shown: what the settings come to on this terminal."""

from collections.abc import Sequence
from typing import NamedTuple

from ..keys import COMMANDS, Command
from ..theme import BUILTIN, ColourTheme
from ..typeset import Style


class DisplayOptions(NamedTuple):
    """Handed to every screen, and again when anything of it changes."""

    look: ColourTheme = BUILTIN[0]
    commands: Sequence[Command] = COMMANDS
    measure: int = 72
    """Widest text column, in cells."""
    style: Style = Style()
    still: bool = False
    """Change nothing on the screen that no key asked for."""
