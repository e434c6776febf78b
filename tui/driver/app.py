"""What every app of ours shares at its two ends: the terminal taken over and given back, errors told in three lines."""

import sys
from typing import ClassVar

from rich.console import RenderableType
from textual.app import App
from textual.binding import Binding, BindingType
from textual.types import CSSPathType
from textual.worker import WorkerFailed

from ..terminal import crash
from ..terminal.tty import Taken
from .driver import TerminalDriver


class TerminalApp(App[None]):
    """The base of the app that people use.

    Subclass it instead of `textual.app.App` and pass on the terminal as it was taken before the imports:
    `super().__init__(taken=taken)`. Run it with `.run()`, then end with `terminal.leave(app.return_code or 0)`.
    Handlers named `_on_mount` and the like may be defined in both classes: Textual calls each.
    """

    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+c", "quit", show=False, system=True)]

    def __init__(self, taken: Taken | None = None, css_path: CSSPathType | None = None) -> None:
        super().__init__(driver_class=TerminalDriver, css_path=css_path)
        self.taken = taken
        self.animation_level = "none"
        self._last_words = ""

    def _on_mount(self) -> None:
        self.app_resume_signal.subscribe(self, self._repaint)

    def _repaint(self, _: App[None]) -> None:
        """After `fg` the terminal is empty."""
        self.refresh(layout=True)

    def _handle_exception(self, error: Exception) -> None:
        """Log it and close; what came first is what is told."""
        told = crash.tell(error.error if isinstance(error, WorkerFailed) else error)
        self._last_words = self._last_words or told
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """Instead of a page of trace."""
        self._close_messages_no_wait()

    def panic(self, *renderables: RenderableType) -> None:
        """Errors that render themselves (a style sheet's) are told like any other."""
        self._close_messages_no_wait()

    def _print_error_renderables(self) -> None:
        self._exit_renderables.clear()
        if self._last_words and sys.__stderr__ is not None:
            sys.__stderr__.flush()
            sys.__stderr__.buffer.write(self._last_words.encode())
            sys.__stderr__.buffer.flush()
            self._last_words = ""
