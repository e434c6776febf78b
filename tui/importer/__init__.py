"""The importer: turns raw newspaper pages into articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .result import Doubt, Imported, ImportResult, Note, Piece, as_json

if TYPE_CHECKING:
    from ..gazetteer import Gazetteer
    from .decisions import Decisions

__all__ = ["Doubt", "ImportResult", "Imported", "Note", "Piece", "as_json", "import_page"]


def import_page(source: str, gazetteer: Gazetteer | None = None, decisions: Decisions | None = None) -> ImportResult:
    """Return the articles of a page of plain text, as `pipeline.import_page` does.

    That module is loaded late: the process that reads PDFs needs none of its patterns, which take 0.15 s to compile.
    """
    from .pipeline import import_page

    return import_page(source, gazetteer, decisions)
