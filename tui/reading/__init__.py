"""What has this person read, starred, reached, searched? Precious: one SQLite file in the state folder."""

from .jumps import Position, Stop
from .marks import Change
from .reading import Reading, Session

__all__ = ["Change", "Position", "Reading", "Session", "Stop"]
