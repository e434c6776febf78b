"""The terminal driver: Textual's, with our own output, input, modes and shutdown."""

import asyncio
import os
import select
import signal
from codecs import getincrementaldecoder
from collections.abc import Mapping
from contextlib import suppress
from threading import Thread
from types import FrameType

from textual import events
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size
from textual.message import Message

from ..terminal.frame_compressor import compact
from ..terminal.tty import RawTerminal, Tty, restore, take
from .inbox import Inbox
from .output_thread import OutputThread
from .shutdown import Shutdown

ALTERNATE = "\x1b[?1049h"
# Mouse: presses, drags and the wheel, but no motion (?1003), which would cost bytes and a wake-up for each cell, and no
# pixels (?1016). Keyboard: flag 1 tells Escape from sequences. Textual's 25 reports every key as a sequence, which
# loses input method commits in several terminals.
MOUSE_ON, MOUSE_OFF = "\x1b[?1000h\x1b[?1002h\x1b[?1006h", "\x1b[?1006l\x1b[?1002l\x1b[?1000l"
ENTER = "\x1b[?25l\x1b[?7l\x1b[?2004h\x1b[>1u"
LEAVE = f"\x1b[<u\x1b[?2004l{MOUSE_OFF}\x1b[?7h\x1b[0m\x1b[?1049l\x1b[?25h"
SYNCHRONIZED = "\x1b[?2026$p"
FRAME = "\x1b[?2026h"
"""Begins a frame that the terminal shows at once. `flush` writes it."""
KITTY_FLAGS = "\x1b[?u"
"""Asks whether the kitty protocol is on. With it, a lone ESC is never the Escape key."""
ESCAPE_SECONDS = 0.075
SSH_ESCAPE_SECONDS = 0.15
"""Seconds, like ESCDELAY in curses programs. Over a network the rest of a sequence comes later."""


