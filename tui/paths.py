"""Paths of files and folders. Calling a function creates nothing, except for `private_folder`.

The last screen is found through this module before others are imported, so it imports pathlib only when needed.
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
    """Return the bundled library: inside the wheel, or beside the package in a checkout."""
    package = _path(os.path.dirname(os.path.realpath(__file__)))
    bundled = package / "content"
    return bundled if bundled.is_dir() else package.parent / "content"


def config_dir() -> Path:
    """Return the folder of the user's settings and themes."""
    return _path(_folder("XDG_CONFIG_HOME", ".config", "Library/Application Support"))


def state_dir() -> Path:
    """Return the folder of the reading state, which is precious."""
    return _path(_folder("XDG_STATE_HOME", ".local/state", "Library/Application Support"))


def state_file() -> Path:
    """Return the file with the reading state of all libraries."""
    return state_dir() / "reading.sqlite"


def config_file() -> Path:
    """Return the settings file, which need not exist."""
    return config_dir() / "config.yaml"


def cache_dir() -> Path:
    """Return the folder of disposable files: catalogues and the last screen."""
    return _path(cache_folder())


def cache_folder() -> str:
    """Return `cache_dir` as a string, without importing pathlib."""
    return _folder("XDG_CACHE_HOME", ".cache", "Library/Caches")


def private_folder(name: str) -> None:
    """Create the folder and missing parents with mode 0700, whatever the umask. Raises OSError.

    If the folder exists and the user owns it, other users lose access to it.
    """
    above = os.path.dirname(name)
    if above and above != name and not os.path.isdir(above):
        private_folder(above)
    try:
        os.mkdir(name, 0o700)
    except FileExistsError:
        found = os.stat(name)
        if not stat.S_ISDIR(found.st_mode):
            raise
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
    """Return HOME, or the home folder in the system's list of users if HOME is a relative path."""
    home = os.path.expanduser("~")
    if os.path.isabs(home):
        return home
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_dir
    except KeyError:
        return "/nonexistent"
