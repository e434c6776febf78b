"""Queries over a small library: every string is one, and index, scan and the plain text agree on the hits."""

import os
from collections.abc import Sequence
from pathlib import Path

from tests.search_bulletin import BULLETIN, heap, searched_texts
from tui.catalogue import Catalogue
from tui.clean import clean_line
from tui.fold import dense
from tui.indexer import Indexer
from tui.library import Library, render
from tui.query.parser import parse
from tui.query.places import PlaceResolver
from tui.search.index_search import IndexSearch
from tui.search.memory_index import MemoryIndex

from . import Target, Targets

_TYPED = """
反诈 反詐 fanzha fz kailu kl hhht ＡＰＰ app 12 十二 １２ 3 1036 6月1日 1% 𠮷 “红枫义警” place:赤峰 地:通辽 author:李
作者:乌兰 title:禁毒 题:红枫 date:2023-06 日:2023-05..2023-06-02 date:..2022 is:unread 是:收藏 民警 禁 毒 -禁毒 -(开鲁
OR NOT 或 非 AND | ｜ ( ) （ ） " “ ” - － : ： place: 公安局 派出所 naoxin ershi 二十二
"""


class Marks:
    """Marks of a user who has read and starred some articles."""

    def read_among(self, ids: Sequence[str], /) -> list[str]:
        return [id for id in ids if len(id) % 2]

    def starred_among(self, ids: Sequence[str], /) -> list[str]:
        return [id for id in ids if len(id) % 3]


class _Library:
    """A few dozen articles on disk, indexed, and in memory."""

    def __init__(self, folder: Path) -> None:
        root = folder / "queried"
        for article in (*BULLETIN, *heap(60)):
            file = root / f"{article.id}.md"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(render(article), "utf-8")
        os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
        library = Library(root)
        self.articles = library.load()[0]
        self.gazetteer = library.gazetteer()
        catalogue = Catalogue(library)
        assert Indexer(catalogue, 0).run()
        index = catalogue.index()
        assert index is not None
        self.index = IndexSearch(index, self.gazetteer, Marks())
        self.scan = IndexSearch(MemoryIndex(self.articles), self.gazetteer, Marks())
        self.where = PlaceResolver(self.gazetteer)


def targets(folder: Path) -> Targets:
    """Return the targets for parsing queries and for their hits."""
    typed = _TYPED.split()
    corpus = [" ".join(typed[at : at + length]).encode() for at in range(len(typed)) for length in (1, 3)]
    library = _Library(folder)
    corpus += [article.body[:300].encode() for article in library.articles[:20]]
    return {
        "queries read": Target(lambda data: _read(data, library), corpus),
        "queries answered": Target(lambda data: _answered(data, library), corpus),
        "phrases found": Target(lambda data: _phrase(data, library), corpus),
    }


def _typed(data: bytes, most: int) -> str:
    return data.decode("utf-8", "surrogatepass" if len(data) % 2 else "surrogateescape")[:most]


def _read(data: bytes, library: _Library) -> None:
    """A query written out is parsed to the same query."""
    try:
        typed = _typed(data, 20_000)
    except UnicodeDecodeError:
        return
    query = parse(typed, library.where)
    assert query.read_as == clean_line(query.read_as), ascii(query.read_as)
    again = parse(query.read_as, library.where)
    assert again.read_as == query.read_as, f"{query.read_as!r} is read again as {again.read_as!r}"


def _answered(data: bytes, library: _Library) -> None:
    try:
        typed = _typed(data, 60)
    except UnicodeDecodeError:
        return
    newest = bool(len(data) & 4)
    indexed = library.index.search(typed, newest=newest)
    scanned = library.scan.search(typed, newest=newest)
    assert indexed.total == len(indexed.hits) == scanned.total, typed
    assert {hit.article for hit in indexed.hits} == {hit.article for hit in scanned.hits}, typed
    by_id = {hit.article: hit for hit in scanned.hits}
    for hit in indexed.hits:
        assert hit.spans == by_id[hit.article].spans, f"{typed!r} {hit.article}"
        assert all(0 <= start < end <= len(hit.snippet) for start, end in hit.snippet_spans), hit
    few = library.index.search(typed, newest=newest, limit=3)
    assert [hit.article for hit in few.hits] == [hit.article for hit in indexed.hits[:3]], typed


def _phrase(data: bytes, library: _Library) -> None:
    """A quoted phrase is found exactly where its folded text occurs in one field."""
    phrase = clean_line(data.decode("utf-8", "ignore")[:12]).replace('"', "＂").strip()
    if not phrase or not dense(phrase).strip():
        return
    wanted = dense(phrase)
    there = {one.id for one in library.articles if any(wanted in text for text in searched_texts(one))}
    found = {hit.article for hit in library.index.search(f'"{phrase}"').hits}
    assert found == there, f"{phrase!r} finds {found ^ there} wrongly or not"
