"""The gazetteer of a library: its places and their hierarchy.

The gazetteer is a YAML file (`gazetteer.yaml`) of one region, its leagues and their counties and banners. The GB/T 2260
code identifies a place. The *label* is what the screen shows (科右中旗), the *name* is the official one
(科尔沁右翼中旗), and the *seat* is the town with the government offices (巴彦呼舒), which a dateline often names
instead.
"""

from pathlib import Path

from ..i18n import _
from ..problem import Problem
from .gazetteer import EMPTY, Authority, BadGazetteer, Gazetteer, Level, Place, aligned

__all__ = ["EMPTY", "Authority", "BadGazetteer", "Gazetteer", "Level", "Place", "aligned", "load"]


def load(path: Path) -> Gazetteer:
    """Return the gazetteer in the file. Raises BadGazetteer with a problem for every bad line."""
    from .yaml_file import read  # only if needed: yaml is slow to import

    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadGazetteer([Problem(str(path), None, "gazetteer", _("地名表读不出来：") + str(error))]) from error
    return read(text, str(path))
