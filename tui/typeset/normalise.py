"""Punctuation as in print, for display only. One character replaces one, so offsets stay valid.

Old bulletins and text from pages often have ASCII punctuation in Chinese. It is shown full width, because the rules of
line breaking apply to full-width marks (UAX #14 LB19a depends on East Asian width). It is never written back.
"""

import re
from collections.abc import Callable, Sequence
from itertools import cycle

from .chinese import is_chinese, is_han

_FULL = str.maketrans(",;:!?()", "，；：！？（）")
_HAS_ASCII = re.compile(r'[,;:!?()."]')
_RUN = re.compile(r"[,;:!?]+")
_PAIR = re.compile(r"\(([^()\n]*)\)")
_LONE = re.compile(r"(?<![()])[()]|[()](?![()])")
"""A lone parenthesis. One between two others has no Chinese beside it."""
_STOP = re.compile(r"\.(?=[”’）」』]|\s*\Z|\s+(\S))")


_MASKED = str.maketrans(dict.fromkeys(',;:!?()."', "x"))
_PASSES = 8
"""A replaced mark makes its neighbours Chinese. A longer chain of marks is not text."""
_LOOK_BACK = 200
"""Code points searched for the other half of a pair of parentheses."""


def normalise(text: str) -> str:
    """Return the text with full-width punctuation in Chinese context. Idempotent; keeps the number of code points.

    `,;:!?()` are replaced beside Chinese, but not between two ASCII letters or digits (15:30, 1,000); parentheses in
    pairs; a full stop after Han at the end of a clause; straight double quotes alternately if their number is even.
    """
    if text.isascii() or not _HAS_ASCII.search(text):
        return text
    text = with_quotes(text)
    if "." in text:
        text = _STOP.sub(_restored_stop, text)
    for _ in range(_PASSES):
        before, text = text, _pass(text)
        if text == before:
            break
    return text


def with_quotes(text: str) -> str:
    """Replace straight double quotes if their number is even and the text is Chinese. Needs the whole paragraph."""
    if '"' in text and text.count('"') % 2 == 0 and any(map(is_chinese, text)):
        turn = cycle("“”")
        text = re.sub('"', lambda _: next(turn), text)
    return text


def except_in(ranges: Sequence[tuple[int, int]], text: str, change: Callable[[str], str]) -> str:
    """Return `change(text)` with these ranges of code points as they were. Their punctuation has no effect either."""
    inside = [(max(start, 0), end) for start, end in ranges if end > 0 and start < len(text)]
    if not inside:
        return change(text)
    masked = list(text)
    for start, end in inside:
        masked[start:end] = text[start:end].translate(_MASKED)
    changed = list(change("".join(masked)))
    for start, end in inside:
        changed[start:end] = text[start:end]
    return "".join(changed)


def _pass(text: str) -> str:
    text = _RUN.sub(_restored, text)
    if "(" in text or ")" in text:
        text = _PAIR.sub(_restored_pair, text)
        text = _LONE.sub(_restored_lone, text)
    return text


def _restored(match: re.Match[str]) -> str:
    text, start, end = match.string, match.start(), match.end()
    if end - start == 1 and _alphanumeric(text[start - 1 : start]) and _alphanumeric(text[end : end + 1]):
        return match[0]
    return match[0].translate(_FULL) if _beside_chinese(text, start, end) else match[0]


def _restored_pair(match: re.Match[str]) -> str:
    inside = match[1]
    if any(map(is_chinese, inside)) or _beside_chinese(match.string, match.start(), match.end()):
        return f"（{inside}）"
    return match[0]


def _restored_lone(match: re.Match[str]) -> str:
    """Replace a parenthesis without its other half, as in `1)`, according to its neighbours."""
    start, end = match.span()
    pair = _PAIR.match(match.string, start) if match[0] == "(" else None
    first = max(0, start - _LOOK_BACK)
    if pair or (match[0] == ")" and match.string.rfind("(", first, start) > match.string.rfind(")", first, start)):
        return match[0]
    return match[0].translate(_FULL) if _beside_chinese(match.string, start, end) else match[0]


def _restored_stop(match: re.Match[str]) -> str:
    """Replace a full stop after Han at the end of a clause: before a closing mark, the end, or spaces and Han."""
    ends = match[1] is None or is_han(match[1])
    return "。" if ends and is_han(match.string[match.start() - 1 : match.start()]) else match[0]


def _beside_chinese(text: str, start: int, end: int) -> bool:
    """Return whether Chinese stands next to the span, ignoring spaces, within 16 characters."""
    before, after = text[max(0, start - 16) : start].rstrip(), text[end : end + 16].lstrip()
    return is_chinese(before[-1:]) or is_chinese(after[:1])


def _alphanumeric(character: str) -> bool:
    return character.isascii() and character.isalnum()
