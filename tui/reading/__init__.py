"""The reading state: marks, positions, history and sessions, in one precious SQLite file in the state folder."""

from .exchange import BadMark, Mark, format_mark, parse_mark
from .jump_list import Position, Visit
from .marks import Change
from .reading import Reading, SavedSession

__all__ = ["BadMark", "Change", "Mark", "Position", "Reading", "SavedSession", "Visit", "format_mark", "parse_mark"]