def escape_delay(environ: Mapping[str, str]) -> float:
    """Return the seconds after which an ESC alone is the Escape key."""
    is_remote = any(environ.get(name) for name in ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY"))
    return SSH_ESCAPE_SECONDS if is_remote else ESCAPE_SECONDS


class TerminalDriver(LinuxDriver):
    """Use as `App(driver_class=TerminalDriver)`.

    An app may have two attributes: `terminal`, taken before the imports, and `is_starting`. While the latter is true,
    nothing is sent and keys wait, until the app calls `send_output` and `read_keys`.
    """

    def __init__(
        self,
        app: App[object],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        taken = getattr(app, "terminal", None)
        self._taken = taken if isinstance(taken, RawTerminal) else None
        self._tty = self._taken.tty if self._taken is not None else Tty(self.fileno, 2)
        self._wake_read, self._wake_write = os.pipe()
        os.set_blocking(self._wake_write, False)
        self._shutdown = Shutdown(self._exit_app, self._give_back)
        self._shutdown.listen()
        self._size = size or self._tty.size()
        self._running = False
        self._typed_early = b""
        self._questions: RawTerminal | None = None
        self._inbox = Inbox(self._app, self._loop)
        self._holds_output = False
        self._mouse_on = True
        self._frame = ""

    def start_application_mode(self) -> None:
        if not self._tty.in_foreground():
            os.kill(os.getpid(), signal.SIGSTOP)  # `bg`: stop again; `fg` sends another SIGCONT
            return
        taken, self._taken = self._taken or take(self._tty), None
        if taken is None:
            self._shutdown.terminal_gone()
            return
        taken.handed_over()
        self._questions = self._questions or taken  # the app reads the answers there, also after `fg`
        self._running = True
        self.attrs_before = taken.original
        self._writer_thread = OutputThread(self._tty.output, self._shutdown.terminal_gone)
        self._writer_thread.start()
        self._holds_output = False
        self.write(("" if taken.shows_last_screen else ALTERNATE) + ENTER + (MOUSE_ON if self._mouse_on else ""))
        self.write(KITTY_FLAGS)
        self._ask_for_synchronized_output()
        signal.signal(signal.SIGWINCH, self._on_resize)
        self._send_size()
        self._typed_early = taken.typed
        self._holds_output = getattr(self._app, "is_starting", False)
        if not self._holds_output:
            self.read_keys()
        if self._must_signal_resume:
            self._must_signal_resume = False
            self._post(self.SignalResume())

    def send_output(self) -> None:
        """Send what is drawn from now on."""
        self._holds_output = False

    def read_keys(self) -> None:
        """Start the input thread, which first handles what was typed while the app started."""
        if self._running and self._key_thread is None:
            self._key_thread = Thread(target=self._run_input_thread, name="input", daemon=True)
            self._key_thread.start()

    def turn_mouse(self, on: bool) -> None:
        """Take the mouse, or leave it to the terminal and its own selection. The choice outlasts a stop."""
        self._mouse_on = on
        self.write(MOUSE_ON if on else MOUSE_OFF)

    def stop_application_mode(self) -> None:
        if not self._running:
            return
        self._running = self._holds_output = False
        self.flush()
        self.write(LEAVE)
        self.close()
        self.disable_input()
        if self.attrs_before is not None:
            restore(self._tty, self.attrs_before)

    def _sigcont_application(self, *_: object) -> None:
        """Resume from the event loop: the signal may interrupt a write, which holds the lock of the output queue."""
        with suppress(RuntimeError):  # the loop has closed: the app is ending
            self._loop.call_soon_threadsafe(self.resume_application_mode)

    def resume_application_mode(self) -> None:
        """Take the terminal back, also after a SIGSTOP, before which nothing could be restored."""
        if self._running:
            self.suspend_application_mode()
            self._must_signal_resume = True
        super().resume_application_mode()

    def disable_input(self) -> None:
        """Wake the input thread and wait for its end. Textual's own thread would notice up to 0.1 s later."""
        if self._key_thread is None:
            return
        signal.signal(signal.SIGWINCH, signal.SIG_DFL)
        os.write(self._wake_write, b"!")
        self._key_thread.join()
        self._key_thread = None
        os.read(self._wake_read, 1)

    def send_message(self, message: Message) -> None:
        """Hand a message to the app. Runs in the input thread."""
        self._inbox.put(message)

    def write(self, data: str) -> None:
        if self._writer_thread is None or self._holds_output:
            return
        if self._frame or data == FRAME:
            self._frame += data  # one write and one piece for the terminal instead of three
        else:
            self._writer_thread.write(compact(data))

    def flush(self) -> None:
        """Write the frame. Textual calls this when it is complete."""
        frame, self._frame = self._frame, ""
        if frame and self._writer_thread is not None:
            self._writer_thread.write(compact(frame))

    def run_input_thread(self) -> None:
        """Read until woken. The end of the input means that the terminal has gone."""
        from .input_parser import InputParser  # not needed by the first frame

        parser = InputParser(escape_delay(os.environ), self._questions)
        decode = getincrementaldecoder("utf-8")("replace").decode
        data, self._typed_early = self._typed_early, b""
        while True:
            for message in parser.feed(decode(data)) if data else parser.tick():
                self.process_message(message)
            ready = select.select([self._tty.input, self._wake_read], [], [], parser.wait)[0]
            if self._wake_read in ready:
                return
            data = b""
            if ready:
                with suppress(OSError):
                    data = os.read(self._tty.input, 4096)
                if not data:
                    self._shutdown.terminal_gone()
                    return

    def _run_input_thread(self) -> None:
        try:
            self.run_input_thread()
        except Exception as error:
            self._app.call_later(self._app._handle_exception, error)

    def _get_terminal_size(self) -> tuple[int, int]:
        return self._tty.size()

    def _ask_for_synchronized_output(self) -> None:
        """Ask whether frames can be shown at once. Apple's terminal would print a stray letter."""
        if os.environ.get("TERM_PROGRAM", "") != "Apple_Terminal":
            self.write(SYNCHRONIZED)

    def _on_resize(self, _number: int, _frame: FrameType | None) -> None:
        self._send_size()

    def _send_size(self) -> None:
        size = Size(*self._tty.size())
        self._post(events.Resize(size, size))

    def _post(self, message: events.Event) -> None:
        asyncio.run_coroutine_threadsafe(self._app._post_message(message), loop=self._loop)

    def _exit_app(self, code: int) -> None:
        self._app.exit(return_code=code)

    def _give_back(self) -> None:
        """Restore the terminal when the app does not respond. Does not wait for a terminal that is blocked."""
        if select.select([], [self._tty.output], [], 0.1)[1]:
            self._tty.write(LEAVE.encode())
        if self.attrs_before is not None:
            restore(self._tty, self.attrs_before)
