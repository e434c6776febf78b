"""The character encoding of the terminal according to the user's locale, if it is not UTF-8."""

import codecs
from collections.abc import Mapping
from locale import CODESET, nl_langinfo

_VARIABLES = ("LC_ALL", "LC_CTYPE", "LANG")
"""Variables in the order in which the C library reads them (POSIX, Environment Variables)."""
_UNINFORMATIVE = frozenset(("", "utf8", "ansix3.41968", "usascii", "ascii", "646", "c", "posix"))
"""Encodings without hyphens that say nothing. Few users choose an ASCII locale, so the terminal may know more."""
_SIMPLIFIED_ONLY = "\u95fb\u62a5\u7eb8"
"""Characters that exist in Simplified Chinese only. Big5 and Latin encodings lack them."""


def other_encoding(environ: Mapping[str, str], system: str = "") -> str | None:
    """Return Python's name of the terminal's encoding, or None if it is UTF-8, missing or unknown.

    The locale's name decides (`zh_CN.GB18030`), even if this machine lacks that locale: over SSH it comes from the
    machine with the terminal. `system` is the C library's answer for names without an encoding (`zh_CN`).
    """
    if environ.get("PYTHONIOENCODING") or environ.get("PYTHONUTF8") == "1":
        return None
    locale = next((value for name in _VARIABLES if (value := environ.get(name))), "")
    name = locale.partition(".")[2].partition("@")[0] or system
    if name.lower().replace("-", "").replace("_", "") in _UNINFORMATIVE:
        return None
    try:
        found = codecs.lookup(name).name
        "a".encode(found)
    except (LookupError, ValueError):
        return None
    return None if found == "utf-8" else found


def writes_chinese(encoding: str) -> bool:
    """Return whether Simplified Chinese can be written in this encoding."""
    try:
        _SIMPLIFIED_ONLY.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def system_encoding() -> str:
    """Return the encoding of the locale as the C library names it."""
    return nl_langinfo(CODESET)
