"""Regular expressions in queries."""

import builtins
import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.search_bulletin import BULLETIN, article, heap
from tests.test_cli import Run, run  # noqa: F401  (a fixture)
from tests.test_search_index import ENGINES, Engine, by_index, found
from tui.article import Article
from tui.catalogue import Catalogue
from tui.catalogue.fts import expression
from tui.clean import clean
from tui.fold import dense
from tui.indexer import Indexer
from tui.library import Library
from tui.query.parser import parse
from tui.query.regex_literals import required_literals
from tui.query.tree import And, Node, Or, Regex, Term
from tui.search.engine import SearchEngine
from tui.text import regex_match
from tui.text.document import document, fields
from tui.text.regex_match import regex_spans

ARTICLES = (
    article("gap", "打击犯罪 守护群众", "第一段。\n\n第二段APP。", date="2023-06-01"),
    article("old", "臺灣來信", "說了 a/b 兩次（a+b）。", date="2023-06-02"),
    article("seen", "软\u00ad连字", "警\u00ad民。", date="2023-06-03"),
    *heap(80),
)


@ENGINES
@pytest.mark.parametrize(
    ("query", "stems"),
    [
        ("/第.段/", ["gap"]),
        ("/^第二段/", ["gap"]),
        ("/第一段。$/", ["gap"]),
        ("/罪.守/", ["gap"]),
        (r"/。\s*第/", []),
        ("/犯罪守护/", []),
        ("/臺灣|松花江/", ["old"]),
        ("/台湾/", []),
        ("/APP。/ 第二段", ["gap"]),
        ("/app。/", []),
        ("/(?i)app。/", ["gap"]),
        (r"/a\/b/", ["old"]),
        (r"/\Qa+b\E/", ["old"]),
        ("title:/^臺/", ["old"]),
        ("title:/第一段/", []),
        ("第一段 -/犯罪/", []),
        ("(/第一段/ OR /臺灣/)", ["old", "gap"]),
        ("/连.?字/", ["seen"]),
        ("/警.民/", ["seen"]),
    ],
)
def test_expression_finds_printed_text(engine: Engine, query: str, stems: list[str]) -> None:
    search = engine(ARTICLES, None)
    assert [stem for stem in found(search, query) if stem in ("gap", "old", "seen")] == stems
    assert search.search(query, limit=1).total == len(search.search(query).hits)


@ENGINES
def test_hits_carry_the_spans_of_their_matches(engine: Engine) -> None:
    hit = next(hit for hit in engine(ARTICLES, None).search("/第.段/").hits if hit.article == "ga-2023/gap")
    assert hit.spans == ((0, 0, 3), (1, 0, 3))
    assert hit.snippet[slice(*hit.snippet_spans[0])] == "第一段"
    hit = next(hit for hit in engine(ARTICLES, None).search("/连./").hits if hit.article == "ga-2023/seen")
    assert hit.spans == (("title", 2, 4),)


_PIECES = st.sampled_from([*"警民法院ab1，", "[警民]", "[^警]", ".", r"\d", r"\w", "(?i)", "^", "$", r"\b", r"\.", "{"])
_REPEATS = st.sampled_from(["", "", "", "*", "+", "?", "{0,2}", "{2}", "{1,}?", "*?"])
_EXPRESSIONS = st.recursive(
    st.builds("".join, st.lists(st.builds("{}{}".format, _PIECES, _REPEATS), min_size=1, max_size=5)),
    lambda inner: st.one_of(
        st.builds("({}){}".format, inner, _REPEATS),
        st.builds("(?:{}|{}){}".format, inner, inner, _REPEATS),
        st.builds("(?P<name>{}){}".format, inner, inner),
        st.builds("{}|{}".format, inner, inner),
    ),
    max_leaves=5,
)
_TEXTS = st.text(alphabet="警民法院aAbB1，.{臺", max_size=12)


def _meets(node: Node, folded: str) -> bool:
    match node:
        case Term():
            return node.text in folded
        case And(parts):
            return all(_meets(part, folded) for part in parts)
        case Or(parts):
            return any(_meets(part, folded) for part in parts)
    raise AssertionError(node)


@settings(max_examples=250, deadline=None)
@given(source=_EXPRESSIONS, text=_TEXTS)
def test_every_text_with_a_match_has_the_required_literals(source: str, text: str) -> None:
    made = document(1, Article("a/b", (text or "题",)))
    try:
        matches = list(regex_spans(Regex(source), made))
    except regex_match.BadRegex:
        return
    for start, end in matches:
        assert _meets(required_literals(source), dense(made.text[start:end])), (source, made.text[start:end])


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("反诈.*宣传", ["反诈", "宣传"]),
        ("反诈+宣传", ["反诈", "宣传"]),
        ("反诈?宣传", ["反", "宣传"]),
        ("(反诈){0,3}宣传", ["宣传"]),
        (r"第[0-9]+期", ["第", "期"]),
        ("(?:反诈)宣传", ["反诈", "宣传"]),
        (r"\p{Han}月", ["月"]),
        (r"a\.b", ["a．b"]),
        (r"\Qa|b\E", []),
        ("σς", []),
        ("反诈|", []),
        ("(" * 50 + "警" + ")" * 50, []),
    ],
)
def test_expression_gives_its_required_literals(source: str, wanted: list[str]) -> None:
    node = required_literals(source)
    parts = (node,) if isinstance(node, Term) else node.parts if isinstance(node, And) else None
    assert parts is not None
    assert [part.text for part in parts if isinstance(part, Term)] == wanted


