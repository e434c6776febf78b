"""The one screen people read on: the sidebar, the reader, and what connects them.

`screen.py` lays out the panes and takes the keys; every capability has a file of its own and knows only the stores and
the widgets it works on.
"""

from .screen import BrowseScreen
from .stores import BUNDLED_TITLE, CatalogueLike, Stores

__all__ = ["BUNDLED_TITLE", "BrowseScreen", "CatalogueLike", "Stores"]
