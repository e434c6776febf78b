"""The line of text around the best hit, cut between graphemes, with what matched in it."""

import unicodedata

from .document import Document

LENGTH = 60
"""Code points, about. The match is near the start, so that a narrow list can show less."""
BEFORE = 12
_LONGEST = 24
"""Code points of a grapheme or Latin word that is kept whole."""
_STOPS = "。！？；，、：”’）》.!?;,:"
_JOINERS = "\u200d\ufe0e\ufe0f"


def snippet(
    text: Document, stretches: list[tuple[int, int]], length: int = LENGTH
) -> tuple[str, list[tuple[int, int]]]:
    """A snippet and the spans in it. It shows body text where anything matched there, else how the body begins."""
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
    """Where the window begins that shows the most; of equal ones the first."""
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
    """Where the snippet begins: the field, a clause shortly before the hit, or a few characters before it."""
    earliest = max(first, hit - BEFORE)
    if earliest == first:
        return first
    for at in range(earliest, hit):
        if text[at - 1] in _STOPS and text[at] not in _STOPS:
            return at
    start = hit - BEFORE // 2
    return next((at for at in range(start, max(first, start - _LONGEST), -1) if not _sticks(text, at)), start)


def _sticks(text: str, at: int) -> bool:
    """Whether the character there belongs to the one before: combining marks, joiners, emoji's modifiers, letters and
    digits of one word (UAX #29, as far as a cut needs it)."""
    character, before = text[at], text[at - 1]
    if unicodedata.category(character).startswith("M") or character in _JOINERS or before == "\u200d":
        return True
    if 0x1F3FB <= ord(character) <= 0x1F3FF or 0x1F1E6 <= ord(character) <= 0x1F1FF:
        return True
    return character.isascii() and character.isalnum() and before.isascii() and before.isalnum()
