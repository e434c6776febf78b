"""What can be set, with its defaults."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Literal, NamedTuple


class Settings(NamedTuple):
    """One value a setting; each has its line in `table.SETTINGS`, and the same name in the file."""

    theme: str = "auto"
    """`auto` goes by the terminal's background; else the name of a look, ours or the person's."""
    measure: int = 36
    """Width of the text column, in Chinese characters of two cells."""
    indent: int = 2
    """Indent of a paragraph's first line, in characters."""
    blank_lines: int = 0
    """Blank lines between paragraphs."""
    hanging: bool = False
    justify: bool = False
    optimal: bool = False
    """Break the lines of a paragraph together, for evener lines."""
    quotes: Literal["narrow", "padded"] = "narrow"
    ambiguous_width: Literal["auto", "1", "2"] = "auto"
    """Cells of a character whose width the terminal decides (UAX #11: ambiguous)."""
    language: Literal["auto", "zh", "en"] = "auto"
    mouse: bool = True
    plain: bool = False
    """Numbered menus instead of a screen."""
    libraries: tuple[Path, ...] = ()
    """Folders to open; the first at a start without a folder. None: the bundled one."""
    keys: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    """A command's id and its keys, as Textual key names; see `keys.remap`."""
