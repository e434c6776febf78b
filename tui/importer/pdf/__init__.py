"""The pages of a PDF as lines with their place on paper, read in a process of their own."""

from .process import NoReader, read_pdf

__all__ = ["NoReader", "read_pdf"]
