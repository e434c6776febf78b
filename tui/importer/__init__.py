"""The importer: turns raw newspaper pages into articles."""

from .pipeline import import_page
from .result import Doubt, Imported, ImportResult, Note, Piece, as_json

__all__ = ["Doubt", "ImportResult", "Imported", "Note", "Piece", "as_json", "import_page"]
