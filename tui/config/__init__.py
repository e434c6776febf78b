"""The user's settings: one YAML file in the config folder, and the problems in it."""

from .file import load, override
from .file_watcher import FileWatcher
from .setting_table import SETTINGS, Setting
from .settings import Settings
from .settings_yaml import sample, to_yaml, write_sample
from .typesetting import measure_of, style_of

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
