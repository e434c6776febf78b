"""What this person has set and chosen, as it is now: settings, looks, keys. Read again when a file changes."""

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
    from ..terminal.answers import Background

_NARROWEST, _WIDEST = 10, 48
"""Characters a line."""


class Preferences:
    """Settings from file and command line, what was chosen by a key since, and everything that follows from them."""

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
        """`folder` holds config.yaml and themes/.

        `asked` is how wide the terminal says ambiguous characters are, `ground` how light it says its background is.
        """
        self._file = folder / "config.yaml"
        self._themes = folder / "themes"
        self._flags = flags
        self._environ = environ
        self._reading = reading
        self._in_browser = in_browser
        self.told(asked, ground)
        self.read()

    def told(self, asked: AmbiguousWidth | None, ground: Background | None) -> None:
        """Take what the terminal says about itself; None where it says nothing."""
        self._asked = asked
        self._ground = ground or background(self._environ)

    def read(self) -> None:
        """Read settings and looks."""
        settings, wrong = load(self._file)
        self.settings, wrong_flags = override(settings, self._flags, self._file.parent)
        self.problems: Sequence[Problem] = [*wrong, *wrong_flags]
        self.own: Sequence[ColourTheme] = ()
        if self._themes.is_dir():
            from ..theme.user import user_themes  # most people have none

            self.own, wrong_looks = user_themes(self._themes)
            self.problems = [*self.problems, *wrong_looks]
        self._watch = FileWatcher([self._file, self._themes, *sorted(self._themes.glob("*.yaml"))])

    def changed(self) -> bool:
        """Whether a file changed since it was read; it is read again then."""
        if not self._watch.changed():
            return False
        self.read()
        return True

    @property
    def language(self) -> str | None:
        """The one that was set; None to go by the locale."""
        return None if self.settings.language == "auto" else self.settings.language

    @property
    def files(self) -> list[Path]:
        """What all this is read from."""
        return [self._file, self._themes, *sorted(self._themes.glob("*.yaml"))]

    @property
    def themes(self) -> Sequence[ColourTheme]:
        """Every look there is, ours first."""
        return (*BUILTIN, *self.own)

    @property
    def theme(self) -> ColourTheme:
        """The one to wear."""
        return self.theme_named(self._reading.choice("theme", self.settings.theme) or self.settings.theme)

    def theme_named(self, name: str) -> ColourTheme:
        """A look as far as this terminal can show it."""
        return detect_theme(name, depth(self._environ), self._ground, self.own)

    def apply(self, name: str) -> None:
        """Choose a look until the settings change."""
        self._reading.choose("theme", name, self.settings.theme)

    @property
    def measure(self) -> int:
        """Characters a line, at most."""
        chosen = self._reading.choice("measure", str(self.settings.measure)) or ""
        return int(chosen) if chosen.isdecimal() else self.settings.measure

    def widen(self, by: int) -> None:
        """Make the text column wider by so many characters, until the settings change."""
        measure = min(max(self.measure + by, _NARROWEST), _WIDEST)
        self._reading.choose("measure", str(measure), str(self.settings.measure))

    @property
    def ambiguous(self) -> AmbiguousWidth:
        """Cells of a character of ambiguous width, by settings or terminal."""
        return style_of(self.settings, self._asked).ambiguous

    @property
    def display_options(self) -> DisplayOptions:
        """How everything is shown."""
        commands = remap(self.settings.keys)
        if self._in_browser:
            from ..keys.browser import commands_in_browser

            commands = commands_in_browser(commands)
        style = style_of(self.settings, self._asked)
        return DisplayOptions(self.theme, commands, 2 * self.measure, style, self.settings.still)
