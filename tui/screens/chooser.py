"""The chooser screen: a list in the sidebar's place or on the whole screen, such as palette, help or outline."""

from collections.abc import Callable, Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.geometry import Offset
from textual.screen import ModalScreen

from ..driver.styles import forget_removed_widgets
from ..i18n import _
from ..keys import Command, bindings
from ..theme import ColourTheme
from ..widgets.choice_list import Choice, ChoiceList
from ..widgets.edge_line import EdgeLine
from ..widgets.role_styles import RoleStyles
from ..widgets.search_line import SearchLine
from .key_queue import ALWAYS_QUITS, KeysWanted, TakesKeys, Typed
from .widths import sidebar_width

Find = Callable[[str], Sequence[Choice]]
"""Returns the choices for the typed text; all of them for an empty text."""


class Chooser(ModalScreen[None], TakesKeys):
    """A list to choose from.

    Calls `then` with the key of the choice, or with None if the user left the list, and `pointed` with the key under
    the cursor whenever the cursor moves. Both calls come before the next key is handled.
    """

    AUTO_FOCUS = ""

    def __init__(
        self,
        title: str,
        find: Find,
        look: ColourTheme,
        commands: Sequence[Command],
        then: Callable[[str | None], None] = lambda key: None,
        *,
        hint: str = "",
        wide: bool = False,
        chosen: str | None = None,
        pointed: Callable[[str], None] | None = None,
    ) -> None:
        """Create the chooser. A `hint` adds an input line to filter the choices; `wide` uses the whole screen."""
        super().__init__(classes="-wide" if wide else "")
        self._heading = title
        self._find = find
        self._look = look
        self._hint = hint
        self._typing = bool(hint)
        self._chosen = chosen
        self._then = then
        self._pointed = pointed
        self._is_ready = False
        self._left = False
        self._keys = bindings("search" if self._typing else "list", commands)
        self.heading = EdgeLine("side", id="heading")
        self.line = SearchLine(id="line")
        self.choices = ChoiceList(id="choices")
        self.detail = EdgeLine("bar", id="detail")
        self._box = Vertical(id="chooser")

    def compose(self) -> ComposeResult:
        with self._box:
            yield self.heading
            yield self.line
            yield self.choices
        yield self.detail

    def on_mount(self) -> None:
        self.line.display = self._typing
        self.line.open("›", hint=self._hint)
        self.line.typing = self._typing
        self.heading.say([(self._heading, "title")], [])
        self.apply(self._look)
        self._show(self._chosen)
        self.call_after_refresh(self._stand)

    def _stand(self) -> None:
        """Accept keys, now that the list has its size."""
        self._is_ready = True
        self.post_message(KeysWanted())

    def on_unmount(self) -> None:
        """Clear Textual's style caches, which would otherwise keep up to a thousand removed widgets alive."""
        forget_removed_widgets()

    def apply(self, look: ColourTheme) -> None:
        """Apply a theme. May be called before the screen is mounted."""
        self._look = look
        side = RoleStyles(look, "side")
        for widget in (self.heading, self.line, self.choices):
            widget.use(side)
        self.detail.use(RoleStyles(look, "bar"))

    def on_resize(self) -> None:
        if not self.has_class("-wide"):
            self._box.styles.width = sidebar_width(self.size.width) or self.size.width

    @property
    def waits(self) -> bool:
        return not self._is_ready

    def take(self, typed: Typed) -> None:
        if isinstance(typed, events.Paste):
            self._type(lambda: self.line.insert(typed.text))
            return
        if typed.key == ALWAYS_QUITS:
            self.app.exit()
            return
        command = self._keys.get(typed.key)
        if not (command and self._obey(command.id)):
            self._type(lambda: self.line.take(typed.key, typed.character if typed.is_printable else None))

    def _type(self, change: Callable[[], None]) -> None:
        """Edit the input line with `change` and, if its text changed, update the choices."""
        if not self._typing:
            return
        before = self.line.text
        change()
        if self.line.text != before:
            self._show(None)

    def on_choice_list_chosen(self, event: ChoiceList.Chosen) -> None:
        self._leave(event.choice.key)

    def _obey(self, command: str) -> bool:
        """Perform a command in the list. Return False if the command does nothing here."""
        before = self.choices.choice
        match command:
            case "down":
                self.choices.move(1)
            case "up":
                self.choices.move(-1)
            case "page_down":
                self.choices.move_page(1)
            case "page_up":
                self.choices.move_page(-1)
            case "top":
                self.choices.move_to_end(-1)
            case "end":
                self.choices.move_to_end(1)
            case "read" | "reader_pane":
                self._leave(self.choices.choice.key if self.choices.choice else None)
            case "leave" | "quit" | "list_pane" | "help" | "palette":
                self._leave(None)
            case _:
                return False
        if not self._left and (now := self.choices.choice) is not before:
            self._say()
            if self._pointed and now:
                self._pointed(now.key)
        return True

    def _leave(self, key: str | None) -> None:
        if not self._left:
            self._left = True
            self.dismiss()
            self._then(key)

    def _show(self, key: str | None) -> None:
        self.choices.show(self._find(self.line.text if self._typing else ""), key)
        self._say()

    def _say(self) -> None:
        choice = self.choices.choice
        self.detail.say([(choice.label if choice else _("没有找到"), "text")], [])

    @property
    def caret(self) -> Offset:
        """Screen position for the terminal's cursor: the caret of the input line, else the list's cursor."""
        return self.line.caret if self._typing else self.choices.caret
