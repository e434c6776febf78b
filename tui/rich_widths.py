"""The width of ambiguous characters in Rich, and so in Textual.

Rich has no setting for it (https://github.com/Textualize/rich/issues/4197). `use_ambiguous` replaces what its modules
look up at each call. This is the only module that uses private names of Rich; tests/test_private_names.py lists them.
"""

from bisect import bisect_right
from functools import cache
from importlib import import_module
from typing import Any
from unicodedata import east_asian_width

from rich.cells import CellTable, cached_cell_len, get_character_cell_size

from .cells import AmbiguousWidth, is_ambiguous

_CELLS: Any = import_module("rich.cells")
_SEGMENT: Any = import_module("rich.segment")
_load_table = _CELLS.load_cell_table
_is_single = _CELLS._is_single_cell_widths
_SEARCHED = (range(0xA0, 0x2C00), range(0x3200, 0x3300), range(0xFFF0, 0x10000), range(0x1F100, 0x1F200))
"""Code points among which all ambiguous characters are. A search of all of Unicode would take 60 ms."""


def use_ambiguous(width: AmbiguousWidth) -> None:
    """Let `cells`, Rich and Textual count this many cells for an ambiguous character from now on.

    The caller has to lay out again what it has measured before.
    """
    single, load = _is_single, _load_table
    if width == 2:
        single = frozenset(c for c in _CELLS._SINGLE_CELLS if not is_ambiguous(c)).issuperset
        load = _wide_table
    for module in (_CELLS, _SEGMENT):
        module._is_single_cell_widths = single
    _CELLS.load_cell_table = load
    get_character_cell_size.cache_clear()
    cached_cell_len.cache_clear()
    _SEGMENT.Segment._split_cells.cache_clear()


@cache
def _wide_table(unicode_version: str = "auto") -> CellTable:
    """Return Rich's table with ambiguous characters as wide; other characters keep the widths that it gives them."""
    table: CellTable = _load_table(unicode_version)
    starts = [start for start, _end, _width in table.widths]
    wide = [(code, code, 2) for code in _ambiguous() if code > table.widths[bisect_right(starts, code) - 1][1]]
    return table._replace(widths=sorted([*table.widths, *wide]))


def _ambiguous() -> list[int]:
    return [
        code
        for codes in _SEARCHED
        for code, width in zip(codes, map(east_asian_width, map(chr, codes)), strict=True)
        if width == "A" and is_ambiguous(chr(code))
    ]
