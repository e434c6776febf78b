"""The importer: turns raw newspaper pages into articles."""

from .pipeline import import_page
from .result import Imported, ImportResult, Note, Piece, as_json

__all__ = ["ImportResult", "Imported", "Note", "Piece", "as_json", "import_page"]
