"""The index and the scan find the same: exactly the articles that contain the query."""

import random
import re
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.search_bulletin import BULLETIN, WORDS, article, gazetteer, heap, searched_texts
from tui.article import Article
from tui.catalogue.catalogue_index import CatalogueIndex
from tui.catalogue.gram_table import add, count, create, finish, needs_rebuild, prepare, remove
from tui.catalogue.grams import exact, grams, repeated_grams, stream, wanted
from tui.fold import fold
from tui.query.tree import Regex
from tui.search import Search
from tui.search.index_search import IndexSearch
from tui.search.memory_index import MemoryIndex
from tui.text.document import Document, document, fields
from tui.text.match import ReadingMarks


class ArticleTexts:
    """Article texts in memory."""

    def __init__(self) -> None:
        self.articles: dict[int, Article] = {}
        self._read: dict[int, Document] = {}

    def documents(self, numbers: Sequence[int], *, with_text: bool = True) -> list[Document | None]:
        return [self._text(number) if number in self.articles else None for number in numbers]

    def matching(self, numbers: Sequence[int], regex: Regex) -> Sequence[int]:
        return numbers

    def _text(self, number: int) -> Document:
        if number not in self._read:
            self._read[number] = document(number, self.articles[number])
        return self._read[number]


def indexed(
    articles: Iterable[Article], marks: ReadingMarks | None = None
) -> tuple[IndexSearch, sqlite3.Connection, ArticleTexts]:
    conn = sqlite3.connect(":memory:")
    create(conn)
    conn.execute("CREATE TABLE bulletin(id TEXT, title TEXT)")
    articles = list(articles)
    conn.executemany("INSERT INTO bulletin VALUES (?, '')", {(article.bulletin,) for article in articles})
    order = list(reversed(articles))
    order.sort(key=lambda article: article.date or "")
    texts = ArticleTexts()
    texts.articles = dict(enumerate(order, 1))
    batch = prepare((number, article, None) for number, article in texts.articles.items())
    add(conn, batch)
    count(conn, batch.counts)
    finish(conn)
    return IndexSearch(CatalogueIndex(conn, texts), gazetteer(), marks), conn, texts


def by_index(articles: Iterable[Article], marks: ReadingMarks | None = None) -> Search:
    return indexed(articles, marks)[0]


def by_scan(articles: Iterable[Article], marks: ReadingMarks | None = None) -> Search:
    return IndexSearch(MemoryIndex(articles), gazetteer(), marks)


Engine = Callable[[Iterable[Article], ReadingMarks | None], Search]
ENGINES = pytest.mark.parametrize("engine", [by_scan, by_index])


def found(search: Search, query: str) -> list[str]:
    return [hit.article.removeprefix("ga-2023/") for hit in search.search(query).hits]


class Marked:
    def read_among(self, ids: Sequence[str], /) -> set[str]:
        return {"ga-2023/kailu", "ga-2023/kyzq"} & set(ids)

    def starred_among(self, ids: Sequence[str], /) -> set[str]:
        return {"ga-2023/kyzq"} & set(ids)


