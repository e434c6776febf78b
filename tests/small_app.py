"""A small app on the terminal driver, for tests of the driver alone: it shows what arrives."""

import sys
import time

from textual import events, work
from textual.app import ComposeResult
from textual.widgets import Label

from tui.driver import TerminalApp
from tui.terminal import leave


class SmallApp(TerminalApp):
    """`q` quits; `E`, `W`, `F` fail in a handler, in a worker and in a thread; `H` hangs."""

    arrived = ""

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
        self.arrived += what + " "
        self.query_one("#keys", Label).update(self.arrived)

    @work
    async def fail(self) -> None:
        raise ValueError("worker")

    @work(thread=True)
    def fail_in_thread(self) -> None:
        raise ValueError("thread")


if __name__ == "__main__":
    app = SmallApp()
    app.run()
    leave(app.return_code or 0)
    sys.exit("not reached")
