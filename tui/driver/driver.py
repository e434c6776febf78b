"""The terminal driver: Textual's, with the ends, the input and the modes this program needs."""

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
# Mouse: presses, drags and the wheel, not mere motion (?1003), whose every cell would cost bytes and a wake-up; never
# pixels (?1016). Keyboard: `1` tells Escape from sequences; `25` would have every key reported as a sequence, which
# costs commits of the input method in several terminals.
MOUSE_ON, MOUSE_OFF = "\x1b[?1000h\x1b[?1002h\x1b[?1006h", "\x1b[?1006l\x1b[?1002l\x1b[?1000l"
ENTER = "\x1b[?25l\x1b[?7l\x1b[?2004h\x1b[>1u"
LEAVE = f"\x1b[<u\x1b[?2004l{MOUSE_OFF}\x1b[?7h\x1b[0m\x1b[?1049l\x1b[?25h"
SYNCHRONIZED = "\x1b[?2026$p"
FRAME = "\x1b[?2026h"
"""Begins a frame that the terminal shows whole; it ends before `flush`."""
KITTY_FLAGS = "\x1b[?u"
"""Asks whether the kitty protocol is on: there a lone ESC is never the Escape key."""
ESCAPE_DELAY = 0.075
SSH_ESCAPE_DELAY = 0.15
"""Seconds, as ESCDELAY in curses programs: over a network the rest of a sequence comes later."""


def escape_delay(environ: Mapping[str, str]) -> float:
    """Return the seconds after which an ESC that nothing followed is the Escape key."""
    is_remote = any(environ.get(name) for name in ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY"))
    return SSH_ESCAPE_DELAY if is_remote else ESCAPE_DELAY


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
        self._ends = Shutdown(self._exit_app, self._give_back)
        self._ends.listen()
        self._size = size or self._tty.size()
        self._running = False
        self._typed = b""
        self._asked: RawTerminal | None = None
        self._inbox = Inbox(self._app, self._loop)
        self._held = False
        self._mouse_on = True
        self._frame = ""

    def start_application_mode(self) -> None:
        if not self._tty.in_foreground():
            os.kill(os.getpid(), signal.SIGSTOP)  # `bg`: stop again; `fg` sends another SIGCONT
            return
        taken, self._taken = self._taken or take(self._tty), None
        if taken is None:
            self._ends.terminal_gone()
            return
        taken.handed_over()
        self._asked = taken
        self._running = True
        self.attrs_before = taken.original
        self._writer_thread = OutputThread(self._tty.output, self._ends.terminal_gone)
        self._writer_thread.start()
        self._held = False
        self.write(("" if taken.shown else ALTERNATE) + ENTER + (MOUSE_ON if self._mouse_on else ""))
        self.write(KITTY_FLAGS)
        self._ask_for_synchronized_output()
        signal.signal(signal.SIGWINCH, self._on_resize)
        self._send_size()
        self._typed = taken.typed
        self._held = getattr(self._app, "is_starting", False)
        if not self._held:
            self.read_keys()
        if self._must_signal_resume:
            self._must_signal_resume = False
            self._post(self.SignalResume())

    def send_output(self) -> None:
        """Send what is drawn from now on."""
        self._held = False

    def read_keys(self) -> None:
        """Start the input thread, which first handles what was typed while the app started."""
        if self._running and self._key_thread is None:
            self._key_thread = Thread(target=self._run_input_thread, name="input", daemon=True)
            self._key_thread.start()

    def turn_mouse(self, on: bool) -> None:
        """Take the mouse, or leave it to the terminal and its own selection; also after `fg`."""
        self._mouse_on = on
        self.write(MOUSE_ON if on else MOUSE_OFF)

    def stop_application_mode(self) -> None:
        if not self._running:
            return
        self._running = self._held = False
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
        """Also after a SIGSTOP that could not be seen coming, when the shell has changed the terminal meanwhile."""
        if self._running:
            self.suspend_application_mode()
            self._must_signal_resume = True
        super().resume_application_mode()

    def disable_input(self) -> None:
        """Stock Textual's thread looks up ten times a second; this one is woken."""
        if self._key_thread is None:
            return
        signal.signal(signal.SIGWINCH, signal.SIG_DFL)
        os.write(self._wake_write, b"!")
        self._key_thread.join()
        self._key_thread = None
        os.read(self._wake_read, 1)

    def send_message(self, message: Message) -> None:
        """Called in the input thread."""
        self._inbox.put(message)

    def write(self, data: str) -> None:
        if self._writer_thread is None or self._held:
            return
        if self._frame or data == FRAME:
            self._frame += data  # one piece for the writing thread and for the terminal, where it would be three
        else:
            self._writer_thread.write(compact(data))

    def flush(self) -> None:
        """Called when a frame is whole."""
        frame, self._frame = self._frame, ""
        if frame and self._writer_thread is not None:
            self._writer_thread.write(compact(frame))

    def run_input_thread(self) -> None:
        """Read until woken; the end of the input is the end of the terminal."""
        from .input_parser import InputParser  # here, where the first screen does not wait for it

        keyboard = InputParser(escape_delay(os.environ), self._asked)
        decode = getincrementaldecoder("utf-8")("replace").decode
        data, self._typed = self._typed, b""
        while True:
            for message in keyboard.feed(decode(data)) if data else keyboard.tick():
                self.process_message(message)
            ready = select.select([self._tty.input, self._wake_read], [], [], keyboard.wait)[0]
            if self._wake_read in ready:
                return
            data = b""
            if ready:
                with suppress(OSError):
                    data = os.read(self._tty.input, 4096)
                if not data:
                    self._ends.terminal_gone()
                    return

    def _run_input_thread(self) -> None:
        try:
            self.run_input_thread()
        except Exception as error:
            self._app.call_later(self._app._handle_exception, error)

    def _get_terminal_size(self) -> tuple[int, int]:
        return self._tty.size()

    def _ask_for_synchronized_output(self) -> None:
        """Frames whole or not at all, where the terminal can; Apple's prints a stray letter when asked."""
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
        """Without the app, which does not answer; a terminal that takes nothing is not waited for."""
        if select.select([], [self._tty.output], [], 0.1)[1]:
            self._tty.write(LEAVE.encode())
        if self.attrs_before is not None:
            restore(self._tty, self.attrs_before)
