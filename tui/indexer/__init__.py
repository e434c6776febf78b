"""What must be read again so that catalogue and search match the folder."""

from .indexer import Indexer
from .progress import Progress

__all__ = ["Indexer", "Progress"]
