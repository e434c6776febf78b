"""Markdown bodies as blocks, and blocks written down again.

A small dialect, documented in docs/format.md, that does what a Chinese writer means: emphasis works beside Chinese
punctuation, lines of Han are joined without a space, and an indented line is a paragraph, not code. Linear in the
length of the body, whatever the body.
"""

from .read import blocks

__all__ = ["blocks"]
