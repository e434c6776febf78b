"""Pictures in a library's folder that may be handed to the desktop."""

import os
import stat
from collections.abc import Sequence
from pathlib import Path

_SUFFIXES = frozenset((".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".avif", ".heic", ".svg"))
"""Kinds of files that a desktop shows. It might start a file of another kind as a program."""
_BESIDE = ("", "static", "source", "public", "docs", "assets")
"""Folders that site generators take for the root of addresses."""
_MOST = 5_000
"""Folders searched for a picture that is named without its folder."""


def picture_file(root: Path, paths: Sequence[str]) -> Path | None:
    """Return the first of `paths`, relative to the library's folder, that is a picture inside it; None without one.

    A path without a folder may also name a picture anywhere in the library. The result has no symbolic links. A picture
    is a regular file with the suffix of a picture.
    """
    real = os.path.realpath(root)
    for path in paths:
        for folder in _BESIDE:
            if _is_picture(found := _resolved(real, folder, path)) and found.startswith(os.path.join(real, "")):
                return Path(found)
    name = next((path for path in reversed(list(paths)) if "/" not in path), "")
    return _named(real, name) if is_picture_name(name) else None


def _named(root: str, name: str) -> Path | None:
    """Return the first picture of this name in the library, as an embed in a wiki link means it."""
    for number, (folder, inner, files) in enumerate(os.walk(root)):
        if number == _MOST:
            break
        inner[:] = sorted(one for one in inner if one[0] != ".")
        if name in files and _is_picture(found := os.path.join(folder, name)):
            return Path(found)
    return None


def _resolved(*parts: str) -> str:
    """Return the real path; empty if a part cannot occur in a path."""
    try:
        return os.path.realpath(os.path.join(*parts))
    except (OSError, ValueError):
        return ""


def is_picture_name(address: str) -> bool:
    """Return whether an address ends like the name of a picture."""
    return os.path.splitext(address.partition("?")[0])[1].lower() in _SUFFIXES


def _is_picture(path: str) -> bool:
    try:
        return is_picture_name(path) and stat.S_ISREG(os.lstat(path).st_mode)
    except (OSError, ValueError):
        return False
