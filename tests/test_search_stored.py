"""Search in the texts of stored articles, which are read from the articles' own files."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.lines_of_json import render_line
from tests.search_bulletin import BULLETIN, heap
from tui.article import Article
from tui.catalogue import Catalogue, NoArticle
from tui.catalogue.texts import ArticleTexts
from tui.indexer import Indexer
from tui.library import Library, render
from tui.reading import Reading
from tui.search.engine import SearchEngine
from tui.search.index_search import IndexSearch
from tui.search.memory_index import MAX_ARTICLES
from tui.session.opening import OpenedFolder
from tui.text.document import fields
from tui.text.snippet import snippet


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    """A library of Markdown files, one with a byte order mark and carriage returns, and of JSON lines."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    root = tmp_path / "library"
    pages, lines = root / "ga-2023", root / "heap"
    for folder in (pages, lines):
        folder.mkdir(parents=True)
        (folder / "bulletin.yaml").write_text(f"id: {folder.name}\ntitle: 简报\nissued: 2021-05\n", "utf-8")
    for one in BULLETIN:
        (pages / f"{one.stem}.md").write_text(render(one), "utf-8")
    text = render(BULLETIN[0]).replace("\n", "\r\n")
    (pages / f"{BULLETIN[0].stem}.md").write_bytes(b"\xef\xbb\xbf" + text.encode())
    hostile = json.dumps({"id": "odd", "title": ["异样"], "body": "响铃\u0007、反\u202e向。\r\n\r\n第二段"}) + "\n"
    (lines / "articles.jsonl").write_text("".join(map(render_line, heap(30))) + hostile, "utf-8")
    return Library(root)


@pytest.fixture
def catalogue(library: Library) -> Iterator[Catalogue]:
    found = Catalogue(library)
    Indexer(found, processes=0).run()
    found.refresh()
    yield found
    found.close()


def texts_of(catalogue: Catalogue) -> ArticleTexts:
    return ArticleTexts(catalogue.conn, catalogue.library.root, catalogue.article_numbered)


def by_index(catalogue: Catalogue) -> IndexSearch:
    index = catalogue.index()
    assert index is not None
    return IndexSearch(index, catalogue.library.gazetteer())


def numbers(catalogue: Catalogue) -> list[int]:
    return [number for (number,) in catalogue.conn.execute("SELECT number FROM article ORDER BY number")]


def test_text_read_from_files_equals_that_of_the_articles(catalogue: Catalogue) -> None:
    every = {one.id: one for one in catalogue.library.load()[0]}
    texts = texts_of(catalogue).documents(numbers(catalogue))
    assert len(texts) == len(every) == 37
    for text in texts:
        assert text is not None
        article = every[text.article]
        assert dict(zip(text.names(), text.text.split("\n"), strict=True)) == dict(fields(article))
        assert (text.title, text.about.place, text.about.date) == (article.title, article.place, article.date)
        assert text.about.authors == article.authors


def test_undated_article_is_found_by_its_bulletins_date(catalogue: Catalogue) -> None:
    search = by_index(catalogue)
    found = {hit.article for hit in search.search("date:2021-05").hits}
    assert "ga-2023/notice" in found
    assert found == {hit.article for hit in SearchEngine(catalogue).search("date:2021-05").hits}


def test_scan_and_index_give_the_same_hits_and_order(catalogue: Catalogue) -> None:
    assert catalogue.total <= MAX_ARTICLES
    index = by_index(catalogue)
    scan = SearchEngine(catalogue)
    for query in (
        "反诈",
        "公安局 民警",
        "kailu",
        "place:赤峰",
        "-反诈",
        "6月1日",
        "date:2019..2022",
        "响铃",
        "“红枫义警”",
    ):
        for newest in (False, True):
            one, other = scan.search(query, newest=newest), index.search(query, newest=newest)
            assert one == other, query


