"""The words on screen: Chinese is written in the code, other languages come from gettext catalogues.

`_("搜索")` gives the word in the language chosen; without a choice, or without a translation, Chinese.
A message with a number or a name in it is a template: `_("{n} 篇").format(n=7)`.
"""

import os
from collections.abc import Callable
from pathlib import Path

DOMAIN = "ganews-tui"
_LOCALE = Path(__file__).resolve().parent / "locale"
_translate: Callable[[str], str] = str


def _(message: str) -> str:
    """The message in the language chosen with `choose`."""
    return _translate(message)


def N_(message: str) -> str:
    """The message itself, marked for translation: written in a table at import time, given to `_` when shown."""
    return message


def set_language(language: str | None = None) -> str:
    """Choose `zh` or `en` for all messages; without one, by the locale. Returns the language chosen."""
    global _translate
    chosen = language or from_locale(os.environ)
    if chosen == "zh":
        _translate = str
    else:
        import gettext

        _translate = gettext.translation(DOMAIN, _LOCALE, [chosen], fallback=True).gettext
    return chosen


def from_locale(environ: "os._Environ[str] | dict[str, str]") -> str:
    """`zh` or `en`, from LC_ALL, LC_MESSAGES and LANG in that order; Chinese where the locale names no language."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = environ.get(name, "")
        if value:
            return "en" if value.startswith("en") else "zh"
    return "zh"
