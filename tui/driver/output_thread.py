"""The thread that writes to the terminal, in UTF-8 whatever the locale says."""

import os
import sys
from collections.abc import Callable

from textual.drivers._writer_thread import WriterThread


class OutputThread(WriterThread):
    """Writes queued output together. After an error it drops all output, so that the app never waits for it."""

    def __init__(self, output: int, gone: Callable[[], None]) -> None:
        """`gone` is called in this thread when the terminal accepts no more."""
        super().__init__(sys.__stderr__ or sys.stderr)
        self._output = output
        self._gone = gone
        self._has_failed = False

    def write(self, text: str) -> None:
        if self.is_alive():
            super().write(text)

    def stop(self) -> None:
        if self.is_alive():
            super().stop()

    def run(self) -> None:
        waiting: list[str] = []
        while (text := self._queue.get()) is not None:
            waiting.append(text)
            if self._queue.empty():
                self._send("".join(waiting))
                waiting.clear()
        self._send("".join(waiting))

    def _send(self, text: str) -> None:
        data = text.encode("utf-8", "replace")
        while data and not self._has_failed:
            try:
                data = data[os.write(self._output, data) :]
            except OSError:
                self._has_failed = True
                self._gone()
