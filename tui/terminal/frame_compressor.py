"""A frame in fewer bytes, for slow lines: the same cells with half of the control sequences.

Textual writes the full style before each run of text and a reset after it, and moves the cursor more often than
needed. Here a style is written only as a difference from the one before. Blanks show only their background, so they are
written in any foreground.
"""

import re
from functools import lru_cache

_SEQUENCE = re.compile(r"([0-9;]*)([mH])|([?0-9;]*[@-~])")
_ENDS = {"1": "22", "3": "23", "4": "24", "7": "27", "9": "29"}
"""The parameter that ends an attribute (ECMA-48 8.3.117)."""
_VISIBLE_ON_BLANKS = frozenset(("4", "7", "9", "21", "53"))

Pen = tuple[frozenset[str], str, str]
"""Attributes, foreground and background as SGR parameters."""


def compact(frame: str) -> str:
    """Return a shorter frame with the same cells, or the frame itself if it contains anything unexpected.

    The frame begins and ends without a style.
    """
    first, *parts = frame.split("\x1b[")
    if "\x1b" in first:
        return frame
    written, move = [first], ""
    wanted = current = ""
    for part in parts:
        found = _SEQUENCE.match(part)
        if found is None or "\x1b" in part:
            return frame
        text = part[found.end() :]
        if found[2] == "m":
            pen = "" if found[1] in ("", "0") else found[1]
            if wanted and pen:
                return frame
            wanted = pen
        elif found[2] == "H":
            move = f"\x1b[{found[0]}"
            if text == "\n":
                move, text = move + text, ""
        else:
            written += (move, "\x1b[", found[0])
            move = ""
        if text:
            if move:
                written.append(move)
                move = ""
            if wanted != current and not (text.isspace() and _ground(wanted) == _ground(current)):
                written.append(_change(current, wanted))
                current = wanted
            written.append(text)
    return "".join((*written, move, _change(current, wanted)))


@lru_cache(512)
def _pen(parameters: str) -> Pen:
    attributes: set[str] = set()
    colours = {"3": "", "4": ""}
    rest = parameters.split(";") if parameters else []
    while rest:
        first = rest.pop(0)
        if first in ("38", "48") and rest:
            count = 4 if rest[0] == "2" else 2
            colours[first[0]] = ";".join((first, *rest[:count]))
            rest = rest[count:]
        elif len(first) > 1 and first[:-1] in ("3", "9", "4", "10") and first[-1] in "01234567":
            colours["3" if first[:-1] in ("3", "9") else "4"] = first
        else:
            attributes.add(first)
    return frozenset(attributes), colours["3"], colours["4"]


@lru_cache(512)
def _ground(parameters: str) -> tuple[frozenset[str], str, str]:
    """Return the part of a style that is visible on blanks."""
    attributes, foreground, background = _pen(parameters)
    lines = attributes & _VISIBLE_ON_BLANKS
    return lines, foreground if lines else "", background


@lru_cache(2048)
def _change(before: str, after: str) -> str:
    """Return the shortest sequence from one style to another."""
    if before == after:
        return ""
    full = f"\x1b[0;{after}m" if before and after else f"\x1b[{after or '0'}m"
    old, new = _pen(before), _pen(after)
    ended = old[0] - new[0]
    if not ended <= _ENDS.keys() or ("1" in ended and "2" in new[0]) or not after:
        return full
    steps = [_ENDS[one] for one in sorted(ended)] + sorted(new[0] - old[0])
    for colour, default, previous in ((new[1], "39", old[1]), (new[2], "49", old[2])):
        if colour != previous:
            steps.append(colour or default)
    return min(full, f"\x1b[{';'.join(steps)}m", key=len)