@ENGINES
@pytest.mark.parametrize(
    ("query", "stems"),
    [
        ("反诈", ["kyzq"]),
        ("反詐", ["kyzq"]),
        ("app", ["kyzq"]),
        ("ＡＰＰ", ["kyzq"]),
        ("6月1日", ["tuoketuo"]),
        ("1%", ["tuoketuo"]),
        ("1％", ["tuoketuo"]),
        ("“红枫义警”", ["kyzq"]),
        ("红枫义警”入户", ["kyzq"]),
        ("森林警察巡护", ["hlbe"]),
        ("赤峰", ["chifeng", "hlbe"]),
        ("赤峯", ["chifeng", "hlbe"]),
        ("𠮷", ["hlbe"]),
        ("“防火就是防灾”", ["hlbe"]),
        ("双河", ["tuoketuo"]),
        ("禁毒", ["kailu", "chifeng"]),
        ("禁毒 -开鲁", ["chifeng"]),
        ("开鲁 OR 托克托", ["tuoketuo", "kailu"]),
        ("民警 (罂粟 OR 手机)", ["kailu"]),
        ("title:反诈", []),
        ("title:红枫", ["kyzq"]),
        ("place:通辽", ["kailu"]),
        ("地:tongliao", ["kailu"]),
        ("place:呼和浩特", ["tuoketuo"]),
        ("author:乌兰", ["tuoketuo"]),
        ("author:李", ["chifeng", "kailu"]),
        ("date:2023-06", ["kailu", "tuoketuo"]),
        ("date:2022", ["hlbe"]),
        ("date:2022-06", []),
        ("date:2023-06.. 民警", ["kailu", "chifeng"]),
        ("is:read", ["kailu", "kyzq"]),
        ("is:starred 警", ["kyzq"]),
        ("民警 is:unread", ["chifeng", "hlbe"]),
        ("-民警", ["kyzq", "tuoketuo", "notice"]),
        ("就是防灾 吉林场", []),
        ("平安建设", []),
        ("十二", ["kailu", "tuoketuo", "chifeng"]),
        ("12", ["kailu", "tuoketuo", "chifeng"]),
        ("1036", ["kailu"]),
        ("103", ["kailu"]),
        ('"6 月 30 日"', ["notice"]),
        ("不轻信不转账", []),
    ],
)
def test_queries_find(engine: Engine, query: str, stems: list[str]) -> None:
    assert sorted(found(engine(BULLETIN, Marked()), query)) == sorted(stems)


@ENGINES
@pytest.mark.parametrize(
    ("typed", "word"),
    [
        *(("kailu", "开鲁"), ("kl", "开鲁"), ("tuoketuo", "托克托"), ("tkt", "托克托"), ("yakeshi", "牙克石")),
        *(("yks", "牙克石"), ("keyouzhongqi", "科右中旗"), ("kyzq", "科右中旗"), ("chifeng", "赤峰"), ("cf", "赤峰")),
        *(
            ("jindu", "禁毒"),
            ("fanzha", "反诈"),
            ("fanz", "反诈"),
            ("fan'zha", "反诈"),
            ("fǎnzhà", "反诈"),
            ("开lu", "开鲁"),
        ),
        *(
            ("kai鲁", "开鲁"),
            ("fan4zha4", "反诈"),
            ("zhaohaiyan", "赵海燕"),
            ("yingsu", "罂粟"),
            ("jindudadui", "禁毒大队"),
        ),
    ],
)
def test_pinyin_is_interpreted_as_the_right_word_first(engine: Engine, typed: str, word: str) -> None:
    answer = engine(BULLETIN, None).search(typed)
    assert answer.interpretations[0].words[0] == word
    assert f"{typed} › {word}" in answer.read_as
    assert answer.hits
    field, start, end = answer.hits[0].spans[0]
    article = next(one for one in BULLETIN if one.id == answer.hits[0].article)
    assert fold(dict(fields(article))[field][start:end]) == word


@ENGINES
def test_literal_latin_match_comes_before_interpretations(engine: Engine) -> None:
    articles = [
        Article("b/one", ("安排",), body="安排跑步。", date="2024-01-01"),
        Article("b/two", ("通知",), body="请安装 app。", date="2020-01-01"),
    ]
    assert found(engine(articles, None), "app")[0] == "b/two"


@ENGINES
def test_title_comes_before_lead_and_lead_before_body(engine: Engine) -> None:
    filler = "民警走访牧户，讲解安全常识。" * 12
    articles = [
        Article("b/body", ("走访",), body=filler + "\n\n反诈反诈反诈反诈反诈反诈反诈。", date="2024-03-01"),
        Article("b/lead", ("走访",), body="反诈宣传进牧区。" + filler, date="2023-01-01"),
        Article("b/title", ("反诈宣传",), body=filler, date="2022-01-01"),
    ]
    assert found(engine(articles, None), "反诈") == ["b/title", "b/lead", "b/body"]


