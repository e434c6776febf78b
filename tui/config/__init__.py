"""What has this person set, and which line of it is wrong? One YAML file in the config folder."""

from .file import load, override
from .settings import Settings
from .table import SETTINGS, Setting
from .typesetting import measure_of, style_of
from .watch import Watch
from .write import sample, write_sample, written

__all__ = [
    "SETTINGS",
    "Setting",
    "Settings",
    "Watch",
    "load",
    "measure_of",
    "override",
    "sample",
    "style_of",
    "write_sample",
    "written",
]
