"""Punctuation as print has it, for display only: one character for one character, so that offsets hold.

Old bulletins and text taken from a page often carry ASCII punctuation in Chinese. It is shown full width, because the
rules of line breaking speak of full-width marks (UAX #14 LB19a looks at East Asian width), and never written back.
"""

import re
from itertools import cycle

from .chinese import is_chinese, is_han

_FULL = str.maketrans(",;:!?()", "，；：！？（）")
_HAS_ASCII = re.compile(r'[,;:!?()."]')
_RUN = re.compile(r"[,;:!?]+")
_PAIR = re.compile(r"\(([^()\n]*)\)")
_LONE = re.compile(r"(?<![()])[()]|[()](?![()])")
"""One that stands between two others has no Chinese beside it, however many there are."""
_STOP = re.compile(r"\.(?=[”’）」』]|\s*\Z|\s+(\S))")


_PASSES = 8
"""A mark that has changed makes its neighbourhood Chinese; a chain of more marks than this is no text."""
_LOOK_BACK = 200
"""Code points in which the other half of a pair of parentheses is looked for."""


def normalise(text: str) -> str:
    """The text with full-width punctuation where its context is Chinese; as many code points as before.

    Idempotent. `,;:!?()` change beside Chinese, save between two ASCII letters or digits (15:30, 1,000); parentheses
    in pairs; a full stop after Han at the end of a clause; straight double quotes in turn if they are even in number.
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
    """The text with an even number of straight double quotes turned, if it is Chinese; needs the whole paragraph."""
    if '"' in text and text.count('"') % 2 == 0 and any(map(is_chinese, text)):
        turn = cycle("“”")
        text = re.sub('"', lambda _: next(turn), text)
    return text


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
    """A parenthesis without its other half, as in `1)`: by its neighbours."""
    start, end = match.span()
    pair = _PAIR.match(match.string, start) if match[0] == "(" else None
    first = max(0, start - _LOOK_BACK)
    if pair or (match[0] == ")" and match.string.rfind("(", first, start) > match.string.rfind(")", first, start)):
        return match[0]
    return match[0].translate(_FULL) if _beside_chinese(match.string, start, end) else match[0]


def _restored_stop(match: re.Match[str]) -> str:
    """A full stop after Han, at the end of a clause: before a closing mark, the end, or spaces and Han."""
    ends = match[1] is None or is_han(match[1])
    return "。" if ends and is_han(match.string[match.start() - 1 : match.start()]) else match[0]


def _beside_chinese(text: str, start: int, end: int) -> bool:
    """Whether Chinese stands before or after the span, over spaces; looks at no more than 16 characters either way."""
    before, after = text[max(0, start - 16) : start].rstrip(), text[end : end + 16].lstrip()
    return is_chinese(before[-1:]) or is_chinese(after[:1])


def _alphanumeric(character: str) -> bool:
    return character.isascii() and character.isalnum()
