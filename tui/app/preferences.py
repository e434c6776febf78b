"""The user's current settings, themes and keys. Reread when a file changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..cells import AmbiguousWidth
from ..config import FileWatcher, load, override, style_of
from ..keys import remap
from ..problem import Problem
from ..reading import Reading
from ..screens.display_options import DisplayOptions
from ..theme import BUILTIN, ColourTheme, background, depth, detect_theme

if TYPE_CHECKING:
    from ..terminal.tty import Background

_NARROWEST, _WIDEST = 10, 48
"""Han characters per line: bounds of the measure that keys can set."""


class Preferences:
    """Settings from file and command line, later choices made by key, and the display options derived from both."""

    def __init__(
        self,
        folder: Path,
        flags: Mapping[str, str],
        environ: Mapping[str, str],
        reading: Reading,
        asked: AmbiguousWidth | None = None,
        ground: Background | None = None,
        in_browser: bool = False,
    ) -> None:
        """Read the preferences. `folder` contains config.yaml and themes/.

        `asked` is the width of ambiguous characters that the terminal reported, `ground` the background that it
        reported; None if it reported nothing.
        """
        self._file = folder / "config.yaml"
        self._themes = folder / "themes"
        self._flags = flags
        self._environ = environ
        self._reading = reading
        self._in_browser = in_browser
        self.terminal_answered(asked, ground)
        self.read()

    def terminal_answered(self, asked: AmbiguousWidth | None, ground: Background | None) -> None:
        """Store what the terminal reported about itself; None for what it did not report."""
        self._asked = asked
        self._ground = ground or background(self._environ)

    def read(self) -> None:
        """Read settings and themes from their files."""
        settings, wrong = load(self._file)
        self.settings, wrong_flags = override(settings, self._flags, self._file.parent)
        self.problems: Sequence[Problem] = [*wrong, *wrong_flags]
        self.own: Sequence[ColourTheme] = ()
        if self._themes.is_dir():
            from ..theme.user import user_themes  # imported only if needed: most users have no themes of their own

            self.own, wrong_looks = user_themes(self._themes)
            self.problems = [*self.problems, *wrong_looks]
        self._watch = FileWatcher([self._file, self._themes, *sorted(self._themes.glob("*.yaml"))])

    def changed(self) -> bool:
        """Reread the files if one changed; return whether one did."""
        if not self._watch.changed():
            return False
        self.read()
        return True

    @property
    def language(self) -> str | None:
        """The language set by the user; None to follow the locale."""
        return None if self.settings.language == "auto" else self.settings.language

    @property
    def files(self) -> list[Path]:
        """The files and folders that the preferences are read from."""
        return [self._file, self._themes, *sorted(self._themes.glob("*.yaml"))]

    @property
    def themes(self) -> Sequence[ColourTheme]:
        """All themes, built-in ones first."""
        return (*BUILTIN, *self.own)

    @property
    def theme(self) -> ColourTheme:
        """The current theme."""
        return self.theme_named(self._reading.choice("theme", self.settings.theme) or self.settings.theme)

    def theme_named(self, name: str) -> ColourTheme:
        """Return the theme with this name, adapted to the terminal's colour depth and background."""
        return detect_theme(name, depth(self._environ), self._ground, self.own)

    def apply(self, name: str) -> None:
        """Choose a theme; the choice holds until the theme setting changes."""
        self._reading.choose("theme", name, self.settings.theme)

    @property
    def measure(self) -> int:
        """Han characters per line, at most."""
        chosen = self._reading.choice("measure", str(self.settings.measure)) or ""
        return int(chosen) if chosen.isdecimal() else self.settings.measure

    def widen(self, by: int) -> None:
        """Widen the text column by `by` Han characters; the choice holds until the measure setting changes."""
        measure = min(max(self.measure + by, _NARROWEST), _WIDEST)
        self._reading.choose("measure", str(measure), str(self.settings.measure))

    @property
    def ambiguous(self) -> AmbiguousWidth:
        """Cells per character of ambiguous width, according to the settings, else the terminal."""
        return style_of(self.settings, self._asked).ambiguous

    @property
    def display_options(self) -> DisplayOptions:
        """The display options for the screens."""
        commands = remap(self.settings.keys)
        if self._in_browser:
            from ..keys.browser import commands_in_browser

            commands = commands_in_browser(commands)
        style = style_of(self.settings, self._asked)
        return DisplayOptions(self.theme, commands, 2 * self.measure, style, self.settings.still)
