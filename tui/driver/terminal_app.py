"""The base class of the app: how it ends, how it reports errors, and how it copies text."""

import os
import sys
import threading
from collections.abc import Callable
from typing import ClassVar

from rich.console import RenderableType
from textual.app import App
from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.screen import Screen
from textual.types import CSSPathType
from textual.worker import WorkerFailed

from ..terminal import crash
from ..terminal.tty import RawTerminal
from .driver import TerminalDriver
from .first_frame import FirstFrameApp


class TerminalApp(FirstFrameApp):
    """The base class of the app.

    Create it with the terminal that was taken before the imports, run it with `start`, close all files, call
    `keep_screen`, and end the process with `tty.leave(status)`. Handlers such as `_on_mount` may be defined in a
    subclass too: Textual calls both.
    """

    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+c", "quit", show=False, system=True)]

    def __init__(self, terminal: RawTerminal | None = None, css_path: CSSPathType | None = None) -> None:
        super().__init__(terminal, css_path)
        self.animation_level = "none"
        self._error_report = ""
        self._has_crashed = False

    def start(self) -> int:
        """Run until the user quits and return the exit status. An exception in any thread ends the app."""
        threading.excepthook = self._thread_failed
        try:
            self.run()
        finally:
            threading.excepthook = threading.__excepthook__
        return crash.STATUS if self._has_crashed else self.return_code or 0

    def _thread_failed(self, failed: threading.ExceptHookArgs) -> None:
        if failed.exc_value is not None:
            self.call_later(self._handle_exception, failed.exc_value)

    def _on_mount(self) -> None:
        self.app_resume_signal.subscribe(self, self._repaint)

    def _repaint(self, _: App[None]) -> None:
        """Draw everything after `fg`, when the terminal is empty."""
        self.refresh(layout=True)

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        """Write a frame and leave the terminal's cursor at the caret of the top screen.

        Input methods open their window at the cursor; magnifiers and braille displays follow it. The caret is read
        here, with the frame laid out: a search line that has just opened has no position before.
        """
        caret = getattr(self.screen, "caret", None) if self.screen_stack else None
        if isinstance(caret, Offset):
            self.cursor_position = caret
        super()._display(screen, renderable)

    def turn_mouse(self, on: bool) -> None:
        """Take the mouse, or leave it to the terminal and its own selection."""
        if isinstance(self._driver, TerminalDriver):
            self._driver.turn_mouse(on)

    def write_to_terminal(self, sequence: str) -> None:
        """Write a control sequence that is part of no frame."""
        if self._driver is not None:
            self._driver.write(sequence)

    # Clipboard

    def copy(self, text: str, what: str, say: Callable[[str], None]) -> None:
        """Copy text and call `say` with a line about the outcome, in which the text is called `what`."""
        from ..terminal import clipboard

        self._clipboard = text
        if self.is_headless or not clipboard.in_tmux(os.environ):
            self._send_to_clipboard(text)
            say(clipboard.outcome_message("terminal", what))
        else:
            self.run_worker(lambda: self._copy_in_tmux(text, what, say), thread=True)

    def copy_to_clipboard(self, text: str) -> None:
        """Copy text for Textual's own commands, without a message."""
        self.copy(text, "", lambda line: None)

    def _copy_in_tmux(self, text: str, what: str, say: Callable[[str], None]) -> None:
        """Copy by tmux's own command. Runs in a thread, as tmux may take its time."""
        from ..terminal import clipboard

        outcome = clipboard.load_into_tmux(text)
        if outcome == "refused":
            self.call_from_thread(self._send_to_clipboard, text)
        self.call_from_thread(say, clipboard.outcome_message(outcome, what))

    def _send_to_clipboard(self, text: str) -> None:
        from ..terminal import clipboard

        self.write_to_terminal(clipboard.sequence(text, os.environ))

    # Errors: three lines instead of Textual's page of trace (https://github.com/Textualize/textual/issues/3069)

    def _handle_exception(self, error: Exception) -> None:
        """Log an error and close the app; the first error is reported.

        An error while the app closes is logged but not reported: the user is leaving.
        """
        report = crash.report(error.error if isinstance(error, WorkerFailed) else error)
        if self._exit:
            return
        self._has_crashed = True
        self._error_report = self._error_report or report
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """Close the app without printing Textual's traceback."""
        self._close_messages_no_wait()

    def panic(self, *renderables: RenderableType) -> None:
        """Close without printing errors that render themselves, such as those of a style sheet."""
        self._close_messages_no_wait()

    def _print_error_renderables(self) -> None:
        """Print the report in place of Textual's, once the terminal is restored."""
        self._exit_renderables.clear()
        if self._error_report and sys.__stderr__ is not None:
            sys.__stderr__.flush()
            sys.__stderr__.buffer.write(self._error_report.encode())
            sys.__stderr__.buffer.flush()
            self._error_report = ""
