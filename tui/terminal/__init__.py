"""The terminal without Textual: taking it over, asking it questions, reading its input, showing the last screen on it.

Every start takes the terminal (`tty`) and asks it two questions (`probe`); `driver.early_signals` gives it back on a
signal. The last screen is `last_screen` alone. These modules run before anything else is imported, so they import
nothing that takes a millisecond: no re, dataclasses, pathlib or typing. tests/test_last_screen.py checks that.
"""
