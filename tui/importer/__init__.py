"""Raw page text in, articles out."""

from .pipeline import import_page
from .result import Imported, ImportResult, Note, Piece, as_json

__all__ = ["ImportResult", "Imported", "Note", "Piece", "as_json", "import_page"]
