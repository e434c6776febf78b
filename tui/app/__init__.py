"""The Textual application.

`start` opens and closes the stores; `app` holds them and opens the screens; `preferences` holds the current settings
and themes; `choosers` opens the choosers and is imported on first use; `links` opens links in a browser.
"""

from .app import GaNewsApp
from .start import run

__all__ = ["GaNewsApp", "run"]
