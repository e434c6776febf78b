"""Which keys a terminal can send. In its oldest form, which every terminal speaks, some keys send the same bytes."""

from .names import character

_SAME = {
    "ctrl+i": "tab",
    "ctrl+m": "enter",
    "ctrl+h": "backspace",
    "ctrl+left_square_bracket": "escape",
}
_MOVING = frozenset(("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "insert", "delete"))
_FUNCTION = frozenset(f"f{number}" for number in range(1, 13))
_CONTROLLED = frozenset(("backslash", "right_square_bracket", "circumflex_accent", "underscore"))
"""Keys beside the letters that send a control character with Ctrl (ECMA-48)."""
_ALTERED = frozenset(("enter", "backspace", "space"))


def same_as(key: str) -> str | None:
    """Return the key that sends the same bytes as this one and is understood instead of it, or None."""
    modifiers, _plus, last = key.rpartition("+")
    if modifiers == "shift" and len(last) == 1 and last.upper() != last.lower():
        return last.upper()
    return _SAME.get(key)


def is_sendable(key: str) -> bool:
    """Whether every terminal sends this key (named as `read` names it) and no other key sends the same."""
    *modifiers, last = key.split("+")
    held = set(modifiers)
    if same_as(key) or held & {"super", "hyper", "meta"}:
        return False
    if not held or last in _MOVING or last in _FUNCTION:
        return True
    if held == {"shift"}:
        return last == "tab"
    if "shift" in held:
        return False
    if "ctrl" in held:
        return last in _CONTROLLED or (len(last) == 1 and last.isascii() and last.isalpha())
    return last in _ALTERED or character(last) is not None