def test_alternatives_become_alternatives_of_the_index() -> None:
    assert expression(parse("/反诈|禁毒/").root) == '("反诈" OR "禁毒")'


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    source=st.sampled_from(
        [
            "警.",
            "民警|辅警",
            "公安局.{1,4}(反诈|禁毒)",
            r"2023\d*",
            "^的",
            "了$",
            "《条例》+",
            "[一二]十",
            "A.*B",
            "臺灣",
            "。?",
        ]
    )
)
def test_index_finds_what_a_scan_finds(source: str) -> None:
    wanted = {
        one.id for one in _HEAP for _, text in fields(one) if re.search(f"(?=.){source}", text) and _has(source, text)
    }
    assert {hit.article for hit in _INDEX.search(f"/{source}/").hits} == wanted


def _has(source: str, text: str) -> bool:
    return any(match[0] for match in re.finditer(source, text))


_HEAP = heap(400)
_INDEX = by_index(_HEAP)


@pytest.mark.parametrize(
    ("typed", "regexes"),
    [
        ("/a b/", ["a b"]),
        ("/a/|/b/", ["a", "b"]),
        ("/(a b)|c/", ["(a b)|c"]),
        ("警 -/(a (b)/", ["(a (b)"]),
        (r"/a\/b\\/", [r"a\/b\\"]),
        ("/usr/bin/", []),
        ("1/2/ 3", []),
        ("/", []),
        ("//", []),
        ("/ 2 /", []),
        ('"/a/"', []),
        ("=/a/", []),
        ("place:/a/", []),
        ("title:/a/", ["a"]),
    ],
)
def test_expressions_fill_words_between_slashes(typed: str, regexes: list[str]) -> None:
    query = parse(typed)
    assert [one.source for one in _regexes(query.root)] == regexes
    again = parse(query.read_as)
    assert (_regexes(again.root), again.read_as) == (_regexes(query.root), query.read_as)


def _regexes(node: Node) -> Iterable[Regex]:
    from tui.query.tree import leaves

    return [one for one in leaves(node, excluded=True) if isinstance(one, Regex)]


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet='/\\ ab(|)"-=警', max_size=14))
def test_text_with_slashes_keeps_its_expressions_when_written(typed: str) -> None:
    query = parse(typed)
    again = parse(query.read_as)
    assert (_regexes(again.root), again.read_as) == (_regexes(query.root), query.read_as)


@ENGINES
@pytest.mark.parametrize(
    ("query", "reason"), [("/(/", "missing )"), ("警 /[/", "missing ]"), (f"/{'警' * 1001}/", "1000")]
)
def test_bad_expression_is_refused_in_one_line(engine: Engine, query: str, reason: str) -> None:
    answer = engine(BULLETIN, None).search(query)
    assert reason in answer.refusal
    assert "\n" not in answer.refusal
    assert (answer.hits, answer.total, answer.partial) == ((), 0, False)


def test_missing_extra_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    real = builtins.__import__

    def without(
        name: str,
        globals: Mapping[str, object] | None = None,
        locals: Mapping[str, object] | None = None,
        fromlist: Sequence[str] | None = (),
        level: int = 0,
    ) -> object:
        if name == "re2":
            raise ImportError(name)
        return real(name, globals, locals, fromlist, level)

    monkeypatch.setattr(builtins, "__import__", without)
    monkeypatch.setattr(regex_match, "_compiled", regex_match._compiled.__wrapped__)
    status, out, err = run("search", "/反诈/")
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert "ganews-tui[regex]" in err
    status, out, err = run("search", "反诈")
    assert status == 0


def test_hostile_expression_takes_linear_time() -> None:
    long = document(1, Article("a/b", ("题",), body="a" * 200_000))
    assert list(regex_spans(Regex("(a*)*b"), long)) == []
    assert len(list(regex_spans(Regex("(a|aa)+"), long))) == 1


def test_expression_finds_the_same_in_the_bytes_of_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bytes are searched before they are parsed: escapes, Markdown and invisible characters must hide no match."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    bodies = (
        "警民",
        "警\u200b民",
        "警**民**",
        'x"警民"',
        "警\n\n民",
        "警&amp;民",
        "\\警民",
        "警\u00ad民",
        "警\x07民",
        "民警",
    )
    lines = [
        {
            "id": f"a{number}",
            "title": ["警", "民"] if number % 7 == 0 else ["题"],
            "body": f"法院。\n\n{body}，{number}。",
        }
        for number, body in enumerate(bodies * 40)
    ]
    folder = tmp_path / "library" / "b"
    folder.mkdir(parents=True)
    (folder / "articles.jsonl").write_text(
        "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in lines), "utf-8"
    )
    catalogue = Catalogue(Library(tmp_path / "library"))
    Indexer(catalogue).run()
    everything = [document(0, one) for one in catalogue.library.everything() if isinstance(one, Article)]
    for source in ("警民", "警.?民", "[^法]民", "警 民", "民，[0-9]+", '"警', "警民|x"):
        wanted = {one.article for one in everything if any(regex_spans(Regex(source), one))}
        answer = SearchEngine(catalogue).search(f"/{source}/")
        assert ({hit.article for hit in answer.hits}, answer.total) == (wanted, len(wanted))
    catalogue.close()


def test_characters_changed_by_cleaning_are_parsed() -> None:
    changed = [chr(code) for code in range(sys.maxunicode + 1) if clean(chr(code)) != chr(code)]
    texts = [one.encode("utf-8", "surrogatepass") for one in changed if one != "\n"]
    assert not any(regex_match.without_match(Regex("警民"), texts))
