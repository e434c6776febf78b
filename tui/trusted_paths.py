"""Where modules and programs may come from: absolute folders only, never the folder the program was started in.

A reader often starts the program inside a library, and whoever made the library put the files there. Python and the
system look into the working folder wherever `sys.path`, PATH or the like holds an empty or relative entry.

Imports only what Python has loaded at its start, so that nothing is imported from the working folder by this module.
"""

import os
import sys

_FOLDER_LISTS = (
    *("PATH", "PYTHONPATH", "PYTHONPYCACHEPREFIX"),
    *("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH"),
)
"""Variables that name folders which programs, modules or shared libraries are loaded from."""


def forget_working_folder() -> None:
    """Remove from `sys.path` the working folder, which `python -m` puts first, and relative entries. Call it once."""
    if sys.path and sys.path[0] == _working_folder() and not sys.flags.safe_path:
        del sys.path[0]
    forget_relative_folders()


def forget_relative_folders() -> None:
    """Remove from `sys.path` what is relative to the working folder, and use no relative folder of compiled modules.

    An absolute entry of PYTHONPATH is the user's own choice and stays, even if it is the working folder.
    """
    relative = _relative_python_path()
    sys.path[:] = [entry for entry in module_path() if entry not in relative]
    if not os.path.isabs(sys.pycache_prefix or os.sep):
        sys.pycache_prefix = None


def module_path() -> list[str]:
    """Return the absolute entries of `sys.path`."""
    return [entry for entry in sys.path if os.path.isabs(entry)]


def find_program(name: str) -> str | None:
    """Return the absolute path of a program, looked up in the absolute folders of PATH; None if there is none.

    A name with a slash in it must be an absolute path.
    """
    if os.path.isabs(name):
        return name if _is_program(name) else None
    if not name or os.sep in name:
        return None
    paths = (os.path.join(folder, name) for folder in _absolute(os.environ.get("PATH", os.defpath)))
    return next(filter(_is_program, paths), None)


def program_environment() -> dict[str, str]:
    """Return the environment for other programs: ours, without relative entries in lists of folders."""
    lists = {name: os.pathsep.join(_absolute(os.environ[name])) for name in _FOLDER_LISTS if name in os.environ}
    kept = {name: value for name, value in os.environ.items() if name not in lists}
    return kept | {name: value for name, value in lists.items() if value}


def _absolute(folders: str) -> list[str]:
    return [folder for folder in folders.split(os.pathsep) if os.path.isabs(folder)]


def _is_program(path: str) -> bool:
    return os.path.isfile(path) and os.access(path, os.X_OK)


def _relative_python_path() -> set[str]:
    """Folders that are on `sys.path` because PYTHONPATH has relative entries, which Python has made absolute."""
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
