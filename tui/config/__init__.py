"""What has this person set, and which line of it is wrong? One YAML file in the config folder."""

from .file import load, override
from .file_watcher import FileWatcher
from .setting_table import SETTINGS, Setting
from .settings import Settings
from .typesetting import measure_of, style_of
from .write import sample, write_sample, written

__all__ = [
    "SETTINGS",
    "FileWatcher",
    "Setting",
    "Settings",
    "load",
    "measure_of",
    "override",
    "sample",
    "style_of",
    "write_sample",
    "written",
]
