"""Where things are on disk. Functions, not constants: nothing is created by asking."""

import os
import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_NAME = "ganews-tui"


def content_dir() -> Path:
    """The bundled library: inside the wheel, or beside the package in a checkout."""
    bundled = _PACKAGE / "content"
    return bundled if bundled.is_dir() else _PACKAGE.parent / "content"


def config_dir() -> Path:
    """What the person has set: config.yaml, themes/."""
    return _folder("XDG_CONFIG_HOME", ".config", "Library/Application Support")


def state_dir() -> Path:
    """What the person has done: marks, positions, history. Precious."""
    return _folder("XDG_STATE_HOME", ".local/state", "Library/Application Support")


def state_file() -> Path:
    """The reading state of all libraries."""
    return state_dir() / "reading.sqlite"


def config_file() -> Path:
    """The settings; it need not exist."""
    return config_dir() / "config.yaml"


def cache_dir() -> Path:
    """What can be made again: index, last screen. Disposable."""
    return _folder("XDG_CACHE_HOME", ".cache", "Library/Caches")


def _folder(variable: str, unix: str, mac: str) -> Path:
    base = os.environ.get(variable, "")
    if base and os.path.isabs(base):
        return Path(base) / _NAME
    return Path.home() / (mac if sys.platform == "darwin" else unix) / _NAME
