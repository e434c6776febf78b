"""A small library in memory that gives real answers, for tests of screens."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from tui.article import Article
from tui.catalogue import ArticleSummary, Group, Grouping, Listing, NoArticle
from tui.gazetteer import Gazetteer, Place
from tui.markdown import blocks
from tui.problem import Problem
from tui.reading import Reading
from tui.search import Answer, Hit
from tui.search.answer import never
from tui.session.stores import Stores
from tui.text.document import FieldSpan

BODY = """为进一步提高辖区群众防范电信网络诈骗的意识，{place}公安局组织民警走进社区开展反诈宣传。

## 进社区，讲案例

活动中，民警向群众发放宣传单，面对面讲解“刷单”“网络贷款”等典型案例，提醒大家不轻信、不转账。

## 下一步

{place}公安局将继续开展形式多样的反诈宣传活动，守护好群众的“钱袋子”。
"""
PLACES = ("开鲁", "呼和浩特", "锡林郭勒", "赤峰")
PINYIN = {"开鲁": "kai lu", "呼和浩特": "hu he hao te", "锡林郭勒": "xi lin guo le", "赤峰": "chi feng"}


def articles(each: int = 2, long: int = 1) -> list[Article]:
    """Return `many` articles in each of four places, with bodies `long` times the usual length."""
    return [
        Article(
            id=f"2023-06/{place}-{n}",
            title=(f"{place}反诈第{n + 1}课", "守护群众钱袋子"),
            place=place,
            dateline=f"{place}讯",
            authors=("王晓",),
            byline="（王晓）",
            date=f"2023-06-{n % 28 + 1:02}",
            body=BODY.format(place=place) * long,
        )
        for place in PLACES
        for n in range(each)
    ]


@dataclass
class SmallListing:
    """A listing in memory, in groups."""

    all: list[ArticleSummary]
    groups: Sequence[Group]

    def __len__(self) -> int:
        return len(self.all)

    def summaries(self, start: int, stop: int) -> Sequence[ArticleSummary]:
        return self.all[start:stop]

    def ids(self, start: int, stop: int) -> Sequence[str]:
        return [row.id for row in self.all[start:stop]]

    def load(self) -> None:
        return

    def find(self, article_id: str) -> int | None:
        return next((n for n, row in enumerate(self.all) if row.id == article_id), None)


class SmallCatalogue:
    """A catalogue in memory."""

    is_remote = False
    listed = True

    def __init__(self, held: Sequence[Article]) -> None:
        self.held = list(held)
        self.wrong: list[Problem] = []
        self.dirty = False

    @property
    def total(self) -> int:
        return len(self.held)

    def refresh(self) -> bool:
        was, self.dirty = self.dirty, False
        return was

    def listing(self, by: Grouping = "place", *, newest: bool = True, without: Iterable[str] = ()) -> SmallListing:
        hidden = set(without)
        rows = [row(n, article) for n, article in enumerate(self.held) if article.id not in hidden]
        key: Callable[[ArticleSummary], str] = (
            (lambda r: r.place or "") if by == "place" else (lambda r: "" if by == "tag" else (r.date or "")[:7])
        )
        rows.sort(key=key) if by != "place" else None
        groups, start = [], 0
        for name, run in groupby(rows, key):
            count = len(list(run))
            groups.append(Group(name, name, start, count))
            start += count
        return SmallListing(rows, groups)

    def unread(self, read: Iterable[str], by: Grouping = "place", *, newest: bool = True) -> SmallListing:
        return self.listing(by, newest=newest, without=read)

    def unread_count(self, read: Iterable[str]) -> int:
        return len(self.listing(without=read))

    def listing_of(self, ids: Iterable[str], by: Grouping | None = None, *, newest: bool = True) -> SmallListing:
        return SmallListing([found for id in ids if (found := self.summary(id))], [])

    def adopt(self, listing: Listing) -> Listing:
        return listing

    def summary(self, article_id: str) -> ArticleSummary | None:
        return next((row(n, a) for n, a in enumerate(self.held) if a.id == article_id), None)

    def file_of(self, article_id: str) -> Path:
        return Path(article_id)

    def ids_ending(self, ending: str, most: int) -> Sequence[str]:
        return [article.id for article in self.held if article.id.endswith(ending)][:most]

    def article(self, article_id: str) -> Article:
        for article in self.held:
            if article.id == article_id:
                return article
        raise NoArticle(article_id)

    def notices(self) -> Sequence[str]:
        return ()

    def problems(self) -> Sequence[Problem]:
        return self.wrong

    def again(self) -> "SmallCatalogue":
        return self

    def close(self) -> None:
        return


class SearchCall(NamedTuple):
    """The arguments of one call of `Search.search`."""

    query: str
    limit: int | None
    newest: bool
    budget: float | None
    cancelled: Callable[[], bool]


class SearchDouble:
    """A search for tests. Subclasses define only `answer`."""

    def search(
        self,
        query: str,
        *,
        limit: int | None = None,
        newest: bool = False,
        budget: float | None = None,
        cancelled: Callable[[], bool] = never,
    ) -> Answer:
        return self.answer(SearchCall(query, limit, newest, budget, cancelled))

    def answer(self, call: SearchCall) -> Answer:
        raise NotImplementedError


@dataclass
class SmallSearch(SearchDouble):
    """A search that reads all texts."""

    catalogue: SmallCatalogue

    def answer(self, call: SearchCall) -> Answer:
        words = call.query.split()
        hits = [hit for article in self.catalogue.held if words and (hit := _hit(article, words))]
        return Answer(call.query, call.query, tuple(hits[: call.limit]), len(hits))


def row(number: int, article: Article) -> ArticleSummary:
    return ArticleSummary(
        number, article.id, article.title, article.place, article.date, len(article.body), article.authors
    )


def _hit(article: Article, words: Sequence[str]) -> Hit | None:
    fields: dict[str | int, str] = {"title": " ".join(article.title), "dateline": article.dateline or ""}
    fields |= dict(enumerate(block.text for block in blocks(article.body)))
    spans: list[FieldSpan] = []
    for word in words:
        found = [(name, at, at + len(word)) for name, text in fields.items() if (at := text.find(word)) >= 0]
        if not found:
            return None
        spans += found
    text = next((fields[name] for name, _a, _b in spans if isinstance(name, int)), fields["title"])
    marks = tuple((at, at + len(word)) for word in words if (at := text.find(word)) >= 0)
    return Hit(article.id, article.title, article.place, article.date, 1.0, text, marks[:1], tuple(spans))


def gazetteer() -> Gazetteer:
    places = [
        Place(150000 + n, name + "县", name, (), "county", None, None, PINYIN[name] + " xian", "", None, None)
        for n, name in enumerate(PLACES, 1)
    ]
    return Gazetteer(tuple(places))


def stores(held: Sequence[Article] | SmallCatalogue | None = None, reading: Reading | None = None) -> Stores:
    """Return a reading room with the articles."""
    catalogue = held if isinstance(held, SmallCatalogue) else SmallCatalogue(articles() if held is None else held)
    return Stores(
        title="公安新闻",
        root="/library",
        catalogue=catalogue,
        reading=reading or Reading(":memory:"),
        gazetteer=gazetteer(),
        open_search=lambda: SmallSearch(catalogue),
    )
