"""Check the value of the setting `theme`."""

from pathlib import Path

from ..theme import BUILTIN
from .setting_table import WrongValue


def check_theme(name: str, folder: Path) -> None:
    """Raise WrongValue, which lists all names, if the theme is neither built in nor a file in `folder`."""
    builtin = ["auto", *(theme.name for theme in BUILTIN)]
    if name not in builtin and name not in (user := _user_names(folder)):
        raise WrongValue(" | ".join([*builtin, *user]))


def _user_names(folder: Path) -> list[str]:
    return sorted(path.stem for path in folder.glob("*.yaml"))
