"""The smallest Textual program, one label, as the lower bound for all others. `q` quits."""

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.widgets import Label


class BareApp(App[None]):
    BINDINGS: ClassVar[list[BindingType]] = [("q", "quit", "")]

    def compose(self) -> ComposeResult:
        yield Label("平安开鲁")


if __name__ == "__main__":
    BareApp().run()
