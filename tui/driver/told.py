"""What the terminal tells about itself after the app has started."""

from textual.message import Message


class TerminalTold(Message):
    """An answer came late and is another than was assumed: it is in the app's `taken`."""

    def can_replace(self, message: Message) -> bool:
        """One message is enough for several answers."""
        return isinstance(message, TerminalTold)
