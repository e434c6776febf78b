"""Names of keys: the terminal library's, the person's, and the ones on screen.

A key that types a letter or digit is named by that character, any other character by its Unicode name in lower
case with underscores, with six shorter names (`slash`, `plus`, …); special keys by words; modifiers before a `+`.
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
"""Arrows are words here: the arrow characters are of ambiguous width."""
_SPECIAL = {*_SHOWN, *(f"f{n}" for n in range(1, 25))}
_ALSO = {"esc": "escape", "return": "enter", "pgup": "pageup", "pgdn": "pagedown", "del": "delete", "ins": "insert"}
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
"""Where the key gives something else than the full-width form (GB/T 15834 marks on a pinyin keyboard)."""


def key_name(character: str) -> str:
    """The name of the key that types this one character: `/` is `slash`, `、` is `ideographic_comma`, `j` is `j`."""
    if character.isalnum():
        return character
    name = unicodedata.name(character, character).lower().replace("-", "_").replace(" ", "_")
    return _SHORTER.get(name, name)


@cache
def character(key: str) -> str | None:
    """The character a key types, or None for a special key or one with a modifier."""
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
    """The keys that arrive instead of this one with a Chinese input method or full-width forms on."""
    typed = character(key)
    if typed is None or not " " <= typed <= "~":
        return ()
    return tuple(key_name(twin) for twin in _IME_VARIANTS.get(typed) or chr(ord(typed) + 0xFEE0))


def read(written: str) -> str | None:
    """The key's name from what a person wrote (`/`, `Ctrl+F`, `pgdn`, `slash`), or None if it names none."""
    if len(written) == 1:
        return "space" if written == " " else key_name(written)
    *modifiers, key = written.strip().split("+") if not written.endswith("++") else [*written[:-2].split("+"), "+"]
    held = sorted({modifier.strip().lower() for modifier in modifiers})
    key = key.strip()
    name = _ALSO.get(key.lower(), key.lower()) if len(key) > 1 else key
    if any(modifier not in _MODIFIERS for modifier in held) or not name:
        return None
    if len(name) == 1:
        name = key_name(name.lower() if "ctrl" in held else name)
    elif name not in _SPECIAL and character(name) is None:
        return None
    return "+".join([*held, name])


def shown(key: str) -> str:
    """The key as it is shown: `slash` is `/`, `ctrl+f` is `Ctrl+F`, `pagedown` is `PgDn`."""
    *modifiers, last = key.split("+")
    if last in _SHOWN:
        name = _(_SHOWN[last])
    else:
        name = character(last) or last
        if modifiers or last in _SPECIAL:
            name = name.upper()
    return "+".join([*(modifier.title() for modifier in modifiers), name])
