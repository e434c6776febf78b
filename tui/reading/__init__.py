"""What has this person read, starred, reached, searched? Precious: one SQLite file in the state folder."""

from .exchange import BadMark, Mark, understood, written
from .jump_list import Position, Visit
from .marks import Change
from .reading import Reading, SavedSession

__all__ = ["BadMark", "Change", "Mark", "Position", "Reading", "SavedSession", "Visit", "understood", "written"]
