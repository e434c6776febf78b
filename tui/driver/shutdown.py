"""Orderly shutdown on signals and on a lost terminal, with exit status 128 + signal.

Textual installs no handlers for signals that end a program (https://github.com/Textualize/textual/issues/5140).
"""

import asyncio
import os
import signal
import threading
from collections.abc import Callable
from types import FrameType

SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGINT)
PATIENCE_SECONDS = 2.0
"""Seconds that the app has to close before the process is ended for it."""


class Shutdown:
    """Turns signals and a lost terminal into an orderly end."""

    def __init__(self, exit_app: Callable[[int], None], give_back: Callable[[], None]) -> None:
        """`exit_app` asks the app to close with a status; `give_back` restores the terminal without the app."""
        self._exit_app = exit_app
        self._give_back = give_back
        self._loop = asyncio.get_running_loop()
        self._ending = False

    def listen(self) -> None:
        """Install the signal handlers. Runs in the main thread."""
        for number in SIGNALS:
            signal.signal(number, self._on_signal)

    def terminal_gone(self) -> None:
        """End because the terminal has gone without SIGHUP. May be called from any thread."""
        self._end(128 + signal.SIGHUP)

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        self._end(128 + number)

    def _end(self, code: int) -> None:
        if self._ending:
            return
        self._ending = True
        watchdog = threading.Timer(PATIENCE_SECONDS, self._end_anyway, (code,))
        watchdog.daemon = True
        watchdog.start()
        try:
            self._loop.call_soon_threadsafe(self._exit_app, code)
        except RuntimeError:  # the loop is closed because the app is ending already
            return

    def _end_anyway(self, code: int) -> None:
        self._give_back()
        os._exit(code)