def test_article_without_its_file_is_not_found(catalogue: Catalogue) -> None:
    (catalogue.library.root / "ga-2023" / "kyzq.md").unlink()
    search = by_index(catalogue)
    assert "ga-2023/kyzq" not in {hit.article for hit in search.search("红枫义警").hits}


def test_moved_lines_are_not_confused_with_others(catalogue: Catalogue) -> None:
    path = catalogue.library.root / "heap" / "articles.jsonl"
    path.write_text("\n\n" + path.read_text("utf-8"), "utf-8")
    for text in texts_of(catalogue).documents(numbers(catalogue)):
        if text is not None and text.article.startswith("heap/"):
            raise AssertionError(text.article)


def test_search_finds_articles_indexed_since(catalogue: Catalogue) -> None:
    search = SearchEngine(catalogue)
    assert search.search("铁路护路").total == 0
    new = Article("ga-2023/new", ("铁路护路",), body="民警沿线巡查。")
    (catalogue.library.root / "ga-2023" / "new.md").write_text(render(new), "utf-8")
    Indexer(catalogue, processes=0).run()
    assert search.search("铁路护路").total == 1


def test_search_reads_the_files_until_the_library_is_indexed(library: Library) -> None:
    catalogue = Catalogue(library)
    search = SearchEngine(catalogue)
    answer = search.search("反诈", limit=5)
    assert answer.is_from_files
    assert answer.total == len(search.search("反诈").hits)
    first = SearchEngine(catalogue).search("反诈", budget=0.0)
    assert (first.partial, first.total) == (True, None)
    Indexer(catalogue, processes=0).run()
    indexed = search.search("反诈", limit=5)
    assert not indexed.is_from_files
    assert indexed == answer._replace(is_from_files=False)
    catalogue.close()


def test_articles_found_in_files_can_be_read_until_the_library_is_indexed(library: Library, tmp_path: Path) -> None:
    reading = Reading(tmp_path / "reading.sqlite", library.root)
    opened = OpenedFolder(library, reading)
    search = opened.stores.open_search()
    ids = [hit.article for hit in search.search("反诈").hits]
    with pytest.raises(NoArticle):
        opened.stores.catalogue.article(ids[0])
    found = [opened.stores.article(id) for id in ids]
    with pytest.raises(NoArticle):
        opened.stores.article("ga-2023/missing")
    opened.read_all(lambda progress: None)
    assert found == [opened.stores.catalogue.article(id) for id in ids]
    search.search("反诈")
    assert opened.stores.found_in_files(ids[0]) is None
    opened.close()
    reading.close()


@pytest.mark.parametrize(
    "body", ["见面" * 60 + "反诈e\u0301" * 30, "👨‍👩‍👧‍👦" * 60 + "反诈", "word" * 60 + "反诈", "反诈"]
)
def test_snippet_is_cut_between_graphemes_and_shows_the_match(body: str) -> None:
    from tui.query.parser import parse
    from tui.text.document import document
    from tui.text.match import matches

    text = document(1, Article("b/a", ("标题",), body="开头。\n\n" + body))
    shown, spans = snippet(text, matches(parse("反诈").root, text))
    assert spans
    assert all(shown[start:end] == "反诈" for start, end in spans)
    assert len(shown) < 100
    assert not shown.removeprefix("…").startswith(("\u0301", "\u200d"))
    assert not shown.removesuffix("…").endswith("\u200d")


def test_index_of_another_format_is_not_used(catalogue: Catalogue) -> None:
    conn = sqlite3.connect(catalogue.home.path)
    with conn:
        conn.execute("UPDATE meta SET value = value - 1 WHERE key = 'search'")
    conn.close()
    answer = SearchEngine(catalogue).search("公安局")
    assert answer.is_from_files
    Indexer(catalogue, processes=0).run()
    assert SearchEngine(catalogue).search("公安局") == answer._replace(is_from_files=False)
