"""What is asked of the terminal before the app starts, and what is shown on it first."""

from .probe import Width, probe
from .tty import Taken, Tty, find, leave, take

__all__ = ["Taken", "Tty", "Width", "find", "leave", "probe", "take"]
