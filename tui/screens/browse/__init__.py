"""The main screen: sidebar, reader, and the commands that act on them."""

from .screen import BrowseScreen

__all__ = ["BrowseScreen"]
