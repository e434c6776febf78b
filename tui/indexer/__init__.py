"""The indexer, which keeps catalogue and index up to date with the library's folder."""

from .indexer import Indexer
from .progress import Progress

__all__ = ["Indexer", "Progress"]
