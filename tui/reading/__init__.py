"""What has this person read, starred, reached, searched? Precious: one SQLite file in the state folder."""

from .exchange import BadMark, Mark, understood, written
from .jumps import Position, Stop
from .marks import Change
from .reading import Reading, Session

__all__ = ["BadMark", "Change", "Mark", "Position", "Reading", "Session", "Stop", "understood", "written"]
