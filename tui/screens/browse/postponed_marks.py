"""The marks of articles that the user opens while a thread changes the marks of a long list."""

from ...reading import Reading


class PostponedMarks:
    """Marks articles read, after the thread if one is at work."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._opened: list[str] | None = None
        """Ids of articles opened while a thread works; None if no thread does."""

    def read(self, article_id: str) -> bool:
        """Mark an article read and return whether it was unread. While a thread works, return False."""
        if self._opened is not None:
            self._opened.append(article_id)
            return False
        return self._reading.mark_read(article_id)

    def begin(self) -> None:
        """Note that a thread starts to change marks."""
        self._opened = []

    def end(self) -> None:
        """Note that the thread is done, and mark the articles that were opened meanwhile."""
        opened, self._opened = self._opened or [], None
        for article_id in opened:
            self._reading.mark_read(article_id)
