"""Snippets: the text around the best match, cut between graphemes, with the spans that matched."""

import unicodedata

from .document import Document

LENGTH = 60
"""Approximate code points of a snippet. The match is near the start, so that a narrow list still shows it."""
BEFORE = 12
"""Code points before the match, about. A clause that starts within them starts the snippet."""
_LONGEST = 24
"""Code points. A longer grapheme or Latin word may be cut."""
_STOPS = "。！？；，、：”’）》.!?;,:"
_JOINERS = "\u200d\ufe0e\ufe0f"


def snippet(
    text: Document, stretches: list[tuple[int, int]], length: int = LENGTH
) -> tuple[str, list[tuple[int, int]]]:
    """Return a snippet of about `length` code points, and the spans in it that matched.

    It shows the match in the body, or the beginning of the body if nothing matched there. `stretches` are ascending
    positions in the text.
    """
    body = [stretch for stretch in stretches if stretch[0] > text.title_end]
    best = _best(body, length) if body else _body_begins(text)
    if best is None:
        return "", []
    first = text.text.rfind("\n", 0, best) + 1
    last = text.text.find("\n", best)
    last = len(text.text) if last < 0 else last
    start = _opening(text.text, first, best)
    end = min(last, start + length)
    end = next((at for at in range(end, min(last, end + _LONGEST)) if not _sticks(text.text, at)), end)
    before, after = "…" if start > first else "", "…" if end < last else ""
    spans = [
        (max(one, start) - start + len(before), min(other, end) - start + len(before))
        for one, other in body
        if one < end and other > start
    ]
    return before + text.text[start:end] + after, spans


def _body_begins(text: Document) -> int | None:
    return next((at for name, at in zip(text.names(), text.starts(), strict=True) if isinstance(name, int)), None)


def _best(stretches: list[tuple[int, int]], length: int) -> int:
    """Return the start of the first match of the window that shows the most matched characters; the first of equals."""
    best, most, last = stretches[0][0], 0, 0
    shown = 0
    for first, (start, end) in enumerate(stretches):
        while last < len(stretches) and stretches[last][1] <= start + length - BEFORE:
            shown += stretches[last][1] - stretches[last][0]
            last += 1
        if shown > most:
            best, most = start, shown
        if last > first:
            shown -= end - start
        else:
            last = first + 1
    return best


def _opening(text: str, first: int, hit: int) -> int:
    """Return where the snippet begins: the field's start, a clause near before `hit`, or a few characters before it."""
    earliest = max(first, hit - BEFORE)
    if earliest == first:
        return first
    for at in range(earliest, hit):
        if text[at - 1] in _STOPS and text[at] not in _STOPS:
            return at
    start = hit - BEFORE // 2
    return next((at for at in range(start, max(first, start - _LONGEST), -1) if not _sticks(text, at)), start)


def _sticks(text: str, at: int) -> bool:
    """Return whether a cut at `at` would split a grapheme or a Latin word.

    A subset of UAX #29: combining marks, joiners, emoji modifiers and flags; ASCII letters and digits of one word.
    """
    character, before = text[at], text[at - 1]
    if unicodedata.category(character).startswith("M") or character in _JOINERS or before == "\u200d":
        return True
    if 0x1F3FB <= ord(character) <= 0x1F3FF or 0x1F1E6 <= ord(character) <= 0x1F1FF:
        return True
    return character.isascii() and character.isalnum() and before.isascii() and before.isalnum()
