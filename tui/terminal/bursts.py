"""What arrives faster than any hand sends it: a paste without its brackets, a wheel that spins.

Taken key by key, each letter of a text that is pasted into the list would be a command, and 250,000 of them would keep
the app busy for minutes. Taken as a paste, they are one text.
"""

import re
from collections.abc import Iterable, Iterator

from .tokens import LONGEST_PASTE, Pasted, Sequence, Token, Typed

MIN_TEXT = 200
"""Code points in one read, of `MIN_KINDS` different ones: a key held down repeats one or two."""
MIN_KINDS = 12
MAX_KEYS = 2_000
"""Code points in one read: that many are a paste, however few kinds there are."""
GAP_SECONDS = 0.05
"""The next read of the same paste comes within this time."""
MAX_NOTCHES = 16
"""Notches of the wheel in one direction, one after another in one read."""

_MOUSE = re.compile(r"\x1b\[<(\d{1,5});\d+;\d+M")
_WHEEL, _MOTION = 64, 32
"""Bits of the button (xterm's control sequences, Mouse Tracking)."""


class Bursts:
    """Turns bursts of typed text into pastes; everything else passes as it is."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0

    @property
    def wait(self) -> float | None:
        """Seconds of silence after which `expire` is due; None when there is no burst."""
        return GAP_SECONDS if self._pieces else None

    def feed(self, tokens: Iterable[Token]) -> Iterator[Token]:
        """The tokens of one read."""
        for token in tokens:
            if isinstance(token, Typed) and (self._pieces or _is_burst(token.text)):
                self._add(token.text)
            else:
                yield from self.expire()
                yield token

    def expire(self) -> Iterator[Pasted]:
        """The burst is over: it is a paste."""
        pieces, self._pieces, self._length = self._pieces, [], 0
        if pieces:
            yield Pasted("".join(pieces))

    def _add(self, text: str) -> None:
        text = text[: LONGEST_PASTE - self._length]
        if text:
            self._pieces.append(text)
            self._length += len(text)


def _is_burst(text: str) -> bool:
    return len(text) >= MAX_KEYS or (len(text) >= MIN_TEXT and len(set(text)) >= MIN_KINDS)


def thin(tokens: Iterable[Token]) -> Iterator[Token]:
    """The tokens of one read, without places that a drag only passes and without more notches than a hand turns."""
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
    """The button of a mouse report; -1 for a release and for everything else."""
    if isinstance(token, Sequence) and (found := _MOUSE.fullmatch(token.text)) is not None:
        return int(found[1])
    return -1
