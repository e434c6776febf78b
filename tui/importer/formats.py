"""Import of a file in any supported format, detected from its first bytes."""

from ..gazetteer import Gazetteer
from .decisions import Decisions
from .decode import decode, decoded_text, is_web_page
from .office import blocks_of_document, is_archive
from .pipeline import import_page
from .printed import import_printed
from .result import ImportResult
from .scores import Label
from .web_page import blocks_of_web_page

_PDF, _PDF_WITHIN = b"%PDF-", 1024
"""Signature of a PDF, and the bytes in which to look for it: programs that write PDFs may put others before it."""


def import_file(raw: bytes, file: str, gazetteer: Gazetteer, decisions: Decisions | None = None) -> ImportResult:
    """Return the articles of a file, as the user decided. Raises `BadPage`, whose problem names the file `file`."""
    if _PDF in raw[:_PDF_WITHIN]:
        from .pdf.process import read_pdf

        return import_printed(read_pdf(raw, file), gazetteer, decisions)
    if is_archive(raw):
        blocks = blocks_of_document(raw, file)
    elif is_web_page(raw):
        blocks = blocks_of_web_page(decoded_text(raw, file)[0])
    else:
        return import_page(decode(raw, file)[0], gazetteer, decisions)
    said: dict[int, Label] = {number: block.label for number, block in enumerate(blocks, 1) if block.label}
    return import_page("\n".join(block.text for block in blocks), gazetteer, decisions, said)
