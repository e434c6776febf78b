"""The few files that a page is made of. A fixed table: no path from outside ever reaches the file system."""

import json
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
    if name not in BUILT and name not in OURS:
        return None
    data = (files(__package__) / "page" / name).read_bytes()
    return File(f"{_TYPES[name.rpartition('.')[2]]}; charset=utf-8", data)


def _widths() -> bytes:
    """Return the ranges of characters of ambiguous width: in the page each of them takes two cells (UAX #11)."""
    ranges: list[tuple[int, int]] = []
    for code in filter(lambda code: is_ambiguous(chr(code)), range(_FIRST_AMBIGUOUS, _LAST_AMBIGUOUS + 1)):
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1] = ranges[-1][0], code
        else:
            ranges.append((code, code))
    return json.dumps(ranges, separators=(",", ":")).encode()
