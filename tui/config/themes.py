"""The themes there are: what the setting `theme` may name."""

from pathlib import Path

from ..theme import BUILTIN
from .setting_table import WrongValue


def check_theme(name: str, folder: Path) -> None:
    """Raise WrongValue, with all names, for a theme that is neither ours nor a file in `folder`."""
    ours = ["auto", *(look.name for look in BUILTIN)]
    if name not in ours and name not in (own := _own_names(folder)):
        raise WrongValue(" | ".join([*ours, *own]))


def _own_names(folder: Path) -> list[str]:
    return sorted(path.stem for path in folder.glob("*.yaml"))
