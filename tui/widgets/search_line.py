"""The line at the top of the sidebar in which a query, or the name of a place, is typed.

It never has Textual's focus. The screen receives every key and forwards it, so that text which an input method commits
at once arrives complete and in order.
"""

from rich.style import Style
from textual import events
from textual.geometry import Offset
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from ..cells import cell_len
from .line_edit import LineEdit, window
from .role_styles import RoleStyles, default_styles
from .strips import Piece, strip


class SearchLine(Widget, can_focus=False):
    """A prompt and the text typed after it."""

    auto_links = False

    class Clicked(Message):
        """The line was clicked: start typing in it."""

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._edit = LineEdit()
        self._prompt = ""
        self._hint = ""
        self._typing = False
        self._styles = default_styles("side")

    def use(self, styles: RoleStyles) -> None:
        """Set the styles and repaint."""
        self._styles = styles
        self.refresh()

    @property
    def text(self) -> str:
        return self._edit.text

    def open(self, prompt: str, text: str = "", hint: str = "") -> None:
        """Start editing `text` with the caret at its end. The hint is shown while the text is empty."""
        self._prompt, self._hint = prompt, hint
        self._edit = LineEdit.at_end(text)
        self.refresh()

    @property
    def typing(self) -> bool:
        """Whether keys go to this line. The caret is visible only then."""
        return self._typing

    @typing.setter
    def typing(self, typing: bool) -> None:
        self._typing = typing
        self.refresh()

    def insert(self, text: str) -> None:
        """Insert text that was typed, pasted or committed by an input method."""
        self._change(self._edit.insert(text))

    def take(self, key: str, character: str | None) -> None:
        """Apply an editing key, or insert the character of any other key."""
        if not self.edit(key) and character:
            self.insert(character)

    def edit(self, key: str) -> bool:
        """Apply an editing key. Return False if `key` is not one."""
        edited = self._edit.key(key)
        if edited is not None:
            self._change(edited)
        return edited is not None

    @property
    def caret(self) -> Offset:
        """The screen position at which the input method's window should open."""
        start, _end = self._window()
        column = len_of(self._prompt) + cell_len(self._edit.text[start : self._edit.cursor])
        return self.content_region.offset + Offset(column, 0)

    def on_click(self, event: events.Click) -> None:
        self.post_message(self.Clicked())

    def render_line(self, y: int) -> Strip:
        base, width = self._styles.plain, self.size.width
        prompt, text, hint = (self._styles[role] for role in ("key", "text", "quiet"))
        caret = text + Style(reverse=True)
        pieces: list[Piece] = [(f" {self._prompt} ", prompt)]
        start, end = self._window()
        at = self._edit.cursor
        shown = self._edit.text
        if not self._typing:
            pieces += [(shown[start:end], text)]
        else:
            pieces += [(shown[start:at], text), (shown[at : at + 1] or " ", caret), (shown[at + 1 : end], text)]
        if not shown:
            pieces.append((self._hint, hint))
        return strip(pieces, width, base)

    def _change(self, edit: LineEdit) -> None:
        self._edit = edit
        self.refresh()

    def _window(self) -> tuple[int, int]:
        return window(self._edit.text, self._edit.cursor, max(self.size.width - len_of(self._prompt) - 1, 2))


def len_of(prompt: str) -> int:
    """Return the width in cells of the prompt and the blanks around it."""
    return cell_len(prompt) + 2
