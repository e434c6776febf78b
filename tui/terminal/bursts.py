"""Input that arrives faster than by hand: a paste without its brackets, a spinning wheel.

If each letter of a text pasted into the list were a command, 250,000 of them would keep the app busy for minutes. As a
paste they are one text.
"""

import re
from collections.abc import Iterable, Iterator

from .input_tokens import MAX_PASTE, Pasted, Sequence, Token, Typed

MIN_TEXT = 200
"""Code points of at least `MIN_KINDS` different kinds in one read. A key held down repeats one or two."""
MIN_KINDS = 12
MAX_KEYS = 2_000
"""Code points in one read. So many are a paste even if they are all alike."""
GAP_SECONDS = 0.05
"""The longest time between two reads of the same paste."""
MAX_NOTCHES = 16
"""Notches of the wheel in one direction, in one read."""

_MOUSE = re.compile(r"\x1b\[<(\d{1,5});\d+;\d+M")
_WHEEL, _MOTION = 64, 32
"""Bits of the button number (xterm's control sequences, Mouse Tracking)."""


class Bursts:
    """Turns bursts of typed text into pastes and passes everything else unchanged."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0

    @property
    def wait(self) -> float | None:
        """Seconds of silence after which `expire` is due, or None outside a burst."""
        return GAP_SECONDS if self._pieces else None

    def feed(self, tokens: Iterable[Token]) -> Iterator[Token]:
        """Yield the tokens of one read."""
        for token in tokens:
            if isinstance(token, Typed) and (self._pieces or _is_burst(token.text)):
                self._add(token.text)
            else:
                yield from self.expire()
                yield token

    def expire(self) -> Iterator[Pasted]:
        """End the burst and yield it as a paste."""
        pieces, self._pieces, self._length = self._pieces, [], 0
        if pieces:
            yield Pasted("".join(pieces))

    def _add(self, text: str) -> None:
        text = text[: MAX_PASTE - self._length]
        if text:
            self._pieces.append(text)
            self._length += len(text)


def _is_burst(text: str) -> bool:
    return len(text) >= MAX_KEYS or (len(text) >= MIN_TEXT and len(set(text)) >= MIN_KINDS)


def thin(tokens: Iterable[Token]) -> Iterator[Token]:
    """Yield the tokens of one read without intermediate positions of a drag and without more than `MAX_NOTCHES`."""
    moved: Token | None = None
    last, notches = -1, 0
    for token in tokens:
        button = _button(token)
        if moved is not None and not (button & _MOTION and button == last):
            yield moved
        moved = token if button >= 0 and button & _MOTION else None
        notches = notches + 1 if button == last else 1
        last = button
        if moved is None and not (button >= 0 and button & _WHEEL and notches > MAX_NOTCHES):
            yield token
    if moved is not None:
        yield moved


def _button(token: Token) -> int:
    """Return the button of a mouse report, or -1 for a release or any other token."""
    if isinstance(token, Sequence) and (found := _MOUSE.fullmatch(token.text)) is not None:
        return int(found[1])
    return -1
