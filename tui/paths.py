"""Where things are on disk. Functions, not constants: nothing is created by asking.

The last screen is looked up here before anything else is imported, so pathlib waits until a path is wanted.
"""

from __future__ import annotations

import os
import stat
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

_NAME = "ganews-tui"


def content_dir() -> Path:
    """The bundled library: inside the wheel, or beside the package in a checkout."""
    package = _path(os.path.dirname(os.path.realpath(__file__)))
    bundled = package / "content"
    return bundled if bundled.is_dir() else package.parent / "content"


def config_dir() -> Path:
    """What the person has set: config.yaml, themes/."""
    return _path(_folder("XDG_CONFIG_HOME", ".config", "Library/Application Support"))


def state_dir() -> Path:
    """What the person has done: marks, positions, history. Precious."""
    return _path(_folder("XDG_STATE_HOME", ".local/state", "Library/Application Support"))


def state_file() -> Path:
    """The reading state of all libraries."""
    return state_dir() / "reading.sqlite"


def config_file() -> Path:
    """The settings; it need not exist."""
    return config_dir() / "config.yaml"


def cache_dir() -> Path:
    """What can be made again: index, last screen. Disposable."""
    return _path(cache_folder())


def cache_folder() -> str:
    """The same as `cache_dir`, for who cannot wait for pathlib."""
    return _folder("XDG_CACHE_HOME", ".cache", "Library/Caches")


def private_folder(name: str) -> None:
    """Make the folder and those above it that are missing, for their owner alone, whatever the umask. Raises OSError.

    One that is there already and is open to others is closed to them, if it is ours.
    """
    above = os.path.dirname(name)
    if above and above != name and not os.path.isdir(above):
        private_folder(above)
    try:
        os.mkdir(name, 0o700)
    except FileExistsError:
        found = os.stat(name)
        if found.st_uid == os.geteuid() and found.st_mode & 0o077 and not found.st_mode & stat.S_ISVTX:
            os.chmod(name, found.st_mode & 0o700)
    else:
        os.chmod(name, 0o700)


def _path(name: str) -> Path:
    from pathlib import Path

    return Path(name)


def _folder(variable: str, unix: str, mac: str) -> str:
    base = os.environ.get(variable, "")
    if base and os.path.isabs(base):
        return os.path.join(base, _NAME)
    return os.path.join(_home(), mac if sys.platform == "darwin" else unix, _NAME)


def _home() -> str:
    """The home of HOME, or of the system's list of users where HOME is relative to the working folder."""
    home = os.path.expanduser("~")
    if os.path.isabs(home):
        return home
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_dir
    except KeyError:
        return "/nonexistent"
