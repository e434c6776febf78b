"""The character encoding that the user says the terminal has, where it is not UTF-8."""

from collections.abc import Mapping

_VARIABLES = ("LC_ALL", "LC_CTYPE", "LANG")
"""In the order in which the C library looks (POSIX, Environment Variables)."""
_UNSAID = frozenset(("", "utf8", "ansix3.41968", "usascii", "ascii", "646", "c", "posix"))
"""Names without hyphens. An ASCII locale is one that nobody set: what the terminal can show is then unknown."""
_SIMPLIFIED = "\u95fb\u62a5\u7eb8"
"""Characters that only Simplified Chinese has: Big5 and Latin encodings lack them."""


def other_encoding(environ: Mapping[str, str], system: str = "") -> str | None:
    """Return Python's name of the terminal's encoding; None where it is UTF-8, not said, or unknown.

    The name of the locale counts (`zh_CN.GB18030`), whether this machine has it or not: over SSH it comes from where
    the terminal is. `system` is the C library's answer, for a locale whose name does not say it (`zh_CN`).
    """
    if environ.get("PYTHONIOENCODING") or environ.get("PYTHONUTF8") == "1":
        return None
    locale = next((value for name in _VARIABLES if (value := environ.get(name))), "")
    name = locale.partition(".")[2].partition("@")[0] or system
    if name.lower().replace("-", "").replace("_", "") in _UNSAID:
        return None
    import codecs

    try:
        found = codecs.lookup(name).name
        "a".encode(found)
    except (LookupError, ValueError):
        return None
    return None if found == "utf-8" else found


def writes_chinese(encoding: str) -> bool:
    """Whether Simplified Chinese can be written in this encoding."""
    try:
        _SIMPLIFIED.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def system_encoding() -> str:
    """The encoding of the locale, as the C library names it."""
    from locale import CODESET, nl_langinfo

    return nl_langinfo(CODESET)
