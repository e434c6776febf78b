"""What a terminal sends, cut into what was meant: typed text, escape sequences, pastes, the Escape key.

Text of any length stays whole, whether it comes as plain characters or in the kitty keyboard protocol. A sequence is
known by its form (ECMA-48 §5.4), so one that nobody knows is dropped whole instead of being typed as text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

ESC = "\x1b"
PASTE_START = "\x1b[200~"
PASTE_END = "\x1b[201~"
LONGEST_PASTE = 1_000_000
"""Code points; what is pasted beyond is dropped."""
LONGEST_SEQUENCE = 4096
PARTIAL_DELAY = 0.2
"""Seconds for the rest of a sequence that has begun: over SSH one may be cut in two."""

_COMPLETE = re.compile(
    "\x1b(?:"
    r"\[\[."  # function keys of the Linux console
    r"|\[M[\s\S]{3}"  # mouse, the oldest form
    r"|\[(?![\[M])[0-?]*[ -/]*[@-~]"  # CSI
    r"|O[0-9;]*[@-~]"  # SS3
    "|[\\]P_^X][^\x07\x1b]*(?:\x07|\x1b\\\\)"  # OSC, DCS, APC, PM, SOS: a terminal's answers
    "|[^\x1b\\[O\\]P_^X]"  # alt and a key
    ")"
)
_PARTIAL = re.compile("\x1b(?:\\[(?:\\[|M[\\s\\S]{0,2}|[0-?]*[ -/]*)|O[0-9;]*|[\\]P_^X][^\x07\x1b]*\x1b?)?")
_KITTY_TEXT = re.compile(r"\x1b\[[\d:]*;(\d*)(?::(\d+))?;([\d:]+)u")
_KITTY_RELEASE = re.compile(r"\x1b\[[\d:]*;\d*:3[;u~A-S]")
_NEVER_TYPED = re.compile("[\x80-\x9f\ud800-\udfff\ufffd]")


@dataclass(frozen=True, slots=True)
class Typed:
    """Characters in the order typed or committed by the input method; C0 controls are keys."""

    text: str


@dataclass(frozen=True, slots=True)
class Sequence:
    """One complete escape sequence, or ESC and the character it was typed with (alt)."""

    text: str


@dataclass(frozen=True, slots=True)
class Escape:
    """The Escape key."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """One paste, whole, as the terminal sent it: not clean."""

    text: str


Token = Typed | Sequence | Escape | Pasted


class Tokens:
    """Cuts what arrives; a read may end anywhere."""

    def __init__(self, escape_delay: float) -> None:
        """`escape_delay`: seconds after which an ESC that nothing followed is the Escape key."""
        self._escape_delay = escape_delay
        self._held = ""
        self._paste: list[str] | None = None

    @property
    def wait(self) -> float | None:
        """Seconds of silence after which `expire` is due; None when nothing is held back."""
        if not self._held:
            return None
        return self._escape_delay if self._held == ESC and self._paste is None else PARTIAL_DELAY

    def feed(self, text: str) -> Iterator[Token]:
        """The tokens complete by now."""
        text, self._held = self._held + text, ""
        while text:
            if self._paste is not None:
                token, text = self._in_paste(self._paste, text)
            elif text[0] != ESC:
                start = text.find(ESC)
                start = len(text) if start < 0 else start
                token, text = _typed(text[:start]), text[start:]
            else:
                token, text = self._escaped(text)
            if token is not None:
                yield token

    def expire(self) -> Iterator[Token]:
        """Nothing came for `wait` seconds: what is held back is all there is."""
        held, self._held = self._held, ""
        if self._paste is not None:
            # Terminals take ESC out of what they paste: a lone one is a person ending a paste that has no end.
            yield from self._end_paste()
        elif held == ESC:
            yield Escape()
        elif len(held) == 2:
            yield Sequence(held)

    def _escaped(self, text: str) -> tuple[Token | None, str]:
        match = _COMPLETE.match(text)
        if match is None:
            if len(text) <= LONGEST_SEQUENCE and _PARTIAL.fullmatch(text):
                self._held = text
                return None, ""
            if text[1] == ESC:
                return Escape(), text[1:]
            bad = _PARTIAL.match(text)
            return None, text[bad.end() if bad else 1 :]
        sequence, rest = match[0], text[match.end() :]
        if sequence == PASTE_START:
            self._paste = []
            return None, rest
        return _meant(sequence), rest

    def _in_paste(self, paste: list[str], text: str) -> tuple[Token | None, str]:
        end = text.find(PASTE_END)
        if end >= 0:
            self._add(paste, text[:end])
            (token,) = self._end_paste()
            return token, text[end + len(PASTE_END) :]
        keep = next((n for n in range(len(PASTE_END) - 1, 0, -1) if text.endswith(PASTE_END[:n])), 0)
        self._add(paste, text[: len(text) - keep])
        self._held = text[len(text) - keep :]
        return None, ""

    def _add(self, paste: list[str], text: str) -> None:
        room = LONGEST_PASTE - sum(map(len, paste))
        if room > 0 and text:
            paste.append(text[:room])

    def _end_paste(self) -> Iterator[Pasted]:
        pasted, self._paste = "".join(self._paste or ()), None
        yield Pasted(pasted)


def _typed(text: str) -> Token | None:
    """A line feed is the Enter key pressed before the terminal was in raw mode."""
    text = _NEVER_TYPED.sub("", text).replace("\n", "\r")
    return Typed(text) if text else None


def _meant(sequence: str) -> Token | None:
    """Text is text, in the kitty protocol too (`CSI key;modifiers;code point:code point… u`)."""
    if sequence in (PASTE_END, "\x1b[I", "\x1b[O") or _KITTY_RELEASE.match(sequence):
        return None
    if match := _KITTY_TEXT.fullmatch(sequence):
        text = "".join(chr(int(point)) for point in match[3].split(":") if point and int(point) < 0x110000)
        return _typed(text)
    return Sequence(sequence)
