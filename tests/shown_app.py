"""An app that shows its input: `q` quits; `E`, `W`, `F` fail in a handler, a worker, a thread; `H` hangs."""

import time

from textual import events, work
from textual.app import ComposeResult
from textual.widgets import Label

from tui.driver.terminal_app import TerminalApp
from tui.terminal.tty import RawTerminal


class ShownApp(TerminalApp):
    """One line with the size, one with all input."""

    def __init__(self, terminal: RawTerminal | None, files: list[str] | None) -> None:
        super().__init__(terminal)
        self._files = files
        self._arrived = ""

    def screen_files(self) -> list[str] | None:
        return self._files

    def compose(self) -> ComposeResult:
        yield Label("平安开鲁", id="first", markup=False)
        yield Label("", id="keys", markup=False)

    def on_key(self, event: events.Key) -> None:
        match event.character:
            case "q":
                self.exit()
            case "E":
                raise ValueError("坏\x1b]52;c;aGk=\x07了")
            case "W":
                self.fail()
            case "F":
                self.fail_in_thread()
            case "H":
                time.sleep(60)
            case _:
                self.note(event.key if event.character is None or event.character < " " else event.character)

    def on_paste(self, event: events.Paste) -> None:
        self.note(f"<{event.text!r}>")

    def on_mouse_down(self, event: events.MouseDown) -> None:
        self.note(f"({event.x},{event.y})")

    def on_resize(self, event: events.Resize) -> None:
        self.query_one("#first", Label).update(f"平安开鲁 {event.size.width}×{event.size.height}")

    def note(self, what: str) -> None:
        self._arrived += what + " "
        self.query_one("#keys", Label).update(self._arrived)

    @work
    async def fail(self) -> None:
        raise ValueError("worker")

    @work(thread=True)
    def fail_in_thread(self) -> None:
        raise ValueError("thread")