@ENGINES
def test_equal_hits_are_newest_first_and_newest_is_an_order(engine: Engine) -> None:
    bodies = {"2023-01-01": "反诈", "2024-01-01": "反诈", "2025-01-01": "夜里反诈"}
    articles = [Article(f"b/{date}", ("通知",), body=body, date=date) for date, body in bodies.items()]
    articles.append(Article("b/title", ("反诈",), body="通知", date="2001-01-01"))
    search = engine(articles, None)
    assert found(search, "反诈") == ["b/title", "b/2025-01-01", "b/2024-01-01", "b/2023-01-01"]
    newest = [hit.date for hit in search.search("反诈", newest=True).hits]
    assert newest == ["2025-01-01", "2024-01-01", "2023-01-01", "2001-01-01"]


def test_an_old_short_article_is_ranked_before_newer_long_ones() -> None:
    newer = [article(f"n{number}", "走访", "灯笼" + "民警走访牧户。" * 40, date="2023-01-01") for number in range(90)]
    short = article("short", "走访", "灯笼民警走访。", date="2001-01-01")
    for search in (by_index([*newer, short, *heap(300)]), by_scan([*newer, short])):
        assert search.search("灯笼", limit=1).hits[0].article == short.id


@ENGINES
def test_interpretation_is_shown_even_without_hits(engine: Engine) -> None:
    answer = engine(BULLETIN, None).search("chongqing")
    assert answer.read_as == "chongqing › 重庆"
    assert answer.total == 0


@ENGINES
def test_empty_query_finds_nothing(engine: Engine) -> None:
    for query in ("", "  ", '""'):
        answer = engine(BULLETIN, None).search(query)
        assert (answer.hits, answer.total, answer.partial) == ((), 0, False)


@ENGINES
def test_cancelled_search_stops(engine: Engine) -> None:
    from tui.search.answer import Cancelled

    with pytest.raises(Cancelled):
        engine(BULLETIN, None).search("民警", cancelled=lambda: True)


@cache
def heaps() -> tuple[IndexSearch, IndexSearch, dict[str, list[str]], dict[str, list[str]]]:
    """Return both engines over a thousand articles, the articles' fields, and the fields folded."""
    articles = heap(1000)
    texts = {one.id: [text for _, text in fields(one)] for one in articles}
    folded = {one.id: searched_texts(one) for one in articles}
    return IndexSearch(MemoryIndex(articles), gazetteer()), indexed(articles)[0], texts, folded


def plain_scan(text: str) -> set[str]:
    wanted = fold(text)
    return {id for id, parts in heaps()[3].items() if any(wanted in part for part in parts)}


@st.composite
def substrings(draw: st.DrawFn) -> str:
    """Draw a stretch of some article's text, as a user might copy it; sometimes with a word appended."""
    chance = random.Random(draw(st.integers(0, 1 << 30)))
    text = chance.choice(chance.choice(list(heaps()[2].values())))
    if not text:
        return chance.choice(WORDS)
    start = chance.randrange(len(text))
    stretch = text[start : start + chance.choice([1, 1, 2, 2, 3, 4, 6, 12, 40])]
    return stretch + (chance.choice(WORDS) if chance.random() < 0.2 else "")


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(substrings())
def test_hits_equal_those_of_a_plain_scan(text: str) -> None:
    """The queries are random substrings of 1,000 articles: punctuation, digits, Latin letters, rare characters."""
    scan, index, *_ = heaps()
    query = f'"{text}"'
    expected = plain_scan(text) if text.strip() else set()
    for search in (scan, index):
        answer = search.search(query)
        assert {hit.article for hit in answer.hits} == expected
        assert answer.total == len(expected)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.sampled_from([*WORDS, "OR", "-", "(", ")", "place:赤峰", "date:2019", "title:反诈", "author:乌兰"]),
        max_size=6,
    ).map(" ".join)
)
def test_scan_and_index_agree_on_any_query(query: str) -> None:
    scan, index, *_ = heaps()
    one, other = scan.search(query), index.search(query)
    assert (one.total, one.read_as) == (other.total, other.read_as)
    assert {hit.article for hit in one.hits} == {hit.article for hit in other.hits}
    limited = index.search(query, limit=20)
    assert limited.total == one.total
    assert limited.hits == other.hits[:20]


