"""Listings of an archive's articles. Groups come from the archive's counts, rows a page at a time."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from ..article import ArticleSummary
from ..catalogue import Group, Grouping
from ..catalogue.grams import AUTHOR, BULLETIN, PLACE, TAG, value_token
from ..catalogue.listing import group_keys
from ..clean import clean_line
from ..fold import dense
from .archive_memory import ArchiveMemory, GroupRow, PageKey
from .node_link import Away, Statement, Stopped, understood
from .node_links import Nodes
from .received_rows import SUMMARY, Listed, listed_of
from .screen_nodes import ScreenNodes
from .sql_condition import quote

PAGE = 256
"""Articles fetched at once."""
_MAX_PAGES = 200
"""Pages that a listing keeps between two calls."""
_NEAR = 64
"""Pages. How far from a page a known one may be for the page to be read from there."""
_COMMON = 0.02
"""Share of all articles. A group above it is found by walking the dates, a smaller one by the index of grams."""
_PREFIXES = {"place": PLACE, "author": AUTHOR, "tag": TAG, "bulletin": BULLETIN}
_CHOICE = "select set_config('enable_seqscan', '{0}', true), set_config('enable_indexscan', '{0}', true)"
BY_GRAMS, BY_DATE = Statement(_CHOICE.format("off")), Statement(_CHOICE.format("on"))
"""Statistics miss rare grams: the planner would walk the index of dates."""


class Span(NamedTuple):
    """Some positions of a group."""

    group: int
    start: int
    stop: int


class _Start(NamedTuple):
    """Where to begin to read a page: behind an article, or at the end of the group if it is None."""

    last: Listed | None
    skipped: int
    """Articles between it and the page."""


def in_group(by: Grouping, name: str) -> str:
    """Return the condition in SQL that an article is in the group."""
    if by == "place":
        return f"place = {quote(name)}" if name else "(place is null or place = '')"
    if by == "month":
        if not name:
            return "day < 10000"
        digits = int(name.replace("-", ""))
        first = digits * 100 if len(name) > 4 else digits * 10_000
        return f"day between {first} and {first + 99}"
    if by == "bulletin":
        return f"bulletin = {quote(name)}"
    column = "authors" if by == "author" else "tags"
    return f"{quote(name)} = any({column})" if name else f"{column} = '{{}}'"


def group_token(by: Grouping, name: str) -> str | None:
    """Return the token that the index has for every article of the group, None if it has none."""
    return value_token(_PREFIXES[by], dense(name)) if name and by in _PREFIXES else None


class ArchiveListing:
    """A listing of all articles, without those that `hidden`, a condition in SQL, describes. See Listing."""

    def __init__(
        self,
        nodes: Nodes | ScreenNodes,
        memory: ArchiveMemory,
        by: Grouping,
        rows: Sequence[GroupRow],
        labels: Sequence[str],
        newest: bool,
        hidden: str = "",
        hidden_counts: Counter[str] | None = None,
    ) -> None:
        self._nodes, self._memory, self._by, self._newest, self._hidden = nodes, memory, by, newest, hidden
        self._total = sum(row.articles for row in rows)
        groups: list[Group] = []
        self._names: list[str] = []
        start = 0
        for row, label in zip(rows, labels, strict=True):
            count = row.articles - (hidden_counts[row.name] if hidden_counts else 0)
            if count > 0:
                groups.append(Group(clean_line(row.name), label, start, count))
                self._names.append(row.name)
                start += count
        self.groups: Sequence[Group] = groups
        self._starts = [group.start for group in groups]
        self._length = start
        self._pages: dict[tuple[int, int], list[Listed]] = {}
        self._stale: set[tuple[int, int]] = set()

    def __len__(self) -> int:
        return self._length

    def summaries(self, start: int, stop: int) -> Sequence[ArticleSummary]:
        """See Listing. While the archive is away, only those that were fetched before."""
        start, stop = max(start, 0), min(stop, self._length)
        for key in list(self._pages)[:-_MAX_PAGES]:  # a caller that reads the whole list keeps a few pages only
            del self._pages[key]
        spans = list(self._spans(start, stop))
        missing = [
            (span.group, page)
            for span in spans
            for page in range(span.start // PAGE, (span.stop - 1) // PAGE + 1)
            if not self._is_known(span.group, page)
        ]
        for at in range(0, len(missing), 16):
            try:
                self._fetch(missing[at : at + 16])
            except (Away, Stopped):
                if self._memory.is_strict:
                    raise
                for group, page in missing[at:]:
                    self._pages[group, page] = self._memory.page(self._key(group, page), however_old=True) or []
                    self._stale.add((group, page))
                break
        found: list[ArticleSummary] = []
        for span in spans:
            part = self._part(span)
            found += [one.summary for one in part]
            if len(part) < span.stop - span.start:  # the rows after a gap would take the place of others
                break
        return found

    def ids(self, start: int, stop: int) -> Sequence[str]:
        """See Listing."""
        return [one.id for one in self.summaries(start, stop)]

    def load(self) -> None:
        """See Listing. Fetches the first page of the first groups, which are shown first."""
        self.summaries(0, PAGE)

    def find(self, article_id: str) -> int | None:
        """See Listing."""
        for (group, page), rows in self._pages.items():
            for at, one in enumerate(rows):
                if one.summary.id == article_id:
                    return self.groups[group].start + page * PAGE + at
        try:
            return self._find(article_id)
        except (Away, Stopped):
            return None

    def _find(self, article_id: str) -> int | None:
        """Ask for the article's groups, then how many articles are before it in the first of them."""
        known = f"select {SUMMARY} from article where (day, number) in (select day, number from ident where id = %s)"
        shown = f" and not ({self._hidden})" if self._hidden else ""
        answers = self._nodes.ask([Statement(known + shown.replace("%", "%%"), (article_id,))])
        rows = [row for answer in answers for row in answer[0]]
        if not rows:
            return None
        one = listed_of(rows[0], self._memory.titles)
        keys = keys_of(one, self._by)
        for at, group in enumerate(self.groups):
            if group.key in keys:
                order = ">" if self._newest else "<"
                before = f"(day, position) {order} ({one.day}, {one.position})"
                counts = self._nodes.ask(self._statements(at, "count(*)", f" and {before}", ""))
                with understood():
                    return group.start + min(sum(int(answer[-1][0][0]) for answer in counts), group.count - 1)
        return None

    def _spans(self, start: int, stop: int) -> list[Span]:
        found: list[Span] = []
        at = max(bisect_right(self._starts, start) - 1, 0)
        while start < stop:
            group = self.groups[at]
            end = min(stop, group.start + group.count)
            found.append(Span(at, start - group.start, end - group.start))
            at, start = at + 1, end
        return found

    def _part(self, span: Span) -> list[Listed]:
        found: list[Listed] = []
        for page in range(span.start // PAGE, (span.stop - 1) // PAGE + 1):
            rows = self._pages.get((span.group, page), [])
            found += rows[max(span.start - page * PAGE, 0) : span.stop - page * PAGE]
            if len(rows) < PAGE:
                break
        return found

    def _fetch(self, missing: Sequence[tuple[int, int]]) -> None:
        """Fetch the pages, given by group and number, in one round trip."""
        statements: list[Statement] = []
        ends = []
        for group, page in missing:
            start = self._start(group, page)
            statements += self._page_statements(group, page, start)
            ends.append((len(statements) - 1, start.skipped))
        answers = self._nodes.ask(statements)
        for (group, page), (end, skipped) in zip(missing, ends, strict=True):
            rows = [listed_of(row, self._memory.titles) for answer in answers for row in answer[end]]
            self._keep(group, page, rows, skipped if len(answers) > 1 else None)

    def _start(self, group: int, page: int) -> "_Start":
        """Return where to begin to read the page: at the nearest page before it in the direction of reading."""
        step = 1 if self._is_backward(group, page) else -1
        for distance in range(1, _NEAR):
            near = (group, page + step * distance)
            if (rows := self._pages.get(near)) and near not in self._stale:
                return _Start(rows[0] if step > 0 else rows[-1], (distance - 1) * PAGE)
        count = self.groups[group].count
        return _Start(None, count - min((page + 1) * PAGE, count) if step > 0 else page * PAGE)

    def _keep(self, group: int, page: int, rows: list[Listed], skipped: int | None) -> None:
        """Keep the rows of a page; of several nodes, each has returned those that are `skipped`, too."""
        count = self.groups[group].count
        first, last = page * PAGE, min((page + 1) * PAGE, count)
        is_backward = self._is_backward(group, page)
        rows.sort(key=lambda one: (one.day, one.position), reverse=self._newest != is_backward)
        if skipped is not None:  # each node returned its own first articles, up to the end of the page
            unique = {one.summary.id: one for one in rows}
            rows = list(unique.values())[skipped : skipped + last - first]
        if is_backward:
            rows.reverse()
        self._pages[group, page] = rows
        self._stale.discard((group, page))
        self._memory.keep_page(self._key(group, page), rows)
        self._memory.keep_listed(rows)

    def _key(self, group: int, page: int) -> PageKey:
        return self._by, self._names[group], self._newest, self._hidden, page

    def _is_known(self, group: int, page: int) -> bool:
        """Return whether the page has been fetched, by this listing or by another one of this version."""
        if (group, page) in self._pages and (group, page) not in self._stale:
            return True
        if (found := self._memory.page(self._key(group, page))) is None:
            return False
        self._pages[group, page] = found
        self._stale.discard((group, page))
        return True

    def _page_statements(self, group: int, page: int, start: "_Start") -> list[Statement]:
        size = min((page + 1) * PAGE, self.groups[group].count) - page * PAGE
        is_falling = self._newest != self._is_backward(group, page)
        direction, beyond = ("desc", "<") if is_falling else ("asc", ">")
        behind = ""
        if (last := start.last) is not None:  # the day alone tells the planner which partitions it needs
            behind = f" and day {beyond}= {last.day} and (day, position) {beyond} ({last.day}, {last.position})"
        skipped = start.skipped
        if len(self._nodes.links) > 1:
            skipped, size = 0, skipped + size
        order = f" order by day {direction}, position {direction} offset {skipped} limit {size}"
        return self._statements(group, SUMMARY, behind, order)

    def _is_backward(self, group: int, page: int) -> bool:
        """Return whether the page is nearer to the end of the group, and so is fetched from there."""
        return 2 * page * PAGE > self.groups[group].count

    def _statements(self, group: int, columns: str, and_also: str, order: str) -> list[Statement]:
        """Return the statements that select from the group; the last one has the answer."""
        name = self._names[group]
        condition = in_group(self._by, name) + (f" and not ({self._hidden})" if self._hidden else "") + and_also
        token = group_token(self._by, name)
        is_rare = token is not None and self.groups[group].count < _COMMON * self._total
        if token is not None and is_rare:
            lexeme = quote("'" + token.replace("\\", "\\\\").replace("'", "''") + "'")
            condition += f" and grams_v1(folded, headline, tokens) @@ {lexeme}::tsquery"
        sql = f"select {columns} from article where {condition}{order}"
        return [BY_GRAMS if is_rare else BY_DATE, Statement(sql.replace("%", "%%"))]


class SelectedArticles:
    """A listing of selected articles: starred ones or the history. See Listing."""

    def __init__(self, rows: Sequence[Listed], groups: Sequence[Group]) -> None:
        self._rows = [one.summary for one in rows]
        self.groups = groups
        self._numbers = {one.id: at for at, one in reversed(list(enumerate(self._rows)))}

    def __len__(self) -> int:
        return len(self._rows)

    def summaries(self, start: int, stop: int) -> Sequence[ArticleSummary]:
        """See Listing."""
        return self._rows[max(start, 0) : max(stop, 0)]

    def ids(self, start: int, stop: int) -> Sequence[str]:
        """See Listing."""
        return [one.id for one in self.summaries(start, stop)]

    def load(self) -> None:
        """See Listing. There is nothing to fetch."""

    def find(self, article_id: str) -> int | None:
        """See Listing."""
        return self._numbers.get(article_id)


def keys_of(one: Listed, by: Grouping) -> tuple[str, ...]:
    """Return the keys of the groups that contain the article."""
    about = one.summary
    return group_keys(by, about.place, one.day, "\n".join(about.authors), "\n".join(about.tags), about.bulletin_id)


def grouped(
    rows: Sequence[Listed], by: Grouping, order: Sequence[tuple[str, str]], newest: bool
) -> tuple[list[Listed], list[Group]]:
    """Return the articles sorted in groups, and the groups. `order` has the names and labels of all groups."""
    members: dict[str, list[Listed]] = {}
    for one in rows:
        for key in keys_of(one, by):
            members.setdefault(key, []).append(one)
    found: list[Listed] = []
    groups = []
    for name, label in order:
        if inside := members.get(name):
            groups.append(Group(name, label, len(found), len(inside)))
            found += sorted(inside, key=lambda one: (one.day, one.position), reverse=newest)
    return found, groups
