"""The user's settings: one YAML file in the config folder, and the problems in it."""

from .file import load, override
from .file_watcher import FileWatcher
from .setting_table import SETTINGS, Setting
from .settings import Settings
from .typesetting import measure_of, style_of
from .write import sample, to_yaml, write_sample

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
    "to_yaml",
    "write_sample",
]
