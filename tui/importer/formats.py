"""Import of a file in any supported format, detected from its first bytes."""

from ..gazetteer import Gazetteer
from .decisions import Decisions
from .decode import decode, decoded_text, is_web_page
from .office import is_archive, text_of_document
from .pipeline import import_page
from .printed import import_printed
from .result import ImportResult
from .web_page import text_of_web_page

_PDF, _PDF_WITHIN = b"%PDF-", 1024
"""Signature of a PDF, and the bytes in which to look for it: programs that write PDFs may put others before it."""


def import_file(raw: bytes, file: str, gazetteer: Gazetteer, decisions: Decisions | None = None) -> ImportResult:
    """Return the articles of a file, as the user decided. Raises `BadPage`, whose problem names the file `file`."""
    if _PDF in raw[:_PDF_WITHIN]:
        from .pdf.process import read_pdf

        return import_printed(read_pdf(raw, file), gazetteer, decisions)
    return import_page(_text_of(raw, file), gazetteer, decisions)


def _text_of(raw: bytes, file: str) -> str:
    if is_archive(raw):
        return text_of_document(raw, file)
    if is_web_page(raw):
        return text_of_web_page(decoded_text(raw, file)[0])
    return decode(raw, file)[0]
