"""Textual's events for the terminal's input.

Textual's own parser gives up a sequence after 32 characters and types it as text, which breaks input method commits of
five and more Chinese characters; it lets ESC out of pastes and takes Shift+F3 for an answer of the terminal
(https://github.com/Textualize/textual/issues/541 has the history). Here `terminal.input_tokens` splits the input, and
Textual's parser only names the keys.
"""

import re
import time
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from textual import events, messages
from textual._xterm_parser import XTermParser
from textual.message import Message

from ..clean import clean
from ..terminal import probe
from ..terminal.bursts import Bursts, thin
from ..terminal.input_tokens import Escape, Pasted, Sequence, Token, Tokens, Typed
from ..terminal.tty import RawTerminal
from .key_names import keys_of
from .terminal_answer import TerminalAnswered

if TYPE_CHECKING:
    from ..terminal.tty import Background

ANSWER_SECONDS = 2.0
"""Seconds after a question in which an ESC counts as the start of its answer, which may be split there."""
ANSWER_ESCAPE_SECONDS = 0.5
KITTY_ESCAPE_SECONDS = 1.0
"""Seconds. In the kitty protocol the Escape key is a sequence, and an ESC alone the start of one."""

_MOUSE = re.compile(r"\x1b\[<[\d;]+[Mm]")
_CURSOR = re.compile(r"\x1b\[(\d{1,5});(\d{1,5})R")
_MODE = re.compile(r"\x1b\[\?2026;(\d+)\$y")
_COLOUR_SCHEME = re.compile(r"\x1b\[\?997;([12])n")
"""A report of mode 2031: the terminal has become dark (1) or light (2)."""
_KITTY_FLAGS = re.compile(r"\x1b\[\?(\d{1,3})u")


class InputParser(XTermParser):
    """Turns input into events; `wait` says how long to wait for more before `tick`."""

    def __init__(self, escape_delay: float, taken: RawTerminal | None = None) -> None:
        """`taken` is the terminal with its open questions. Late answers are stored in it."""
        super().__init__()
        self._escape_delay = escape_delay
        self._taken = taken
        self._tokenizer = Tokens(escape_delay)
        self._bursts = Bursts()
        self._due: float | None = None
        self._mode_asked = True
        self._asked_until = time.monotonic() + ANSWER_SECONDS

    @property
    def wait(self) -> float | None:
        """Seconds until `tick` has something to report, or None if only new input has."""
        return None if self._due is None else max(0.0, self._due - time.monotonic())

    def feed(self, data: str) -> Iterator[Message]:
        yield from self._events(self._bursts.feed(thin(self._tokenizer.feed(data))))
        self._schedule()

    def _schedule(self) -> None:
        self._tokenizer.escape_delay = self._delay_now()
        waits = [wait for wait in (self._tokenizer.wait, self._bursts.wait) if wait is not None]
        self._due = time.monotonic() + min(waits) if waits else None

    def tick(self) -> Iterator[Message]:
        if self._due is not None and time.monotonic() >= self._due:
            expired = self._bursts.expire() if self._bursts.wait is not None else self._tokenizer.expire()
            yield from self._events(expired)
            self._schedule()

    def _delay_now(self) -> float:
        """Return how many seconds an ESC alone may be the start of something."""
        expecting = self._mode_asked or (self._taken is not None and self._taken.unanswered)
        if expecting and time.monotonic() < self._asked_until:
            return max(self._escape_delay, ANSWER_ESCAPE_SECONDS)
        return self._escape_delay

    def _events(self, tokens: Iterable[Token]) -> Iterator[Message]:
        for token in tokens:
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
        elif (mode := _MODE.fullmatch(text)) is not None:
            self._mode_asked = False
            if mode[1] in ("1", "2", "3"):
                yield messages.TerminalSupportsSynchronizedOutput()
        elif (flags := _KITTY_FLAGS.fullmatch(text)) is not None:
            if int(flags[1]) & 1:
                self._escape_delay = KITTY_ESCAPE_SECONDS
        elif (scheme := _COLOUR_SCHEME.fullmatch(text)) is not None:
            yield from self._background_is("dark" if scheme[1] == "1" else "light")
        elif (cursor := _CURSOR.fullmatch(text)) is not None:
            yield from self._cursor(text, int(cursor[1]), int(cursor[2]))
        elif text.startswith("\x1b]"):
            yield from self._background(text)
        else:
            yield from self._keys(text)

    def _cursor(self, text: str, row: int, column: int) -> Iterator[Message]:
        """Handle a cursor report, the first of which answers an open question.

        Later, `CSI 1;2R` to `CSI 1;16R` are F3 with Shift, Alt or Ctrl. Other reports are ignored.
        """
        taken = self._taken
        if taken is not None and taken.unanswered:
            taken.unanswered = False
            width = probe.width_at(column)
            if width != taken.width:
                taken.width = width
                yield TerminalAnswered()
        elif row == 1 and 2 <= column <= 16:
            yield from self._keys(text)

    def _background(self, text: str) -> Iterator[Message]:
        """Handle an answer about the background colour."""
        background = probe.background_in(text)
        if background is not None:
            yield from self._background_is(background)

    def _background_is(self, background: "Background") -> Iterator[Message]:
        """Keep it; the app is told of a change."""
        if self._taken is not None and background != self._taken.background:
            self._taken.background = background
            yield TerminalAnswered()

    def _keys(self, text: str) -> Iterator[Message]:
        try:
            yield from keys_of(text, self._sequence_to_key_events)
        except (ValueError, OverflowError):
            return
