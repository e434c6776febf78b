"""The side of the terminal that needs Textual: input, output, signals, and the base class of the app.

Except for `rich_widths`, this is the only package that uses private names of Textual, Rich or Python, because Textual
has no public interface for drivers. tests/test_private_names.py lists each name and what depends on it.
"""
