"""State of a one-line text input and the effect of each editing key. Paints nothing."""

from typing import NamedTuple

from ..cells import character_width
from ..clean import clean_line

MAX_CHARACTERS = 1_000
"""Code points. Longer input is cut."""


class LineEdit(NamedTuple):
    """A text and the caret in it, in code points."""

    text: str = ""
    cursor: int = 0

    @classmethod
    def at_end(cls, text: str) -> "LineEdit":
        return cls().insert(text)

    def insert(self, typed: str) -> "LineEdit":
        """Insert typed or pasted text. Line feeds and tabs become spaces; control characters are dropped."""
        shown = clean_line(typed).strip("\r")[: max(0, MAX_CHARACTERS - len(self.text))]
        return LineEdit(self.text[: self.cursor] + shown + self.text[self.cursor :], self.cursor + len(shown))

    def key(self, name: str) -> "LineEdit | None":
        """Return the line after an editing key (Textual's name), or None if the key does not edit."""
        at, text = self.cursor, self.text
        match name:
            case "left":
                return self._to(at - 1)
            case "right":
                return self._to(at + 1)
            case "home" | "ctrl+a":
                return self._to(0)
            case "end" | "ctrl+e":
                return self._to(len(text))
            case "backspace" | "ctrl+h":
                return self._without(max(at - 1, 0), at)
            case "delete" | "ctrl+d":
                return self._without(at, at + 1)
            case "ctrl+w":
                return self._without(self._word_start(), at)
            case "ctrl+u":
                return self._without(0, at)
            case "ctrl+k":
                return self._without(at, len(text))
        return None

    def _to(self, cursor: int) -> "LineEdit":
        return self._replace(cursor=min(max(cursor, 0), len(self.text)))

    def _without(self, start: int, end: int) -> "LineEdit":
        return LineEdit(self.text[:start] + self.text[end:], start)

    def _word_start(self) -> int:
        """Return the start of the word before the caret: a run of ASCII characters, or one other character."""
        at = self.cursor
        while at and self.text[at - 1].isspace():
            at -= 1
        if at and not self.text[at - 1].isascii():
            return at - 1
        while at and self.text[at - 1].isascii() and not self.text[at - 1].isspace():
            at -= 1
        return at


def window(text: str, cursor: int, width: int) -> tuple[int, int]:
    """Return the slice of `text` to show in `width` cells. It keeps `cursor` in view and a cell free for it."""
    start, before = cursor, 0
    while start and (before := before + character_width(text[start - 1])) <= width - 1:
        start -= 1
    end = start
    cells = 0
    while end < len(text) and (cells := cells + character_width(text[end])) <= width:
        end += 1
    return start, end
