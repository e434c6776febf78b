"""Tokens of a terminal's input: typed text, escape sequences, pastes, and the Escape key.

Text stays in one piece, whatever its length, as plain characters or in the kitty keyboard protocol. A sequence is
recognised by its form (ECMA-48 §5.4), so an unknown one is dropped as a whole instead of typed as text.

A read may end anywhere, and the rest may come at any time. The start of a sequence is therefore remembered after it was
given up: a rest that completes it still makes the key, or nothing if a key was already reported. Two cases look the
same as typing by hand and are read as such: `ESC` and later a letter (Alt with the letter, split), and `ESC` and later
another complete sequence (Alt with an arrow in PuTTY and rxvt).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

ESC = "\x1b"
PASTE_START = "\x1b[200~"
PASTE_END = "\x1b[201~"
MAX_PASTE = 1_000_000
"""Code points. The rest of a longer paste is dropped."""
MAX_SEQUENCE = 4096
PARTIAL_SECONDS = 0.2
"""Seconds to wait for the rest of a sequence, which SSH may split."""
INTRODUCER_SECONDS = 1.0
"""Seconds after which `ESC [`, `ESC O` and the like are Alt with a key."""
LETTER_SECONDS = 0.025
"""Seconds between ESC and a letter. After more they are two keys, even while the rest of a sequence is awaited."""
TAIL_SECONDS = 0.1
"""Seconds to hold a `[` or `O` that follows the Escape key: a sequence may come byte by byte."""

_KEY = r"(?:\[[A-HZa-d~]|\[\d{1,2}[~^$@]|\[\[[A-E]|O[A-Za-z])"
_STRING = "[\\]P_^X][^\x07\x1b]*(?:\x07|\x1b\\\\)"
_ALT_KEY = re.compile(f"\x1b\x1b{_KEY}")
"""Alt with an arrow or function key in PuTTY, rxvt and iTerm2."""
_COMPLETE = re.compile(
    "\x1b(?:"
    r"\[\[."  # function keys of the Linux console
    r"|\[\d{1,2}\$"  # Shift with a function key in rxvt, which ECMA-48 would continue
    r"|\[M[\s\S]{3}"  # mouse, the oldest form
    r"|\[(?![\[M])[0-?]*[ -/]*[@-~]"  # CSI
    r"|O[0-9;]*[@-~]"  # SS3
    f"|{_STRING}"  # OSC, DCS, APC, PM, SOS: answers of the terminal
    "|(?![\\[O\\]P_^X])[\x00-\x1a\x1c-\x7f]"  # Alt with a key
    ")"
)
_PARTIAL = re.compile(
    "\x1b(?:\\[(?:\\[|M[\\s\\S]{0,2}|[0-?]*[ -/]*)|O[0-9;]*|[\\]P_^X][^\x07\x1b]*\x1b?|\x1b(?:\\[(?:\\d{0,2}|\\[)|O)?)?"
)
_EXPECTED = re.compile(
    f"\x1b(?:\x1b?{_KEY}|\\[[IOPQRS]|\\[M[\\s\\S]{{3}}|\\[[0-?]+[ -/]*[@-~]|O[0-9;]*[A-Za-z]|{_STRING})"
)
"""A sequence that terminals do send. Its rest is accepted after any time."""
_ANSWER_BODY = re.compile("[0-9a-fA-Frgb:;/?]{2,}")
_KITTY_TEXT = re.compile(r"\x1b\[[\d:]*;(\d*)(?::(\d+))?;([\d:]+)u")
_KITTY_RELEASE = re.compile(r"\x1b\[[\d:]*;\d*:3[;u~A-S]")
_NEVER_TYPED = re.compile("[\x80-\x9f\ud800-\udfff\ufffd]")


@dataclass(frozen=True, slots=True)
class Typed:
    """Characters in the order in which they were typed or committed by an input method. C0 controls are keys."""

    text: str


@dataclass(frozen=True, slots=True)
class Sequence:
    """One complete escape sequence, or ESC and the character typed with Alt."""

    text: str


@dataclass(frozen=True, slots=True)
class Escape:
    """The Escape key."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """One complete paste as the terminal sent it, not cleaned."""

    text: str


Token = Typed | Sequence | Escape | Pasted


class Tokens:
    """Splits input into tokens. A read may end anywhere."""

    def __init__(self, escape_delay: float) -> None:
        """`escape_delay`: seconds after which an ESC alone is the Escape key. It may be changed later."""
        self.escape_delay = escape_delay
        self._held = ""
        self._lost = ""
        self._lost_is_spent = False
        self._may_be_bytewise = False
        self._is_ripe = False
        """Whether the held ESC is older than `LETTER_SECONDS`, so that a letter after it was not typed with Alt."""
        self._is_doubtful = False
        """Whether the held `ESC [` may be two keys."""
        self._paste: list[str] | None = None
        self._paste_length = 0

    @property
    def wait(self) -> float | None:
        """Seconds of silence after which `expire` is due, or None if nothing is held."""
        if self._paste is not None:
            return PARTIAL_SECONDS if self._held == ESC else None
        if not self._held:
            return None
        if not self._held.strip(ESC):
            return self._escape_wait()
        if self._may_be_bytewise or self._is_doubtful:
            return TAIL_SECONDS
        return INTRODUCER_SECONDS if len(self._held) == 2 else PARTIAL_SECONDS

    def _escape_wait(self) -> float:
        if self._is_ripe:
            return self.escape_delay - LETTER_SECONDS
        return min(self.escape_delay, LETTER_SECONDS)

    def feed(self, text: str) -> Iterator[Token]:
        """Yield the tokens that `text` completes."""
        if self._is_ripe or self._is_doubtful:
            yield from self._after_delay(text)
        text, self._held = self._held + text, ""
        if self._is_doubtful:
            self._held = text
            return
        if self._lost:
            text = self._joined_with_lost(text)
        start = 0
        while start < len(text):
            if self._paste is not None:
                token, start = self._in_paste(text, start)
            elif text[start] != ESC:
                end = text.find(ESC, start)
                end = len(text) if end < 0 else end
                token, start = _typed(text[start:end]), end
            else:
                token, start = self._escaped(text, start)
            if token is not None:
                yield token

    def _after_delay(self, text: str) -> Iterator[Token]:
        """Decide whether late text continues the held ESC. If not, yield the Escape key."""
        was_doubtful = self._is_doubtful
        self._is_ripe = self._is_doubtful = False
        if self._paste is not None:
            return
        whole = self._held + text
        match = _EXPECTED.match(whole)
        if match and whole[match.end() : match.end() + 1] in ("", ESC):
            return
        if _PARTIAL.fullmatch(whole) and ESC not in text and (was_doubtful or len(text) > 1):
            return
        if self._held == ESC and text in ("[", "O"):
            self._is_doubtful = True
            return
        yield from self._as_keys()

    def _as_keys(self) -> Iterator[Token]:
        """Yield the held text as separate keys."""
        held, self._held = self._held, ""
        for character in held:
            yield Escape() if character == ESC else Typed(character)

    def expire(self) -> Iterator[Token]:
        """Give up what is held after `wait` seconds of silence, though its rest may still come."""
        if self._is_doubtful:
            self._is_doubtful = False
            yield from self._as_keys()
            return
        is_escape = self._paste is None and bool(self._held) and not self._held.strip(ESC)
        if is_escape and not self._is_ripe and self.escape_delay > LETTER_SECONDS:
            self._is_ripe = True
            return
        self._is_ripe = False
        held, self._held = self._held, ""
        if self._paste is not None:
            # Terminals remove ESC from pastes. A lone ESC is the user ending a paste whose end is missing.
            yield self._end_paste()
            self._lose(held, spent=True)
        elif held and self._may_be_bytewise:
            self._may_be_bytewise, self._lost = False, ""
            yield Typed(held)
        elif held and not held.strip(ESC):
            for _ in held:
                yield Escape()
            self._lose(ESC, spent=True)
            self._may_be_bytewise = True
        elif held:
            spent = len(held) == 2
            if spent:
                yield Sequence(held)
            self._lose(held, spent=spent)

    def _lose(self, held: str, *, spent: bool) -> None:
        """Give up a sequence that has begun; `spent` if a token was already yielded for it."""
        self._lost, self._lost_is_spent = held, spent

    def _joined_with_lost(self, text: str) -> str:
        """Return the text to split after a sequence was given up, joined with its start if it continues it."""
        lost, self._lost = self._lost, ""
        bytewise, self._may_be_bytewise = self._may_be_bytewise, False
        whole = lost + text
        match = _EXPECTED.match(whole)
        if match and match.end() > len(lost) and whole[match.end() : match.end() + 1] in ("", ESC):
            return whole[match.end() :] if self._lost_is_spent else whole
        if len(whole) <= MAX_SEQUENCE and _goes_on(lost, text) and _PARTIAL.fullmatch(whole):
            self._lost = whole
            return ""
        if bytewise and text in ("[", "O"):
            self._lost, self._held, self._may_be_bytewise = lost, text, True
            return ""
        return text

    def _escaped(self, text: str, start: int) -> tuple[Token | None, int]:
        """Return the token at an ESC, or None, and where the next one starts."""
        match = _ALT_KEY.match(text, start) or _COMPLETE.match(text, start)
        if match is None:
            if len(text) - start <= MAX_SEQUENCE and _PARTIAL.fullmatch(text, start):
                self._held = text[start:]
                return None, len(text)
            if text[start + 1] == ESC or not text[start + 1].isascii():
                return Escape(), start + 1
            bad = _PARTIAL.match(text, start)
            return None, bad.end() if bad else start + 1
        if match[0] == PASTE_START:
            self._paste, self._paste_length = [], 0
            return None, match.end()
        return _meant(match[0]), match.end()

    def _in_paste(self, text: str, start: int) -> tuple[Token | None, int]:
        end = text.find(PASTE_END, start)
        if end >= 0:
            self._add(text[start:end])
            return self._end_paste(), end + len(PASTE_END)
        keep = next((n for n in range(len(PASTE_END) - 1, 0, -1) if text.endswith(PASTE_END[:n], start)), 0)
        self._add(text[start : len(text) - keep])
        self._held = text[len(text) - keep :]
        return None, len(text)

    def _add(self, text: str) -> None:
        text = text[: MAX_PASTE - self._paste_length]
        if text and self._paste is not None:
            self._paste.append(text)
            self._paste_length += len(text)

    def _end_paste(self) -> Pasted:
        pasted, self._paste = "".join(self._paste or ()), None
        return Pasted(pasted)


def _goes_on(lost: str, text: str) -> bool:
    """Return whether text after an abandoned sequence may be its middle and was not typed by hand."""
    if ESC in text:
        return False
    if lost[1:2] in ("", "[", "O", ESC):
        return len(lost) > 2 or len(text) > 1
    return _ANSWER_BODY.fullmatch(text) is not None


def _typed(text: str) -> Token | None:
    """Return typed text, without what nobody types. A line feed is the Enter key, pressed before raw mode."""
    text = _NEVER_TYPED.sub("", text).replace("\n", "\r")
    return Typed(text) if text else None


def _meant(sequence: str) -> Token | None:
    """Return the token of a sequence; in the kitty protocol that may be text (`CSI key;modifiers;code points u`)."""
    if sequence in (PASTE_END, "\x1b[I", "\x1b[O") or _KITTY_RELEASE.match(sequence):
        return None
    if match := _KITTY_TEXT.fullmatch(sequence):
        text = "".join(chr(int(point)) for point in match[3].split(":") if point and int(point) < 0x110000)
        return _typed(text)
    return Sequence(sequence)
