"""The catalogue of an archive: articles, listings and counts, from the server and from what is remembered of it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path

from ..article import Article, ArticleSummary, Bulletin, GroupCount
from ..catalogue import Group, Grouping, Listing, NoArticle
from ..catalogue.listing import label
from ..clean import clean_line
from ..gazetteer import Gazetteer
from ..problem import Problem
from ..query.tree import Node
from .archive_listing import BY_DATE, BY_GRAMS, ArchiveListing, SelectedArticles, grouped, keys_of
from .archive_memory import ArchiveMemory, GroupRow
from .mark_store import MarkStore
from .node_link import Away, Row, Statement, Stopped, understood
from .node_links import Nodes
from .postgres import ServerProblem
from .read_condition import MarkConditions, Moment, groups_of_row, moment_statement
from .received_rows import ARTICLE, SUMMARY, Held, Listed, held_of, listed_of, problem_of_row
from .screen_nodes import ScreenNodes
from .sql_condition import array, condition, day_range, quote, tsquery

_IDS = 2_000
"""Ids in one statement."""
_ENTRIES = 2_000
"""Summaries fetched at once by `entries`."""
_GROUPS = (
    "select name, sum(count)::bigint, max(newest), sum(characters)::bigint from grp where kind = %s"
    " group by name having sum(count) > 0"
)
_BY_IDS = "select {} from article where (day, number) in (select day, number from ident where id = any(%s))"
_COUNTS = (
    "select g.name, count(*) from article r, {} as g (name)"
    " where (r.day, r.number) in (select day, number from ident where id = any(%s)) group by 1"
)
_PROBLEMS = "select path, line, code, message, remedy from problem order by path, line"


class ArchiveCatalogue:
    """The articles of an archive. Any thread may use it; `again` returns one that does not wait for this one's work."""

    def __init__(
        self,
        memory: ArchiveMemory,
        nodes: Nodes | ScreenNodes,
        others: Nodes | None = None,
        marks: MarkStore | None = None,
    ) -> None:
        """Open the catalogue. `others` are the connections for `again`; without `marks` the server knows none."""
        self._memory, self._nodes, self._others = memory, nodes, others
        self.marks = marks
        self._seen = memory.version, memory.arrivals

    is_remote = True
    listed = True

    @property
    def total(self) -> int:
        """Number of articles."""
        return sum(row.articles for row in self._groups("bulletin"))

    @property
    def content(self) -> str:
        """A text that changes when the archive does."""
        return f"{self._memory.facts.uid} {self._memory.facts.feed}"

    def refresh(self) -> bool:
        """Return whether the archive changed, or a late answer came, since the last call. Asks nobody."""
        before, self._seen = self._seen, (self._memory.version, self._memory.arrivals)
        return before != self._seen

    def gazetteer(self) -> Gazetteer:
        return self._memory.facts.gazetteer

    def bulletins(self) -> Sequence[Bulletin]:
        """Return the bulletins, newest issue first, then by name."""
        return self._memory.facts.bulletins

    def listing(self, by: Grouping = "place", *, newest: bool = True, without: Iterable[str] = ()) -> Listing:
        """Return all articles in groups, except ids `without`. While the archive is away, as last known."""
        rows = self._groups(by)
        labels = [label for _name, label in self._labelled(by, rows)]
        hidden = list(dict.fromkeys(without))
        if not hidden:
            return ArchiveListing(self._nodes, self._memory, by, rows, labels, newest)
        counts = self._counts(hidden, by)
        return ArchiveListing(self._nodes, self._memory, by, rows, labels, newest, f"id = any({array(hidden)})", counts)

    def unread(self, read: Iterable[str], by: Grouping = "place", *, newest: bool = True) -> Listing:
        """Return the articles that the user has not read, in groups. The server has the marks; `read` are the ids read.

        Names the ids to the server if it is one of several nodes, of which only the first has marks. While the archive
        is away, the listing has the unread ones of the articles that are remembered.
        """
        if not self._has_server_marks:
            return self.listing(by, newest=newest, without=read)
        rows = self._groups(by)
        labelled = self._labelled(by, rows)
        try:
            conditions = self._conditions()
            answers = self._nodes.ask([conditions.in_groups(by)])
            with understood():
                counts = Counter({str(name): int(count) for name, count in answers[0][0]})
        except (Away, Stopped):
            hidden = set(read)
            known = [one for one in self._memory.all_listed() if one.summary.id not in hidden]
            return SelectedArticles(*grouped(known, by, labelled, newest))
        if conditions.counts_unread:
            counts = Counter({row.name: row.articles - counts[row.name] for row in rows})
        labels = [label for _name, label in labelled]
        return ArchiveListing(self._nodes, self._memory, by, rows, labels, newest, conditions.is_marked(), counts)

    def unread_count(self, read: Iterable[str]) -> int:
        """Return the number of articles that the user has not read; see `unread`. While away, as last known."""
        if not self._has_server_marks:
            return len(self.listing(without=read))
        try:
            conditions = self._conditions()
            answers = self._nodes.ask([conditions.total()])
            with understood():
                count = int(answers[0][0][0][0])
        except (Away, Stopped):
            return self._memory.unread
        self._memory.unread = max(count if conditions.counts_unread else self.total - count, 0)
        return self._memory.unread

    def listing_of(self, ids: Iterable[str], by: Grouping | None = None, *, newest: bool = True) -> Listing:
        """Return these articles, in groups or, if `by` is None, in the order of the ids. Skips unknown ids."""
        rows = self._listed(list(dict.fromkeys(ids)))
        if by is None:
            return SelectedArticles(rows, [Group("", "", 0, len(rows))] if rows else [])
        found, groups = grouped(rows, by, self._labelled(by, self._groups(by)), newest)
        return SelectedArticles(found, groups)

    def adopt(self, listing: Listing) -> Listing:
        """Return a listing that another catalogue of this archive made: it may be used in any thread."""
        return listing

    def summary(self, article_id: str) -> ArticleSummary | None:
        """Return the summary of an article; None if there is none with this id, or if it is not known at the moment."""
        return next((one.summary for one in self._listed([article_id])), None)

    def article(self, article_id: str) -> Article:
        """Return the article. Raises NoArticle, or Away if it is not remembered and the archive does not answer."""
        if (held := self._memory.held(article_id)) is not None:
            return held.article
        try:
            for one in self._fetch([article_id]):
                if one.article.id == article_id:
                    return one.article
        except Stopped as error:
            raise Away(str(error)) from error
        raise NoArticle(article_id)

    def articles(self, ids: Sequence[str]) -> Iterator[Article]:
        """Yield the articles with these ids that exist, in order, a few hundred to a round trip."""
        for start in range(0, len(ids), 200):
            part = ids[start : start + 200]
            found = {one.article.id: one.article for one in self._fetch(part)}
            yield from (found[id] for id in part if id in found)

    def file_of(self, article_id: str) -> Path:
        """Raise NoArticle: an article of an archive has no file here."""
        raise NoArticle(article_id)

    def problems(self) -> Sequence[Problem]:
        """Return the problems found when the archive was loaded; while it is away, as last known."""
        if (known := self._memory.problems()) is not None:
            return known
        version = self._memory.version
        try:
            answers = self._nodes.ask([Statement(_PROBLEMS)])
            with understood():
                rows = dict.fromkeys(row for answer in answers for row in answer[0])
                found = [problem_of_row(row) for row in rows]
        except (Away, Stopped):
            if self._memory.is_strict:
                raise
            return self._memory.problems(however_old=True) or ()
        self._memory.keep_problems(found, version)
        return found

    def ids_ending(self, ending: str, most: int) -> Sequence[str]:
        """Return at most `most` ids with this ending. Reads every id."""
        sql = Statement("select id from ident where day is not null and right(id, %s) = %s limit %s")
        answers = self._nodes.ask([sql._replace(values=(len(ending), ending, most))])
        return list(dict.fromkeys(clean_line(id) for answer in answers for (id,) in answer[0]))[:most]

    def frequent(self, by: Grouping, most: int) -> list[tuple[str, int]]:
        """Return the names of groups and the numbers of their articles, the most frequent first."""
        rows = sorted((row for row in self._groups(by) if row.name), key=lambda row: (-row.articles, row.name))
        return [(row.name, row.articles) for row in rows[:most]]

    def entries(self) -> Iterator[ArticleSummary]:
        """Yield every article in the order of the sidebar."""
        yield from _every(self.listing())

    def matching(self, node: Node) -> Iterator[ArticleSummary]:
        """Yield the articles that may match, in the order of the sidebar. The server compares; the caller verifies."""
        first, last = day_range(node)
        wanted = f"day between {first} and {last} and coalesce({condition(node, lambda mark: None).sql}, false)"
        counting, grams = f"select coalesce(place, ''), count(*) from article where {wanted}", tsquery(node)
        if grams is not None:
            counting += f" and grams_v1(folded, headline, tokens) @@ {quote(grams)}::tsquery"
        ahead = BY_GRAMS if grams is not None else BY_DATE
        answers = self._nodes.ask([ahead, Statement(f"{counting} group by 1".replace("%", "%%"))])
        rows = self._groups("place")
        hidden = Counter({row.name: row.articles for row in rows})
        for name, count in (row for answer in answers for row in answer[-1]):
            hidden[name] -= int(count)
        labels = [label for _name, label in self._labelled("place", rows)]
        others = f"not ({wanted})"
        yield from _every(ArchiveListing(self._nodes, self._memory, "place", rows, labels, True, others, hidden))

    def group_counts(self, by: Grouping) -> dict[str, GroupCount]:
        """Return the counts of the groups, in order."""
        counts: dict[str, GroupCount] = {}
        for row in self._groups(by):
            before = counts.get(clean_line(row.name), GroupCount(0, 0))
            articles, characters = before.articles + row.articles, before.characters + row.characters
            counts[clean_line(row.name)] = GroupCount(articles, characters)
        return counts

    def every_article(self) -> list[Held]:
        """Return all articles, newest first. For small archives only."""
        answers = self._nodes.ask([Statement(f"select {ARTICLE} from article order by day desc, number desc")])
        found = {held.article.id: held for answer in answers for held in map(held_of, answer[0])}
        return sorted(found.values(), key=lambda one: (one.day, one.number), reverse=True)

    def notices(self) -> list[str]:
        """Return lines for the user about the connection, and forget them."""
        notices, self._memory.notices = self._memory.notices, []
        return notices

    def again(self) -> "ArchiveCatalogue":
        """Return a catalogue of the same archive for another thread."""
        nodes = self._nodes
        if self._others is not None:
            with suppress(ServerProblem):  # then the first connection has to do
                self._others.connect(only_due=True)
            nodes = self._others if self._others.connected else nodes
        return ArchiveCatalogue(self._memory, nodes, marks=self.marks)

    def close(self) -> None:
        """Do nothing: the connections belong to the archive."""

    def _groups(self, by: Grouping) -> tuple[GroupRow, ...]:
        """Return all groups in order; while the archive is away, as last known."""
        if (known := self._memory.groups(by)) is not None:
            return known
        version = self._memory.version
        try:
            answers = self._nodes.ask([Statement(_GROUPS, (by,))])
            with understood():
                found = _merged(row for answer in answers for row in answer[0])
                rows = tuple(sorted(found, key=self._sorter(by)))
        except (Away, Stopped):
            if self._memory.is_strict:
                raise
            return self._memory.groups(by, however_old=True) or ()
        self._memory.keep_groups(by, rows, version)
        return rows

    @property
    def _has_server_marks(self) -> bool:
        """Whether every node can test the user's marks."""
        return self.marks is not None and len(self._nodes.links) == 1

    def _conditions(self) -> MarkConditions:
        """Return the conditions on the user's marks as they are now. Raises Away or Stopped."""
        assert self.marks is not None
        answers = self._nodes.ask([moment_statement(self.marks.library)])
        with understood():
            change, feed, at, device = answers[0][0][0]
            moment = Moment(int(change), None if feed is None else int(feed), int(at), str(device))
        return self.marks.conditions(at=moment)

    def _counts(self, ids: Sequence[str], by: Grouping) -> Counter[str]:
        """Return how many of these articles each group has. The server counts many, since their rows are not needed."""
        if len(ids) > _IDS:
            try:
                answers = self._nodes.ask([Statement(_COUNTS.format(groups_of_row(by)), (list(ids),))])
            except (Away, Stopped):
                pass
            else:
                counts: Counter[str] = Counter()
                for name, count in (row for answer in answers for row in answer[0]):
                    counts[name] += int(count)
                return counts
        return Counter(key for one in self._listed(ids) for key in keys_of(one, by))

    def _sorter(self, by: Grouping) -> "_Sorter":
        ranks = {one.id: rank for rank, one in enumerate(self._memory.facts.bulletins)} if by == "bulletin" else {}
        return _Sorter(by, ranks)

    def _labelled(self, by: Grouping, rows: Sequence[GroupRow]) -> list[tuple[str, str]]:
        """Return the names of the groups and their labels on the screen."""
        titles = self._memory.titles if by == "bulletin" else {}
        return [(clean_line(row.name), label(by, row.name, clean_line(titles.get(row.name, row.name)))) for row in rows]

    def _listed(self, ids: Sequence[str]) -> list[Listed]:
        """Return the summaries of these articles, in order; while the archive is away, of those remembered."""
        known = {id: one for id in ids if (one := self._memory.listed(id)) is not None}
        missing = iter([id for id in ids if id not in known])
        try:
            while part := list(islice(missing, _IDS)):
                answers = self._nodes.ask([Statement(_BY_IDS.format(SUMMARY), (part,))])
                found = [listed_of(row, self._memory.titles) for answer in answers for row in answer[0]]
                self._memory.keep_listed(found)
                known.update((one.summary.id, one) for one in found)
        except (Away, Stopped):
            if self._memory.is_strict:
                raise
        return [known[id] for id in ids if id in known]

    def _fetch(self, ids: Sequence[str]) -> list[Held]:
        """Fetch whole articles and remember them."""
        answers = self._nodes.ask([Statement(_BY_IDS.format(ARTICLE), (list(ids),))])
        found = [held_of(row) for answer in answers for row in answer[0]]
        self._memory.hold(found)
        return found


