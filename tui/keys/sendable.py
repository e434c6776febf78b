"""The keys that every terminal can send. In the original encoding some keys send the same bytes."""

from .names import character

_SAME_BYTES = {
    "ctrl+i": "tab",
    "ctrl+j": "enter",
    "ctrl+m": "enter",
    "ctrl+h": "backspace",
    "ctrl+left_square_bracket": "escape",
    "alt+b": "ctrl+left",
    "alt+f": "ctrl+right",
}
_CURSOR_KEYS = frozenset(("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "insert", "delete"))
_FUNCTION_KEYS = frozenset(f"f{number}" for number in range(1, 13))
_CTRL_PUNCTUATION = frozenset(("backslash", "right_square_bracket", "circumflex_accent", "underscore"))
"""Keys other than letters that send a control character with Ctrl (ECMA-48)."""
_ALT_KEYS = frozenset(("enter", "backspace", "space"))
_COMMAND_START = "right_square_bracket"
"""The key that with Alt sends the start of an operating system command (ECMA-48), which ends only at its terminator."""


def same_as(key: str) -> str | None:
    """Return the key that the app receives instead of `key`, because it sends the same bytes, or None."""
    modifiers, _plus, last = key.rpartition("+")
    if modifiers == "shift" and len(last) == 1 and last.upper() != last.lower():
        return last.upper()
    return _SAME_BYTES.get(key)


def is_sendable(key: str) -> bool:
    """Return whether every terminal sends the key, under its Textual name, in bytes that no other key sends."""
    *modifiers, last = key.split("+")
    held = set(modifiers)
    if same_as(key) or held & {"super", "hyper", "meta"}:
        return False
    if not held or last in _CURSOR_KEYS or last in _FUNCTION_KEYS:
        return True
    if held == {"shift"}:
        return last == "tab"
    if "shift" in held:
        return False
    if "ctrl" in held:
        return last in _CTRL_PUNCTUATION or (len(last) == 1 and last.isascii() and last.isalpha())
    return last in _ALT_KEYS or (character(last) is not None and last != _COMMAND_START)
