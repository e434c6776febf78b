"""Cheap detection of changes in a library's folder, in half the time of a walk."""

import os
from pathlib import Path

from .file_kinds import kind_of
from .walk import DEEPEST, MOST


def glance(root: Path) -> int:
    """Return a hash of the names, sizes, time stamps and inodes of the files that a walk would visit."""
    found, looked = 0, 0
    left = [(str(root), 0)]
    while left and looked < MOST:
        folder, depth = left.pop()
        looked += 1
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    name = entry.name
                    if entry.is_dir(follow_symlinks=False):
                        if depth < DEEPEST and name[0] != ".":
                            left.append((entry.path, depth + 1))
                        found = hash((found, name))
                        continue
                    if not (name.endswith((".md", ".yaml")) or kind_of(name) or entry.is_symlink()):
                        continue
                    about = entry.stat(follow_symlinks=False)
                    found = hash((found, name, about.st_size, about.st_mtime_ns, about.st_ino, about.st_mode))
                    if entry.is_symlink():
                        found = hash((found, _target(entry.path)))
        except OSError as error:
            found = hash((found, folder, error.errno))
    return found


def _target(path: str) -> tuple[int, ...]:
    """Return size, time stamp, inode and mode of a link's target, or the error number if it has none."""
    try:
        about = os.stat(path)
    except OSError as error:
        return (error.errno or 0,)
    return about.st_size, about.st_mtime_ns, about.st_ino, about.st_mode
