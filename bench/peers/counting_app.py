"""The smallest Textual program that answers a key: a label with a count. `q` quits."""

from textual import events
from textual.app import App, ComposeResult
from textual.widgets import Label


class CountingApp(App[None]):
    _count = 0

    def compose(self) -> ComposeResult:
        yield Label("平安开鲁")

    def on_key(self, event: events.Key) -> None:
        if event.key == "q":
            self.exit()
        self._count += 1
        self.query_one(Label).update(f"平安开鲁 {self._count}")


if __name__ == "__main__":
    CountingApp().run()
