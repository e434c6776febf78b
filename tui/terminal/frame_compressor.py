"""A frame in fewer bytes, for slow lines: the same cells with half the control sequences.

The screen library writes every run of text with its whole style before it and a reset after it, and moves the cursor
where it is moved again at once. Here a style is said only where it differs from the one before; blanks, of which only
the ground is seen, are written in whatever ink there is.
"""

import re
from functools import lru_cache

_SEQUENCE = re.compile(r"([0-9;]*)([mH])|([?0-9;]*[@-~])")
_OFF = {"1": "22", "3": "23", "4": "24", "7": "27", "9": "29"}
"""What ends an attribute (ECMA-48 8.3.117)."""
_SEEN_ON_BLANKS = frozenset(("4", "7", "9", "21", "53"))

Pen = tuple[frozenset[str], str, str]
"""Attributes, ink and ground, as parameters of SGR."""


def compact(frame: str) -> str:
    """The frame, which starts and ends in no style; as it is where it holds anything unexpected."""
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
    """What of a style is seen on blanks."""
    attributes, ink, ground = _pen(parameters)
    lines = attributes & _SEEN_ON_BLANKS
    return lines, ink if lines else "", ground


@lru_cache(2048)
def _change(before: str, after: str) -> str:
    """From one style to another."""
    if before == after:
        return ""
    whole = f"\x1b[0;{after}m" if before and after else f"\x1b[{after or '0'}m"
    old, new = _pen(before), _pen(after)
    gone = old[0] - new[0]
    if not gone <= _OFF.keys() or ("1" in gone and "2" in new[0]) or not after:
        return whole
    steps = [_OFF[one] for one in sorted(gone)] + sorted(new[0] - old[0])
    for colour, default, was in ((new[1], "39", old[1]), (new[2], "49", old[2])):
        if colour != was:
            steps.append(colour or default)
    return min(whole, f"\x1b[{';'.join(steps)}m", key=len)
