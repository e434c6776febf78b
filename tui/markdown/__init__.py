"""Conversion of Markdown bodies to blocks, and back.

docs/format.md documents the dialect, which suits Chinese text: emphasis works next to Chinese punctuation, lines of Han
characters are joined without a space, and an indented line is a paragraph, not code. Parsing takes time linear in the
length of any body.
"""

from .read import blocks

__all__ = ["blocks"]
