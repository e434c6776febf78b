"""The few files that a page is made of. A fixed table: no path from outside ever reaches the file system."""

import json
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from ..cells import is_ambiguous

_TYPES = {"html": "text/html", "mjs": "text/javascript", "css": "text/css", "json": "application/json"}
_TYPES |= {"woff2": "font/woff2", "txt": "text/plain"}
BUILT = (
    *("xterm.mjs", "unicode-graphemes.mjs", "fit.mjs", "xterm.css"),
    *("mono-400.woff2", "mono-700.woff2", "licences.txt"),
)
"""Made by `make page`; not kept in the repository."""
_FIRST_AMBIGUOUS, _LAST_AMBIGUOUS = 0xA0, 0x1F1FF
"""Code points; outside of them only private use is ambiguous, which is never sent."""
_FIRST_SYMBOL, _LAST_SYMBOL = 0x2010, 0x2BFF
_NARROW_FONTS = ("DejaVu Sans Mono", "Menlo", "Cascadia Mono", "Consolas", "Liberation Mono", "Roboto Mono")
OURS = ("index.html", "page.mjs", "composition.mjs", "widths.mjs", "page.css")
SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; connect-src 'self'; font-src 'self'; "
        "style-src 'self' 'unsafe-inline'; img-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; "
        "require-trusted-types-for 'script'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class File(NamedTuple):
    """A file as it is sent."""

    content_type: str
    data: bytes


def missing() -> list[str]:
    """Return the names of the files that `make page` has not made yet."""
    folder = files(__package__) / "page"
    return [name for name in BUILT if not (folder / name).is_file()]


@cache
def page_file(path: str) -> File | None:
    """Return the file for the path of a URL (`/`, `/page.mjs`), or None for any other path."""
    name = "index.html" if path == "/" else path.removeprefix("/")
    if name == "widths.json":
        return File(_TYPES["json"], _widths())
    if name == "symbols.css":
        return File(f"{_TYPES['css']}; charset=utf-8", _symbols())
    if name not in BUILT and name not in OURS:
        return None
    data = (files(__package__) / "page" / name).read_bytes()
    return File(f"{_TYPES[name.rpartition('.')[2]]}; charset=utf-8", data)


def _widths() -> bytes:
    """Return the ranges of characters of ambiguous width: in the page each of them takes two cells (UAX #11)."""
    codes = (code for code in range(_FIRST_AMBIGUOUS, _LAST_AMBIGUOUS + 1) if is_ambiguous(chr(code)))
    return json.dumps(_ranges(codes), separators=(",", ":")).encode()


def _symbols() -> bytes:
    """Return the style of the symbols that take one cell, such as ▪ and ⋯.

    A Chinese font draws them two cells wide, and the page would cut them. They come from a monospaced font of the
    reader's system; nearly all of these are 0.6 em wide, a cell is half an em.
    """
    codes = (code for code in range(_FIRST_SYMBOL, _LAST_SYMBOL + 1) if _is_narrow_symbol(chr(code)))
    ranges = ", ".join(f"U+{first:X}-{last:X}" for first, last in _ranges(codes))
    local = ", ".join(f'local("{name}")' for name in _NARROW_FONTS)
    return (
        f'@font-face {{ font-family: "ganews symbols"; src: {local}; size-adjust: 83%; unicode-range: {ranges}; }}\n'
    ).encode()


def _is_narrow_symbol(character: str) -> bool:
    is_symbol = unicodedata.category(character)[0] in "SP"
    return is_symbol and unicodedata.east_asian_width(character) in ("N", "Na")


def _ranges(codes: Iterable[int]) -> list[tuple[int, int]]:
    """Return rising code points as pairs of first and last."""
    ranges: list[tuple[int, int]] = []
    for code in codes:
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1] = ranges[-1][0], code
        else:
            ranges.append((code, code))
    return ranges
