"""The Textual side of the terminal: a driver that answers at once, ends well, and leaves nothing switched on."""

from .app import TerminalApp
from .driver import TerminalDriver

__all__ = ["TerminalApp", "TerminalDriver"]
