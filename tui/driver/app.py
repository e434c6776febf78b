"""What every app of ours shares at its two ends: the terminal taken over and given back, errors told in three lines."""

from typing import ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.types import CSSPathType

from ..terminal.tty import Taken
from .driver import TerminalDriver


class TerminalApp(App[None]):
    """The base of `app.GaNewsApp`.

    Subclass it instead of `textual.app.App` and pass on the terminal as `terminal.first.open` gave it:
    `super().__init__(taken=taken)`. Run it with `.run()`, then `terminal.leave(app.return_code or 0)`.
    """

    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+c", "quit", show=False, system=True)]

    def __init__(self, taken: Taken | None = None, css_path: CSSPathType | None = None) -> None:
        super().__init__(driver_class=TerminalDriver, css_path=css_path)
        self.taken = taken
        self.animation_level = "none"

    def _on_mount(self) -> None:
        self.app_resume_signal.subscribe(self, self._repaint)

    def _repaint(self, _: App[None]) -> None:
        """After `fg` the terminal is empty."""
        self.refresh(layout=True)
