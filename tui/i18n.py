"""Translation of messages. The code holds the Chinese text; gettext catalogues hold other languages.

`_("搜索")` returns the text in the current language, or in Chinese if there is no translation. A message with a number
or name is a template: `_("{n} 篇").format(n=7)`.
"""

import os
from collections.abc import Callable
from pathlib import Path

DOMAIN = "ganews-tui"
_LOCALE = Path(__file__).resolve().parent / "locale"
_translate: Callable[[str], str] = str


def _(message: str) -> str:
    """Return the message in the language set with `set_language`."""
    return _translate(message)


def N_(message: str) -> str:
    """Return the message unchanged. Marks text in a table for translation by `_` when it is shown."""
    return message


def set_language(language: str | None = None) -> str:
    """Set the language of all messages, `zh` or `en`, or else that of the locale, and return it."""
    global _translate
    chosen = language or from_locale(os.environ)
    if chosen == "zh":
        _translate = str
    else:
        import gettext

        _translate = gettext.translation(DOMAIN, _LOCALE, [chosen], fallback=True).gettext
    return chosen


def from_locale(environ: "os._Environ[str] | dict[str, str]") -> str:
    """Return `zh` or `en` from LC_ALL, LC_MESSAGES or LANG, in this order; `zh` if none is set."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = environ.get(name, "")
        if value:
            return "en" if value.startswith("en") else "zh"
    return "zh"
