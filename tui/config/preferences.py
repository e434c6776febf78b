"""Everything a person has set, as it is now: settings, keys, own looks; read again when a file changes."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from ..keys import Command, remap
from ..look import Look, own_looks
from ..problem import Problem
from .file import load, override
from .settings import Settings
from .watch import Watch


class Preferences:
    """What the config folder and the command line say."""

    settings: Settings
    commands: Sequence[Command]
    """The table with the person's keys."""
    looks: Sequence[Look]
    """The person's own."""
    problems: Sequence[Problem]
    """Every wrong line, in the order of the files."""

    def __init__(self, folder: Path, flags: Mapping[str, str] | None = None) -> None:
        """Read the folder; `flags` are settings by name that were said on the command line and have the last word."""
        self._file, self._themes = folder / "config.yaml", folder / "themes"
        self._flags = flags or {}
        self._read()

    def changed(self) -> bool:
        """Whether a file has changed since this was last asked; everything has then been read again."""
        if not self._watch.changed():
            return False
        self._read()
        return True

    def _read(self) -> None:
        self._watch = Watch([self._file, self._themes, *sorted(self._themes.glob("*.yaml"))])
        settings, of_file = load(self._file)
        self.settings, of_flags = override(settings, self._flags)
        self.looks, of_looks = own_looks(self._themes)
        self.commands = remap(self.settings.keys)
        self.problems = (*of_file, *of_flags, *of_looks)
