"""The user's marks of an archive for questions to its server: what the state file has and the server does not know."""

from threading import Lock

from ..query.filters import Mark as MarkName
from ..reading.outbox import Outbox
from .read_condition import MarkConditions, MarkKind, Moment, UnsentMarks
from .sql_condition import Condition

_EVERY = 1 << 30


class MarkStore:
    """The marks of one library. Any thread may use it."""

    def __init__(self, library: str, outbox: Outbox) -> None:
        """`library` is the id that names the archive; the outbox is closed with the store."""
        self.library = library
        self._outbox = outbox
        self._lock = Lock()
        self._unsent: dict[str, UnsentMarks] | None = None

    def conditions(self, kind: MarkKind = "read", at: Moment | None = None) -> MarkConditions:
        """Return the conditions on the marks of one kind."""
        return MarkConditions(self.library, self._unsent_marks()[kind], at)

    def condition(self, mark: MarkName) -> Condition:
        """Return the condition that the user has marked an article so, for a search; see sql_condition.Marked."""
        kind: MarkKind = "star" if mark == "starred" else "read"
        marked = self.conditions(kind).is_marked(kind)
        return Condition(f"not {marked}" if mark == "unread" else marked)

    def close(self) -> None:
        self._outbox.close()

    def _unsent_marks(self) -> dict[str, UnsentMarks]:
        """Return the unsent marks. Reads all marks of the library, but only after the state file changed."""
        with self._lock:
            changed = self._outbox.changed()
            if changed or self._unsent is None:
                marks = self._outbox.unsent(_EVERY)
                self._unsent = {
                    kind: UnsentMarks(
                        *(
                            [one.article for one in marks if one.kind == kind and one.is_on is on]
                            for on in (True, False)
                        )
                    )
                    for kind in ("read", "star")
                }
            return self._unsent
