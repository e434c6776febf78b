"""ganews-tui: a terminal reader for Chinese-language bulletins."""

__version__ = "0.1.0"
