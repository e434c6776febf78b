"""Load modules and programs from absolute folders only, never from the working folder.

Users often start the program inside a library whose files come from other people. Python and the system search the
working folder wherever `sys.path`, PATH or a similar list has an empty or relative entry.

This module imports only modules that Python has already loaded, so it cannot itself import from the working folder.
"""

import os
import sys

_FOLDER_LISTS = (
    *("PATH", "PYTHONPATH", "PYTHONPYCACHEPREFIX"),
    *("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH"),
)
"""Environment variables with folders of programs, modules or shared libraries."""


def forget_working_folder() -> None:
    """Remove relative entries from `sys.path`, and the working folder, which `python -m` puts first. Call it once."""
    if sys.path and sys.path[0] == _working_folder() and not sys.flags.safe_path:
        del sys.path[0]
    forget_relative_folders()


def forget_relative_folders() -> None:
    """Remove relative entries from `sys.path`, and ignore a relative folder of compiled modules.

    An absolute entry of PYTHONPATH is the user's choice and stays, even if it is the working folder.
    """
    relative = _relative_python_path()
    sys.path[:] = [entry for entry in module_path() if entry not in relative]
    if not os.path.isabs(sys.pycache_prefix or os.sep):
        sys.pycache_prefix = None


def module_path() -> list[str]:
    """Return the absolute entries of `sys.path`."""
    return [entry for entry in sys.path if os.path.isabs(entry)]


def find_program(name: str) -> str | None:
    """Return the absolute path of a program in one of the absolute folders of PATH, or None.

    A name with a slash in it must be an absolute path.
    """
    if os.path.isabs(name):
        return name if _is_program(name) else None
    if not name or os.sep in name:
        return None
    paths = (os.path.join(folder, name) for folder in _absolute(os.environ.get("PATH", os.defpath)))
    return next(filter(_is_program, paths), None)


def program_environment() -> dict[str, str]:
    """Return the environment for other programs: that of this process, without relative entries in lists of folders."""
    lists = {name: os.pathsep.join(_absolute(os.environ[name])) for name in _FOLDER_LISTS if name in os.environ}
    kept = {name: value for name, value in os.environ.items() if name not in lists}
    return kept | {name: value for name, value in lists.items() if value}


def _absolute(folders: str) -> list[str]:
    return [folder for folder in folders.split(os.pathsep) if os.path.isabs(folder)]


def _is_program(path: str) -> bool:
    return os.path.isfile(path) and os.access(path, os.X_OK)


def _relative_python_path() -> set[str]:
    """Return the folders on `sys.path` that are relative entries of PYTHONPATH, which Python has made absolute."""
    variable = os.environ.get("PYTHONPATH", "")
    if not variable or not _working_folder():
        return set()
    relative = {os.path.abspath(entry) for entry in variable.split(os.pathsep) if not os.path.isabs(entry)}
    return relative.difference(_absolute(variable), [os.path.dirname(os.__file__)])


def _working_folder() -> str | None:
    try:
        return os.getcwd()
    except OSError:  # it has been deleted
        return None
