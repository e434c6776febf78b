"""A file of any format that can be imported into its articles: the format is told by the first bytes."""

from ..gazetteer import Gazetteer
from .decode import decode
from .pipeline import import_page
from .printed import import_printed
from .result import ImportResult

_PDF, _PDF_WITHIN = b"%PDF-", 1024
"""A PDF may begin with other bytes; readers look for its mark within the first kilobyte."""


def import_file(raw: bytes, file: str, gazetteer: Gazetteer) -> ImportResult:
    """Return the articles of a file; raises `BadPage`. `file` is what the file is called in the problem."""
    if _PDF in raw[:_PDF_WITHIN]:
        from .pdf import read_pdf

        return import_printed(read_pdf(raw, file), gazetteer)
    text, _encoding = decode(raw, file)
    return import_page(text, gazetteer)
