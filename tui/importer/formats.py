"""Import of a file in any supported format, detected from its first bytes."""

from ..gazetteer import Gazetteer
from .decode import decode
from .pipeline import import_page
from .printed import import_printed
from .result import ImportResult

_PDF, _PDF_WITHIN = b"%PDF-", 1024
"""Signature of a PDF, and the bytes in which to look for it: programs that write PDFs may put others before it."""


def import_file(raw: bytes, file: str, gazetteer: Gazetteer) -> ImportResult:
    """Return the articles of a file. Raises `BadPage`, whose problem names the file `file`."""
    if _PDF in raw[:_PDF_WITHIN]:
        from .pdf import read_pdf

        return import_printed(read_pdf(raw, file), gazetteer)
    text, _encoding = decode(raw, file)
    return import_page(text, gazetteer)