@ENGINES
def test_spans_point_to_the_terms(engine: Engine) -> None:
    articles = heap(60)
    texts = {one.id: dict(fields(one)) for one in articles}
    for query in ("公安局", "臺灣", "app", "红枫 反诈", "1%"):
        terms = {fold(term) for term in query.split()}
        for hit in engine(articles, None).search(query).hits:
            assert hit.spans
            for field, start, end in hit.spans:
                assert fold(texts[hit.article][field][start:end]) in terms
            for start, end in hit.snippet_spans:
                assert any(term.startswith(fold(hit.snippet[start:end])) for term in terms)


def test_removed_text_is_not_found_and_new_text_is() -> None:
    search, conn, texts = indexed(BULLETIN)
    number, old = next((number, one) for number, one in texts.articles.items() if one.stem == "kyzq")
    remove(conn, [number])
    new = Article(old.id, old.title, date=old.date, body="国家反诈中心发布提示。")
    del texts.articles[number]
    texts.articles[100] = new
    add(conn, prepare([(100, new, None)]))
    finish(conn)
    assert found(search, "入户宣讲") == []
    assert search.search("红枫", limit=1).total == 1
    assert search.search("户", limit=1).total == 1
    assert found(search, "发布提示") == ["kyzq"]
    assert search.search("反诈", limit=1).total == 1


def test_articles_indexed_late_are_sorted_by_date() -> None:
    search, conn, texts = indexed(BULLETIN)
    for number, date in ((50, "2021-01-01"), (51, "2023-06-15"), (52, "2024-01-01")):
        texts.articles[number] = Article(f"ga-2023/{date}", ("补遗",), date=date, body="民警补写一则。")
        add(conn, prepare([(number, texts.articles[number], None)]))
    finish(conn)
    newest = [hit.date for hit in search.search("民警", newest=True).hits]
    assert newest == sorted((date for date in newest if date), reverse=True)
    assert found(search, "date:2021") == ["2021-01-01"]
    assert "2023-06-15" in found(search, "date:2023-06 民警")


def test_search_with_a_budget_gives_a_partial_first_answer() -> None:
    _, index, *_ = heaps()
    first = index.search("公安局", limit=20, budget=0.0)
    assert first.partial
    assert first.total is None
    assert first.hits
    whole = index.search("公安局", limit=20)
    assert not whole.partial
    assert whole.total == len(plain_scan("公安局"))


def test_index_needs_a_rebuild_when_a_quarter_is_removed() -> None:
    _, conn, texts = indexed(heap(1500))
    assert not needs_rebuild(conn)
    remove(conn, list(texts.articles)[:400])
    assert needs_rebuild(conn)


@given(st.text(alphabet="禁毒ab1 \n，\u2003𠮷", max_size=30))
def test_stream_for_the_index_contains_exactly_the_grams(text: str) -> None:
    assert set(re.split("[ \n]+", " ".join(stream(text)))) - {""} == grams(text)


@given(st.text(alphabet="禁毒ab1 \n，\u2003𠮷。", max_size=30))
def test_repeated_grams_for_the_index_are_the_grams_and_pairs_no_query_uses(text: str) -> None:
    found = set(re.split("[ \n]+", repeated_grams(text).decode())) - {""}
    assert found >= grams(text)
    assert all(gram in text and len(gram) == 2 and not exact(gram) for gram in found - grams(text))


@given(st.text(alphabet="禁毒ab1 \n，。“", max_size=20), st.data())
def test_text_has_all_grams_wanted_for_its_substrings(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    stretch = text[start : data.draw(st.integers(start, len(text)))]
    if stretch and "\n" not in stretch:
        assert set(wanted(stretch)) <= grams(text)
        assert exact(stretch) <= (wanted(stretch) == [stretch])


@given(st.text(alphabet="禁毒ab1 \n，。“", max_size=20), st.sampled_from(["禁毒", "1，", "，a", "毒。", "，。", "，"]))
def test_exact_word_occurs_exactly_where_its_gram_does(text: str, word: str) -> None:
    assert not exact(word) or (word in grams(text)) == (word in text)
