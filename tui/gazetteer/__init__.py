"""The gazetteer of a library: its places, and the places above them.

The gazetteer is a YAML file (`gazetteer.yaml`) of one region, its leagues and their counties and banners. Places are
known by their GB/T 2260 code. Words: a *label* is what the screen shows (科右中旗), the *name* is the official one
(科尔沁右翼中旗), a *seat* is the town the offices sit in (巴彦呼舒) and what a dateline often names instead.
"""

from pathlib import Path

from ..i18n import _
from ..problem import Problem
from .gazetteer import EMPTY, Authority, BadGazetteer, Gazetteer, Level, Place, aligned

__all__ = ["EMPTY", "Authority", "BadGazetteer", "Gazetteer", "Level", "Place", "aligned", "load"]


def load(path: Path) -> Gazetteer:
    """Return the gazetteer in the file. Raises BadGazetteer, which names every bad line at once."""
    from .yaml_file import read  # yaml is slow to import, and the app's start does without

    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadGazetteer([Problem(str(path), None, "gazetteer", _("地名表读不出来：") + str(error))]) from error
    return read(text, str(path))
