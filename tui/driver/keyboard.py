"""What was typed, as Textual's events.

Textual's own parser gives a sequence up after 32 characters and types it as text, which breaks commits of five and
more Chinese characters; it lets ESC out of pastes, and takes shift+F3 for an answer of the terminal. Here the cutting
is done by `terminal.tokens`; the parser is kept for what it knows best, the names of keys.
"""

import re
import time
from collections.abc import Iterator

from textual import events, messages
from textual._xterm_parser import XTermParser
from textual.keys import Keys
from textual.message import Message

from ..clean import clean
from ..terminal.tokens import Escape, Pasted, Sequence, Token, Tokens, Typed

_MOUSE = re.compile(r"\x1b\[<[\d;]+[Mm]")
_CURSOR = re.compile(r"\x1b\[(\d+);(\d+)R")
_MODE = re.compile(r"\x1b\[\?2026;([123])\$y")


class Keyboard(XTermParser):
    """Fed with what the terminal sends; `wait` says how long to wait for more before `tick`."""

    def __init__(self, escape_delay: float) -> None:
        super().__init__()
        self._cut = Tokens(escape_delay)
        self._due: float | None = None

    @property
    def wait(self) -> float | None:
        """Seconds until `tick` has something to say; None when only new input will."""
        return None if self._due is None else max(0.0, self._due - time.monotonic())

    def feed(self, data: str) -> Iterator[Message]:
        for token in self._cut.feed(data):
            yield from self._events(token)
        wait = self._cut.wait
        self._due = None if wait is None else time.monotonic() + wait

    def tick(self) -> Iterator[Message]:
        if self._due is not None and time.monotonic() >= self._due:
            self._due = None
            for token in self._cut.expire():
                yield from self._events(token)

    def _events(self, token: Token) -> Iterator[Message]:
        match token:
            case Typed(text):
                for character in text:
                    yield from self._sequence_to_key_events(character)
            case Escape():
                yield events.Key("escape", "\x1b")
            case Pasted(text):
                yield events.Paste(clean(text.replace("\r\n", "\n").replace("\r", "\n")))
            case Sequence(text):
                yield from self._sequence(text)

    def _sequence(self, text: str) -> Iterator[Message]:
        if _MOUSE.fullmatch(text):
            event = self.parse_mouse_code(text)
            if event is not None:
                yield event
        elif _MODE.fullmatch(text):
            yield messages.TerminalSupportsSynchronizedOutput()
        elif not _is_cursor_report(text):
            yield from self._keys(text)

    def _keys(self, text: str) -> Iterator[Message]:
        try:
            keys = list(self._sequence_to_key_events(text))
            if not keys and len(text) == 2:
                keys = list(self._sequence_to_key_events(text[1], alt=True))
        except (ValueError, OverflowError):
            return
        yield from (key for key in keys if key.key != Keys.Ignore)


def _is_cursor_report(text: str) -> bool:
    """`CSI 1;2R` to `CSI 1;16R` are F3 with shift, alt or ctrl; any other is a late answer about the cursor."""
    match = _CURSOR.fullmatch(text)
    return match is not None and not (match[1] == "1" and 2 <= int(match[2]) <= 16)
