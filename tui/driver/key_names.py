"""Names of keys whose escape sequences Textual does not know or confuses.

Textual takes `CSI 25 ~` (F13) for a control character, rxvt's Ctrl+Down for Up and its Ctrl+Home for End. It reports
Alt with a key as Escape and the key, or as a typed letter.
"""

import re
from collections.abc import Callable, Iterable

from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual.keys import Keys

Named = Callable[[str], Iterable[events.Key]]
"""Textual's own naming: the keys of one sequence or character."""

_RXVT = re.compile(r"\x1b\[(\d{1,2})([$^@])")
_RXVT_MODIFIERS = {"$": ("shift",), "^": ("ctrl",), "@": ("ctrl", "shift")}
_RXVT_ARROWS = {"\x1bOa": "up", "\x1bOb": "down", "\x1bOc": "right", "\x1bOd": "left"}
_MODIFIER = re.compile(r"\x1b\[[\d:]*;")


def keys_of(sequence: str, named: Named) -> list[events.Key]:
    """Return the keys of a complete escape sequence; empty if it stands for none."""
    if sequence.startswith("\x1b\x1b"):
        return [_with(key.key, "alt") for key in keys_of(sequence[1:], named)]
    if (found := _RXVT.fullmatch(sequence)) is not None:
        return [_with(key.key, *_RXVT_MODIFIERS[found[2]]) for key in keys_of(f"\x1b[{found[1]}~", named)]
    if sequence in _RXVT_ARROWS:
        return [_with(_RXVT_ARROWS[sequence], "ctrl")]
    known = ANSI_SEQUENCES_KEYS.get(sequence)
    if isinstance(known, tuple) and (len(sequence) == 2 or not _MODIFIER.match(sequence)):
        return [events.Key(key.value, None) for key in known]
    if len(sequence) == 2:
        return [_with(_letter(key.key), "alt") for key in named(sequence[1])]
    keys = [key for key in named(sequence) if key.key != Keys.Ignore]
    if len(keys) == 2 and keys[0].key == "escape":
        return [_with(keys[1].key, "alt")]
    return keys


def _letter(key: str) -> str:
    return f"shift+{key.lower()}" if len(key) == 1 and key.isupper() else key


def _with(key: str, *modifiers: str) -> events.Key:
    """Return the key with modifiers, which types nothing."""
    *held, name = key.split("+") if not key.endswith("+") else [key]
    return events.Key("+".join([*sorted({*held, *modifiers}), name]), None)
