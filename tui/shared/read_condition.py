"""Which articles a user has read or starred, as conditions in SQL on the marks that the server has. Pure.

Marks that have not been sent yet take precedence. "All read" is a watermark: an article is read if its load has a feed
number up to the watermark's, unless a later mark says otherwise.
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from ..catalogue import Grouping
from .node_link import Statement
from .sql_condition import array, quote

MarkKind = Literal["read", "star"]


class UnsentMarks(NamedTuple):
    """The ids of articles whose marks of one kind the server does not know yet."""

    on: Sequence[str] = ()
    off: Sequence[str] = ()


class Moment(NamedTuple):
    """A state of a user's marks on the server: the last change, and the watermark's feed number, time and device."""

    change: int
    feed: int | None
    """None without a watermark."""
    at: int
    device: str


_USER = 'current_user::text collate "default"'
"""The user as the index of marks has it: a name has another type and collation, for which an index is of no use."""
_OWN = f"person = {_USER} and library = {{library}}"
"""A superuser would see the marks of all users."""
_MOMENT = (
    f"select coalesce((select last from tally where {_OWN}), 0), w.feed, coalesce(w.at, 0), coalesce(w.device, '')"
    f" from (select) one left join (select feed, at, device from watermark where {_OWN}) w on true"
)


class MarkConditions:
    """Conditions on the marks of one library, now or, with a moment, as they were at that moment.

    A list needs the moment, because its rows must stay where they are while pages of it are fetched. A mark that was
    set later was off before, and the reverse.
    """

    def __init__(self, library: str, unsent: UnsentMarks, at: Moment | None = None) -> None:
        self._library, self._unsent, self._at = quote(library), unsent, at
        self._own = _OWN.format(library=self._library)

    def is_marked(self, kind: MarkKind = "read") -> str:
        """Return the condition that an article has the mark; it needs the columns `id` and `load`."""
        covered = self._covered() if kind == "read" else "false"
        stored = f"(select {self._verdict(kind)} from mark m where {self._marks(kind)} and m.article = id)"
        known = f"case {stored} when 1 then true when 0 then false else {covered} end"
        both = zip(self._unsent, ("true", "false"), strict=True)
        named = [f"when id = any({array(ids)}) then {value}" for ids, value in both if ids]
        return f"(case {' '.join(named)} else {known} end)" if named else f"({known})"

    @property
    def counts_unread(self) -> bool:
        """Whether the statements below count unread articles, not read ones: probably the smaller number."""
        return self._at is not None and self._at.feed is not None

    def total(self) -> Statement:
        """Return the statement for the number of articles; see `counts_unread`."""
        if self.counts_unread:
            return _literal(f"select count(*) from ({self._unread_rows('a.id')}) unread")
        return _literal(f"select count(*) from ident where number is not null and {self._is_named_read()}")

    def in_groups(self, by: Grouping) -> Statement:
        """Return the statement for the names of groups and the numbers of their articles; see `counts_unread`."""
        columns = "a.day, a.bulletin, a.place, a.authors, a.tags"
        keys = f"select day, number from ident where {self._is_named_read()}"
        rows = f"select {columns} from article a where (a.day, a.number) in ({keys})"
        if self.counts_unread:
            rows = self._unread_rows(columns)
        return _literal(f"select g.name, count(*) from ({rows}) r, {groups_of_row(by)} as g (name) group by 1")

    def _is_named_read(self) -> str:
        """Return the condition on a row of `ident` that a mark says that its article is read."""
        return f"id in ({self._named('true', self._unsent.on)}) and {self.is_marked()}"

    def _unread_rows(self, columns: str) -> str:
        """Return the query of the unread articles: those after the watermark, and those that a mark excepts from it."""
        at = self._at or Moment(0, None, 0, "")
        excepted = self._named(f"(not m.is_on or m.change > {at.change})", self._unsent.off)
        keys = f"select day, number from ident where id in ({excepted})"
        later = f"load in (select l.load from load l where l.feed > {at.feed or 0})"
        return (
            f"select {columns} from article a where {later} and not {self.is_marked()} union all select {columns}"
            f" from article a where (a.day, a.number) in ({keys}) and {self._covered()} and not {self.is_marked()}"
        )

    def _named(self, condition: str, unsent: Sequence[str]) -> str:
        """Return the query of the ids whose stored mark fulfils the condition, and of the unsent ones."""
        stored = f"select m.article from mark m where {self._marks('read')} and {condition}"
        return f"{stored} union all select unnest({array(unsent)})" if unsent else stored

    def _covered(self) -> str:
        """Return the condition that the watermark says that the article is read."""
        if self._at is None:
            later = f"select l.load from load l join watermark w on l.feed > w.feed where {self._own}"
            return f"(exists (select from watermark where {self._own}) and load not in ({later}))"
        if self._at.feed is None:
            return "false"
        return f"load not in (select l.load from load l where l.feed > {self._at.feed})"

    def _verdict(self, kind: MarkKind) -> str:
        """Return what a stored mark says: 1 on, 0 off, 2 that the watermark decides, which is later."""
        later = "true"
        if kind == "read" and self._at is None:
            times = ", ".join(f"(select {name} from watermark where {self._own})" for name in ("at", "device"))
            later = f"(m.at, m.device) > ({times})"
        elif kind == "read" and self._at is not None and self._at.feed is not None:
            later = f"(m.at, m.device) > ({self._at.at}, {quote(self._at.device)})"
        now = f"when m.is_on then 1 when {later} then 0 else 2 end"
        if self._at is None:
            return f"case {now}"
        off_then = (
            f"when m.change > {self._at.change} then case when m.is_on is false then 1 when {later} then 0 else 2 end"
        )
        return f"case {off_then} {now}"

    def _marks(self, kind: MarkKind) -> str:
        return f"m.person = {_USER} and m.library = {self._library} and m.kind = {quote(kind)}"


def groups_of_row(by: Grouping) -> str:
    """Return the table of the names of the groups that contain a row `r` of articles.

    Like the function `groups_of` of the schema, which takes 25 times as long for one kind of groups.
    """
    if by in ("author", "tag"):
        return f"""unnest(case r.{by}s when '{{}}' then '{{""}}' else r.{by}s end)"""
    name = {"place": "coalesce(r.place, '')", "month": "month_of(r.day)", "bulletin": "r.bulletin"}[by]
    return f"lateral (select {name})"


def moment_statement(library: str) -> Statement:
    """Return the statement that asks for the present moment."""
    return _literal(_MOMENT.format(library=quote(library)))


def _literal(sql: str) -> Statement:
    return Statement(sql.replace("%", "%%"))