def _every(listing: Listing) -> Iterator[ArticleSummary]:
    for start in range(0, len(listing), _ENTRIES):
        yield from listing.summaries(start, start + _ENTRIES)


def _merged(rows: Iterable[Row]) -> Iterable[GroupRow]:
    """Return the groups in the rows of all nodes. Raises ValueError for a row that is none."""
    found: dict[str, GroupRow] = {}
    for name, count, newest, characters in rows:
        if not isinstance(name, str) or min(count, newest, characters) < 0:
            raise ValueError(name)
        before = found.get(name, GroupRow(name, 0, 0, 0))
        known = before.articles + int(count), max(before.newest, int(newest)), before.characters + int(characters)
        found[name] = GroupRow(name, *known)
    return found.values()


class _Sorter:
    """The sort key of groups: bulletins and months by themselves, tags by count, others by their newest article.

    The empty name comes last.
    """

    def __init__(self, by: Grouping, ranks: dict[str, int]) -> None:
        self._by, self._ranks = by, ranks

    def __call__(self, row: GroupRow) -> tuple[bool, int, str]:
        if self._by == "bulletin":
            return not row.name, self._ranks.get(row.name, len(self._ranks)), row.name
        if self._by == "month":
            return not row.name, -int(row.name.replace("-", "").ljust(6, "0") or 0), row.name
        return not row.name, -(row.articles if self._by == "tag" else row.newest), row.name
