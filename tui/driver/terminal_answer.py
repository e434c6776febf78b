"""Answers of the terminal after the app has started."""

from textual.message import Message


class TerminalAnswered(Message):
    """A late answer differs from the assumption made without it. The app's `terminal` holds it."""

    def can_replace(self, message: Message) -> bool:
        """Let one message stand for several answers."""
        return isinstance(message, TerminalAnswered)
