"""What must be read again so that catalogue and search match the folder."""

from .indexer import Indexer, Progress

__all__ = ["Indexer", "Progress"]
