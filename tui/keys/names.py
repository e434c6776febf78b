"""Names of keys: Textual's, those the user writes in settings, and those on screen.

Textual names a letter or digit key by its character. Another character has its Unicode name in lower case with
underscores; six have shorter names, such as `slash`. Special keys are words, and modifiers precede a `+`.
"""

import contextlib
import unicodedata
from functools import cache

from ..i18n import N_, _

_SHORTER = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
_LONGER = {short: long for long, short in _SHORTER.items()}
_SHOWN = {
    "escape": "Esc",
    "enter": "Enter",
    "tab": "Tab",
    "backspace": "Backspace",
    "insert": "Ins",
    "delete": "Del",
    "home": "Home",
    "end": "End",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "up": N_("上键"),
    "down": N_("下键"),
    "left": N_("左键"),
    "right": N_("右键"),
    "space": N_("空格"),
}
"""Arrow keys are shown as words, because arrow characters are of ambiguous width."""
_SPECIAL = {*_SHOWN, *(f"f{n}" for n in range(1, 25))}
_SYNONYMS = {"esc": "escape", "return": "enter", "pgup": "pageup", "pgdn": "pagedown", "del": "delete", "ins": "insert"}
_MODIFIERS = ("alt", "ctrl", "shift", "super", "hyper", "meta")
_IME_VARIANTS = {
    " ": "\u3000",
    "/": "、／",
    "\\": "＼",
    "[": "【［",
    "]": "】］",
    "{": "｛「『",
    "}": "｝」』",
    "<": "《＜",
    ">": "》＞",
    ",": "，",
    ".": "。．",
    "$": "￥＄",
    "`": "·｀",
    "'": "‘’＇",
    '"': "“”＂",
}
"""Characters that a key types with a pinyin input method on (GB/T 15834), if other than its full-width form."""


def key_name(character: str) -> str:
    """Return the Textual name of the key that types `character`: `slash` for `/`, `ideographic_comma` for `、`."""
    if character.isalnum():
        return character
    name = unicodedata.name(character, character).lower().replace("-", "_").replace(" ", "_")
    return _SHORTER.get(name, name)


@cache
def character(key: str) -> str | None:
    """Return the character that the key types, or None for a special key or one with a modifier."""
    if len(key) == 1:
        return key
    if key in _SPECIAL or not key.isascii():
        return " " if key == "space" else None
    words = _LONGER.get(key, key).split("_")
    for hyphen in range(len(words)):
        name = " ".join(words[:hyphen]) + "-" * bool(hyphen) + " ".join(words[hyphen:])
        with contextlib.suppress(KeyError):
            return unicodedata.lookup(name)
    return None


@cache
def ime_variants_of(key: str) -> tuple[str, ...]:
    """Return the keys that arrive instead of `key` while a Chinese input method or full-width input is on."""
    typed = character(key)
    if typed is None or not " " <= typed <= "~":
        return ()
    return tuple(key_name(variant) for variant in _IME_VARIANTS.get(typed) or chr(ord(typed) + 0xFEE0))


def read(written: str) -> str | None:
    """Return the Textual name of a key that the user wrote as `/`, `Ctrl+F`, `pgdn` or `slash`, or None."""
    if len(written) == 1:
        return "space" if written == " " else key_name(written)
    *modifiers, key = written.strip().split("+") if not written.endswith("++") else [*written[:-2].split("+"), "+"]
    held = sorted({modifier.strip().lower() for modifier in modifiers})
    key = key.strip()
    name = _SYNONYMS.get(key.lower(), key.lower()) if len(key) > 1 else key
    if any(modifier not in _MODIFIERS for modifier in held) or not name:
        return None
    if len(name) == 1:
        name = key_name(name.lower() if {"ctrl", "alt"} & set(held) else name)
    elif name not in _SPECIAL and character(name) is None:
        return None
    return "+".join([*held, name])


def shown(key: str) -> str:
    """Return the key as shown to the user: `/` for `slash`, `Ctrl+F` for `ctrl+f`, `PgDn` for `pagedown`."""
    *modifiers, last = key.split("+")
    if last in _SHOWN:
        name = _(_SHOWN[last])
    else:
        name = character(last) or last
        if modifiers or last in _SPECIAL:
            name = name.upper()
    return "+".join([*(modifier.title() for modifier in modifiers), name])
