"""A shared library finds what a library of files finds: the same hits, in the same order."""

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.archives import new_archive, rows, write_lines
from tests.postgres import Cluster
from tests.search_bulletin import WORDS, heap
from tui.article import Article
from tui.catalogue import Catalogue
from tui.clean import clean
from tui.indexer import Indexer
from tui.library import Library
from tui.reading import Reading
from tui.search import Answer, Search
from tui.search.engine import SearchEngine
from tui.shared.archive_search import ArchiveSearch
from tui.shared.open_archive import OpenArchive
from tui.shared.upgrades import upgrades

Capture = pytest.CaptureFixture[str]
ARTICLES = 1_200
KINDS = (
    *(
        "{a}",
        "{a}{b}",
        "{a} {b}",
        '"{a}{b}"',
        "{a} -{b}",
        "{a} OR {b}",
        "({a} OR {b}) {c}",
        "title:{a}",
        "title:{a} {b}",
    ),
    *(
        "{a} place:通辽",
        "{a} author:李",
        "author:乌兰 -{a}",
        "date:2020 {a}",
        "date:2019-03..2021-02 {a}",
        "date:..2016",
    ),
    *(
        "{a} {b} near:5",
        "{a} {b} {c} near:9",
        "{a} {a}{b} near:2",
        "is:unread {a}",
        "is:read",
        "is:starred {a}",
        "tag:禁毒 {a}",
        "bulletin:b1 {a}",
        "-{a}",
    ),
    *(
        "{a} sort:oldest",
        "{a} sort:newest",
        "minjing",
        "kailu {a}",
        "gaj {a}",
        "12",
        "2023 {a}",
        "=十二 {a}",
        "1%",
        "，",
    ),
    *(
        "{a}{b}{c}{d}",
        "nothere{a}",
        "place:内蒙古 {a}",
        "place:赤峰 OR {a}",
        "title:{a} OR {b}",
        "{a} -(place:开鲁 {b})",
    ),
)
"""Queries of every class; each letter stands for a word."""


def item(article: Article, number: int) -> dict[str, object]:
    """Return the article as the fields of a line of JSON."""
    fields: dict[str, object] = {"id": article.stem, "title": list(article.title), "body": article.body}
    fields |= {"authors": list(article.authors), "tags": ["禁毒", "Web"][: number % 3]}
    known = {"place": article.place, "place_id": article.place_id, "date": article.date, "byline": article.byline}
    return fields | {name: value for name, value in known.items() if value}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    root = tmp_path_factory.mktemp("library")
    articles = [item(one, number) for number, one in enumerate(heap(ARTICLES))]
    for number in range(3):
        write_lines(root, f"b{number}", articles[number::3], f"202{number}-06-01")
    return Library(root)


@pytest.fixture
def local(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Catalogue]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    catalogue = Catalogue(library)
    Indexer(catalogue, 0).run()
    yield catalogue
    catalogue.close()


@pytest.fixture
def archive(postgres: Cluster, capsys: Capture, library: Library) -> Iterator[OpenArchive]:
    opened = OpenArchive(new_archive(postgres, capsys, library.root))
    yield opened
    opened.close()


def answers(search: Search, query: str, limit: int | None = 20) -> list[Answer]:
    return [search.search(query, limit=limit, newest=newest) for newest in (False, True)]


def test_first_hits_counts_and_readings_are_those_of_files(local: Catalogue, archive: OpenArchive) -> None:
    reading = Reading(":memory:")
    chance = random.Random(3)
    ids = [f"b{number % 3}/{one.stem}" for number, one in enumerate(heap(ARTICLES))]
    reading.mark_all_read(chance.sample(ids, 700))
    for id in chance.sample(ids, 40):
        reading.star(id)
    ours = SearchEngine(local, reading)
    theirs = ArchiveSearch(archive, archive.front, reading)
    different = []
    for kind in KINDS:
        for _time in range(4):
            query = kind.format(**dict(zip("abcd", chance.choices(WORDS, k=4), strict=True)))
            if answers(ours, query) != answers(theirs, query):
                different.append(query)
    reading.close()
    assert different == []


def test_first_hits_take_one_round_trip_and_opening_one_none(archive: OpenArchive) -> None:
    search = ArchiveSearch(archive, archive.front)
    search.search("民警", limit=30, budget=0.02)
    asked = []
    ask = archive.front.ask

    def counting(*statements: Any, **limits: Any) -> Any:
        asked.append(statements)
        return ask(*statements, **limits)

    archive.front.ask = counting  # type: ignore[method-assign]
    for query in ("反诈", "title:民警", "赤峰 OR 反诈", "公安局 -草原", "place:通辽", "民警 place:赤峰 date:2020"):
        asked.clear()
        hits = search.search(query, limit=30, budget=0.02).hits
        assert len(hits) > 20 and len(asked) == 1
        for hit in hits:
            assert archive.catalogue.article(hit.article).id == hit.article
        assert len(asked) == 1
    search.search("beijing", limit=30, budget=0.02)  # fetches the names of the authors and the table of words
    several = ("公安局 反诈", "公安局 反诈 赤峰", "(赤峰 OR 反诈) 公安局")
    for query in (*several, "minjing", "fanzha", "minjing 反诈", "12", "民警 反诈 near:5", "民警 sort:oldest"):
        asked.clear()
        assert search.search(query, limit=30, budget=0.02).hits, query
        assert len(asked) == 1, query


def test_tokens_are_those_of_the_first_schema(archive: OpenArchive) -> None:
    first = upgrades()[0].statements
    definition = re.search(r"create function grams_v1.*?\nend \$\$;", first, re.DOTALL)
    assert definition is not None
    chance = random.Random(7)
    texts = ["".join(chance.choices("中国反诈 \n，。09az１%-é{:@", k=chance.randrange(40))) for _ in range(400)]
    with psycopg.connect(archive.front.links[0].address) as conn:
        conn.execute(definition[0].replace("grams_v1", "grams_before").encode())
        different = conn.execute(
            "select text from unnest(%s::text[]) text, (values (null), (''), ('反诈12中国a')) headlines (headline)"
            " where grams_before(text, headline, array[text]) is distinct from grams_v1(text, headline, array[text])",
            ([text for text in texts if text],),
        ).fetchall()
        conn.rollback()
    assert different == []


def test_articles_are_cleaned_like_files(archive: OpenArchive) -> None:
    hostile = "\x1b[31m\u202e恶意\x07\u200b"
    changed = rows(
        archive.front.links[0].address,
        "update article set title = %s, body = %s, place = %s, byline = %s, authors = array[%s], date = 'never',"
        " source = %s where id = (select min(id) from article) returning id",
        *[hostile] * 6,
    )
    id = str(changed[0][0])
    article = archive.catalogue.article(id)
    summary = archive.catalogue.summary(id)
    assert summary is not None and summary.date is article.date is None
    for text in (*article.title, article.body, article.place, article.byline, *article.authors, *summary.title):
        assert text == clean(hostile) and "\x1b" not in (text or "")
    assert all(clean(group.label) == group.label for group in archive.catalogue.listing("author").groups)
