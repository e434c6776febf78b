"""What has this person set, and which line of it is wrong? One YAML file in the config folder."""

from .file import load, override
from .settings import Settings
from .table import SETTINGS, Setting
from .watch import Watch
from .write import sample, write_sample, written

__all__ = ["SETTINGS", "Setting", "Settings", "Watch", "load", "override", "sample", "write_sample", "written"]
