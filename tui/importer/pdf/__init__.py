"""Reading of a PDF's pages as lines with positions on paper, in a separate process."""

from .process import NoReader, read_pdf

__all__ = ["NoReader", "read_pdf"]
