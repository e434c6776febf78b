"""The terminal without Textual: taking it over, asking it questions, reading its input, showing the last screen on it.

`tty`, `answers`, `probe` and `last_screen` run before anything else is imported, so they import nothing that takes a
millisecond: no re, dataclasses, pathlib or typing. tests/test_last_screen.py checks that.
"""
