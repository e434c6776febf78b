"""The display options: the settings as they apply to this terminal."""

from collections.abc import Sequence
from typing import NamedTuple

from ..keys import COMMANDS, Command
from ..theme import BUILTIN, ColourTheme
from ..typeset import Style


class DisplayOptions(NamedTuple):
    """Options that the app passes to every screen, again whenever one changes."""

    look: ColourTheme = BUILTIN[0]
    commands: Sequence[Command] = COMMANDS
    measure: int = 72
    """Cells. Maximum width of the text column."""
    style: Style = Style()
    still: bool = False
    """Whether the screen may change only after a key."""
