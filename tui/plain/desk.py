"""Where the person is: the list before them, and the article that lies open."""

from collections.abc import Iterator

from ..catalogue import GROUPINGS, Catalogue, Grouping, Listing, NoArticle
from ..i18n import N_, _
from ..library import BadArticle, BadFile
from ..paths import content_dir
from ..reading import Reading, SavedSession
from ..search import Search
from ..typeset import Style
from .entries import PAGE, Entries, Found, Listed
from .text import Text

LONGEST = 1000
"""Hits that can be gone through."""
_AT_ONCE = 500
LISTINGS = {
    "all": N_("全部文章"),
    "unread": N_("未读文章"),
    "starred": N_("收藏的文章"),
    "history": N_("读过的文章"),
}


class Desk:
    """Every method gives the lines to be said."""

    def __init__(
        self,
        catalogue: Catalogue,
        search: Search,
        reading: Reading,
        measure: int = 72,
        style: Style | None = None,
        rows: int = 20,
    ) -> None:
        self.catalogue, self.reading = catalogue, reading
        self._search = search
        self._measure, self._style, self._rows = measure, style or Style(), rows
        self._library = str(catalogue.library.root)
        self.session = reading.session(self._library) or SavedSession()
        self.text: Text | None = None
        self._start = 0
        self._index = -1
        self._entries: Entries = self._listed()

    def greeting(self) -> Iterator[str]:
        """How many articles there are, and how to go on."""
        total = self.catalogue.total
        unread = total - self._count_read()
        yield _("{library}，{n} 篇，{unread} 篇未读").format(library=self._library_name(), n=total, unread=unread)
        yield _("输入编号阅读，输入词语搜索，? 帮助，q 退出。")
        yield from self.page()

    def _library_name(self) -> str:
        root = self.catalogue.library.root
        return _("公安新闻") if root == content_dir().resolve() else root.name

    def close(self) -> None:
        """Keep where the person was."""
        self._leave()
        self.reading.remember_session(self._library, self.session)

    def here(self) -> str | None:
        """The article that lies open, else the one that was chosen last."""
        return self.text.article.id if self.text else self._at(self._index)

    # The list

    def page(self) -> Iterator[str]:
        """The entries from where the list stands."""
        end = min(self._start + PAGE, len(self._entries))
        yield _("{title}，共 {n} 篇").format(title=self._entries.title, n=self._entries.total)
        yield from self._entries.lines(self._start, end)
        if end < len(self._entries):
            yield _("第 {first} 到 {last} 篇，回车看后面的。").format(first=self._start + 1, last=end)

    def renew(self) -> None:
        """Take the list of unread or starred articles again, as marks have changed."""
        if not self.session.query and self.session.listing in ("unread", "starred"):
            self._entries, self._start, self._index = self._listed(), 0, -1

    def show(self, listing: str) -> Iterator[str]:
        """Another list: all, unread, starred, history."""
        self.session = self.session._replace(listing=listing, query="")
        return self._opened_list(self._listed())

    def regroup(self) -> Iterator[str]:
        """The next way of grouping."""
        at = GROUPINGS.index(self._grouping())
        self.session = self.session._replace(grouping=GROUPINGS[(at + 1) % len(GROUPINGS)], query="")
        return self._opened_list(self._listed())

    def reorder(self) -> Iterator[str]:
        """What a search finds, newest first or best first; which one is said, with or without a search."""
        self.session = self.session._replace(newest=not self.session.newest)
        yield _("按日期排，新的在前") if self.session.newest else _("按相关程度排")
        if self.session.query:
            yield from self.find(self.session.query)

    def find(self, query: str) -> Iterator[str]:
        """What a search finds."""
        self.session = self.session._replace(query=query)
        answer = self._search.search(query, limit=LONGEST, newest=self.session.newest)
        if answer.read_as and answer.read_as != query:
            yield _("读作 {query}").format(query=answer.read_as)
        if not answer.hits:
            yield _("没有找到。")
            return
        yield from self._opened_list(Found(_("搜索 {query}").format(query=query), answer, self.reading))

    # The article

    def open_nth(self, number: int) -> Iterator[str]:
        """The entry of this number, counted from 1."""
        id = self._at(number - 1)
        if id is None:
            yield _("没有第 {n} 篇。").format(n=number)
            return
        self._index = number - 1
        yield from self.open(id)

    def step(self, by: int) -> Iterator[str]:
        """So many entries on or back from the one chosen last; the first when none was."""
        return self.open_nth(max(self._index + by, 0) + 1)

    def open(self, id: str) -> Iterator[str]:
        """Open an article where it was left, and mark it read."""
        self._leave()
        try:
            article = self.catalogue.article(id)
        except (NoArticle, BadArticle, BadFile, OSError):
            yield _("这一篇读不出来了。")
            return
        self.text = Text(article, self._measure, self._style)
        self.session = self.session._replace(article=id)
        self.reading.mark_read(id)
        self.reading.visit(id)
        position = self.reading.position(id)
        if position and position.block > self.text.page.body:
            self.text.go_to(position)
            yield _("从上次读到的地方接着读，输入 g 从头读起。")
        yield from self.more()

    def more(self) -> Iterator[str]:
        """The text from where it stands; past its end, what can be done next."""
        if self.text is None:
            return
        yield from self.text.some(self._rows)
        if self.text.over:
            yield _("全文完。回车回到列表，] 读下一篇。")
        else:
            yield _("回车接着读。")

    def go_on(self) -> Iterator[str]:
        """An empty line: the rest of the text, the list again after its end, further entries."""
        if self.text and not self.text.over:
            return self.more()
        if self.text:
            return self.to_list()
        if self._start + PAGE < len(self._entries):
            self._start += PAGE
        return self.page()

    def go_back(self) -> Iterator[str]:
        """A page back in the text or in the list."""
        if self.text:
            self.text.row = max(0, self.text.row - 2 * self._rows)
            return self.more()
        self._start = max(0, self._start - PAGE)
        return self.page()

    def top(self) -> Iterator[str]:
        """The beginning of the text or of the list."""
        if self.text:
            self.text.row = 0
            return self.more()
        self._start = 0
        return self.page()

    def to_list(self) -> Iterator[str]:
        """Close the article."""
        self._leave()
        self.text = None
        self._start = max(self._index, 0) // PAGE * PAGE
        return self.page()

    def next_unread(self) -> Iterator[str]:
        """The first unread entry after the one chosen last, from the start again after the end."""
        after = self._index + 1
        for start, stop in ((after, len(self._entries)), (0, after)):
            for at in range(start, stop, _AT_ONCE):
                ids = self._entries.ids(at, min(at + _AT_ONCE, stop))
                read = self.reading.read_among(ids)
                nearest = next((number for number, id in enumerate(ids, at + 1) if id not in read), None)
                if nearest:
                    return self.open_nth(nearest)
        return iter([_("没有未读的了。")])

    def reference(self) -> str | None:
        """Title, place, date and id of the article here, in a line."""
        row = self.catalogue.summary(self.here() or "")
        if row is None:
            return None
        return " ".join(filter(None, (*row.title, row.place, *row.authors, row.date, row.bulletin, row.id)))

    def _at(self, index: int) -> str | None:
        return next(iter(self._entries.ids(index, index + 1)), None) if 0 <= index < len(self._entries) else None

    def _leave(self) -> None:
        if self.text:
            self.reading.remember_position(self.text.article.id, self.text.position())

    def _opened_list(self, entries: Entries) -> Iterator[str]:
        self._leave()
        self.text = None
        self._entries, self._start, self._index = entries, 0, -1
        return self.page()

    def _listed(self) -> Listed:
        name = self.session.listing if self.session.listing in LISTINGS else "all"
        return Listed(_(LISTINGS[name]), self._listing(name), self.reading)

    def _listing(self, name: str) -> Listing:
        if name == "starred":
            return self.catalogue.listing_of(self.reading.starred())
        if name == "history":
            return self.catalogue.listing_of(self.reading.history())
        read = [id for page in self.reading.all_read() for id in page] if name == "unread" else ()
        return self.catalogue.listing(self._grouping(), newest=True, without=frozenset(read))

    def _grouping(self) -> Grouping:
        return next((each for each in GROUPINGS if each == self.session.grouping), "place")

    def _count_read(self) -> int:
        """Of the articles of this library."""
        return sum(len(self.catalogue.listing_of(page)) for page in self.reading.all_read())
