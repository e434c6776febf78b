"""The Textual application: what it opens, how it is set, and what goes on in the background.

`start` opens the stores and ends them; `app` holds them and opens the screens; `preferences` is the settings and looks
as they are now; `indexing` is what another thread does, `choosers` the
lists to choose from, imported when one is wanted.
"""

from .app import GaNewsApp
from .start import run

__all__ = ["GaNewsApp", "run"]
