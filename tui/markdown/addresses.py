"""Addresses of links and pictures, and the labels of link definitions."""

import re

from ..clean import clean_line

_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_ALT = re.compile(r"""\s(alt|src|href)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)


def plain_address(written: str) -> str:
    """Return an address with its escapes and character references decoded."""
    if "\\" not in written and "&" not in written:
        return clean_line(written)
    from html import unescape

    return clean_line(unescape(_ESCAPE.sub(r"\1", written)))


def safe_target(target: str) -> bool:
    """Return whether an address is safe to follow: http, https, mailto, or a relative path."""
    scheme = _SCHEME.match(target)
    return scheme is None or scheme[0].lower() in ("http:", "https:", "mailto:")


def folded_label(label: str) -> str:
    """Return a link definition's label normalized for comparison."""
    return " ".join(label.split()).casefold()


def attribute(tag: str, name: str) -> str:
    """Return an attribute of an HTML tag, or an empty text if it is missing."""
    for found in _ALT.finditer(tag[:5000]):
        if found[1].lower() == name:
            return next(filter(None, found.groups()[1:]), "")
    return ""


def file_name(address: str) -> str:
    return address.rpartition("/")[2].partition("?")[0]


def without_trailing(address: str) -> str:
    """Return a bare address without trailing punctuation; balanced parentheses are kept."""
    opened, closed = address.count("("), address.count(")")
    while address and (address[-1] in ".,;:!?*_~-'" or (address[-1] == ")" and closed > opened)):
        closed -= address[-1] == ")"
        address = address[:-1]
    return address
