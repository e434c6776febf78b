"""The settings and their defaults."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Literal, NamedTuple


class Settings(NamedTuple):
    """All settings, under their names in the file. `setting_table.SETTINGS` describes those with a single value."""

    theme: str = "auto"
    """The name of a built-in or user theme; `auto` follows the terminal's background."""
    measure: int = 36
    """Em. The measure of the reader pane."""
    indent: int = 2
    """Em. The indent of the first line of a paragraph."""
    blank_lines: int = 0
    """Blank lines between paragraphs."""
    hanging: bool = False
    justify: bool = False
    optimal: bool = False
    """Choose all line breaks of a paragraph together, for lines of more even length."""
    quotes: Literal["narrow", "padded"] = "narrow"
    ambiguous_width: Literal["auto", "1", "2"] = "auto"
    """Cells of a character of ambiguous width (UAX #11); `auto` asks the terminal."""
    language: Literal["auto", "zh", "en"] = "auto"
    mouse: bool = True
    plain: bool = False
    """Whether to read in the linear mode, without a screen."""
    unit: Literal["sentence", "paragraph", "section"] = "paragraph"
    """The piece of text that the linear mode prints at a time."""
    prompt: str = ">"
    """The prompt of the linear mode on a terminal; `none` means no prompt."""
    still: bool = False
    """Whether the screen changes only after a key, without animation."""
    libraries: tuple[Path | str, ...] = ()
    """Folders of libraries, and addresses of shared ones as text. The app opens the first if no library is given; empty
    means the bundled one."""
    keys: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    """Command ids and their keys as Textual names; see `keys.remap`."""
