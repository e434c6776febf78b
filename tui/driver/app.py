"""What every app of ours shares at its two ends: the terminal taken over and given back, errors told in three lines."""

import gc
import os
import sys
import threading
from collections.abc import Callable, Iterable
from typing import ClassVar

from rich.console import RenderableType
from rich.control import Control
from textual.app import App
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Size
from textual.screen import Screen
from textual.types import CSSPathType
from textual.worker import WorkerFailed

from ..terminal import crash, last_screen
from ..terminal.frame_compressor import compact
from ..terminal.tty import RawTerminal
from .driver import TerminalDriver


class TerminalApp(App[None]):
    """The base of the app that people use.

    Subclass it instead of `textual.app.App` and pass on the terminal as it was taken before the imports:
    `super().__init__(taken=taken)`. Run it with `.start()`, close everything,
    `.keep_screen()`, and end with `tty.leave(status)`.
    Handlers named `_on_mount` and the like may be defined in both classes: Textual calls each.
    """

    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+c", "quit", show=False, system=True)]

    def __init__(self, taken: RawTerminal | None = None, css_path: CSSPathType | None = None) -> None:
        super().__init__(driver_class=TerminalDriver, css_path=css_path)
        self.taken = taken
        self.animation_level = "none"
        self.begins_later = True
        """Until the first screen stands: what is drawn before is half of it, and keys find nobody to take them."""
        self._last_words = ""
        self._crashed = False
        self._last_frame: tuple[str, Size, tuple[str, ...]] | None = None

    def start(self) -> int:
        """Run until the user leaves and return the exit status. When all files are closed, `keep_screen`.

        An exception that ends a thread ends the app as one in a handler does.
        """
        threading.excepthook = self._thread_failed
        try:
            self.run()
        finally:
            threading.excepthook = threading.__excepthook__
        return crash.STATUS if self._crashed else self.return_code or 0

    def _thread_failed(self, failed: threading.ExceptHookArgs) -> None:
        if failed.exc_value is not None:
            self.call_later(self._handle_exception, failed.exc_value)

    def rests_on(self) -> Iterable[str] | None:
        """The files that the next start's first screen is drawn from, if that is the screen shown now; None if not.

        Settings, catalogue, reading state, the article shown. Asked on leaving; by default nothing is kept.
        """
        return None

    def _on_mount(self) -> None:
        self.app_resume_signal.subscribe(self, self._repaint)

    def _on_ready(self) -> None:
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        """Paint the first screen, whole; all that start has made stays for good, so it need not be looked through."""
        self.begins_later = False
        if isinstance(self._driver, TerminalDriver):
            self._driver.begin()
            self._display(self.screen, self.screen._compositor.render_full_update())
            self._driver.read()
        gc.freeze()
        gc.enable()
        self.begun()

    def begun(self) -> None:
        """The first screen is on the terminal; for subclasses."""

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        """Leave the terminal's cursor, with every frame, where the screen on top has its own.

        Input methods open their window there, and magnifiers and braille displays show what is there. It is asked for
        here, when everything has its place in the frame: before, a line that has just been opened has none.
        """
        caret = getattr(self.screen, "caret", None) if self.screen_stack else None
        if isinstance(caret, Offset):
            self.cursor_position = caret
        super()._display(screen, renderable)

    def _repaint(self, _: App[None]) -> None:
        """After `fg` the terminal is empty."""
        self.refresh(layout=True)

    async def _shutdown(self) -> None:
        """The screen is read off while it still stands."""
        if self._driver is not None and self._exception is None and not self.is_headless:
            files = self.rests_on()
            if files is not None:
                frame = self.screen._compositor.render_full_update().render_segments(self.console)
                cursor = Control.move_to(*self.cursor_position).segment.text
                self._last_frame = compact(frame) + cursor, self.size, tuple(files)
        await super()._shutdown()

    def keep_screen(self) -> None:
        """Keep the screen for the next start; without one worth keeping, an old one goes.

        Call it last: a file that is written or closed later is a file that has changed.
        """
        if self._last_frame is None:
            last_screen.forget()
            return
        frame, size, files = self._last_frame
        width, ground = (None, None) if self.taken is None else (self.taken.width, self.taken.background)
        try:
            last_screen.keep(frame, (size.width, size.height), width, files, ground)
        except OSError:
            last_screen.forget()

    def copy(self, text: str, what: str, say: Callable[[str], None]) -> None:
        """Copy text; `say` is called with the line that tells what is known of it, `what` being its name in it."""
        from ..terminal import clipboard

        self._clipboard = text
        if self.is_headless or not clipboard.in_tmux(os.environ):
            self._send_to_clipboard(text)
            say(clipboard.told("terminal", what))
        else:
            self.run_worker(lambda: self._copy_in_tmux(text, what, say), thread=True)

    def copy_to_clipboard(self, text: str) -> None:
        """For the screen library's own commands, which say nothing."""
        self.copy(text, "", lambda line: None)

    def _copy_in_tmux(self, text: str, what: str, say: Callable[[str], None]) -> None:
        """Runs in a thread: tmux may take its time."""
        from ..terminal import clipboard

        outcome = clipboard.load_into_tmux(text)
        if outcome == "refused":
            self.call_from_thread(self._send_to_clipboard, text)
        self.call_from_thread(say, clipboard.told(outcome, what))

    def _send_to_clipboard(self, text: str) -> None:
        from ..terminal import clipboard

        if self._driver is not None:
            self._driver.write(clipboard.sequence(text, os.environ))

    def _handle_exception(self, error: Exception) -> None:
        """Log it and close; what came first is what is told.

        Of an error in a screen that is being taken down the person need not hear: they are leaving.
        """
        told = crash.tell(error.error if isinstance(error, WorkerFailed) else error)
        if self._exit:
            return
        self._crashed = True
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
