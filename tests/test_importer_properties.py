"""Properties of the import of any page, also of text that is no newspaper."""

import itertools
from collections import Counter
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from bench.pages.labelled import labelled_page
from tui.cells import cell_len
from tui.gazetteer import load
from tui.importer import Imported, ImportResult, import_page
from tui.importer.source_lines import to_half_width
from tui.paths import content_dir

GAZETTEER = load(content_dir() / "gazetteer.yaml")
HAN = "开鲁县公安局民警近日在辖区巡逻走访群众宣传反诈的和了为有刘星苏强记者本报讯新华社电月日年通讯员摄图"
MARKS = "，。、；：？！“”‘’（）《》…—,.:;?!() 　0123456789ABCxyz·/【】□■▲①"
WORDS = st.sampled_from(
    [
        "本报讯",
        "双河讯 ",
        "新华社呼和浩特6月1日电（记者 刘星）",
        "（刘星）",
        "（刘世勇 张文广）",
        "本报记者 刘星",
        "□苏强",
        "刘星 摄",
        "图为民警走访牧户。",
        "责任编辑：江枫",
        "（下转第二版）",
        "2023年6月8日 星期四",
        "第3版",
        "筑牢禁毒防线 守护一方净土",
        "一、全员动员",
        "——记开鲁县公安局",
        "近日，开鲁县公安局开展走访活动。",
        "活动中，民警发放了宣传单，",
        "效应。",
    ]
)
LINE = st.one_of(st.text(alphabet=HAN + MARKS, max_size=60), WORDS, st.builds("".join, st.lists(WORDS, max_size=4)))
BREAK = st.sampled_from(["\n", "\n\n", "\r\n", "\n　　", "\n    ", "\r", "\n\n\n"])
PAGE = st.builds(
    lambda pieces: "".join(line + gap for line, gap in pieces), st.lists(st.tuples(LINE, BREAK), max_size=24)
)


def folded(text: str) -> str:
    return "".join(to_half_width(text).split())


def as_given(article: Imported) -> str:
    return "".join([*article.title, article.dateline or "", article.byline, *(p.text for p in article.paragraphs)])


def said(article: Imported) -> str:
    return folded(as_given(article))


def furniture(result: ImportResult) -> str:
    return "".join(line.text for line in result.furniture)


def without_lines(result: ImportResult) -> object:
    return [
        (a.title, a.place, a.admin, a.dateline, a.authors, a.byline, [(p.kind, p.text) for p in a.paragraphs])
        for a in result.articles
    ]


@settings(max_examples=120, deadline=None)
@given(PAGE)
def test_import_neither_loses_nor_doubles_text(page: str) -> None:
    """Apart from white space and width, each article has the text of its lines.

    Articles and furniture are the whole page.
    """
    lines = page.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    result = import_page(page)
    aside = {line.line for line in result.furniture}
    for article in result.articles:
        first, last = article.span
        own = [lines[number - 1] for number in range(first, last + 1) if number not in aside]
        assert Counter(said(article)) == Counter(folded("".join(own)))
    out = sum((Counter(said(article)) for article in result.articles), Counter(folded(furniture(result))))
    assert out == Counter(folded(page))


@settings(max_examples=60, deadline=None)
@given(PAGE, st.integers(7, 24), st.sampled_from(["", "\u3000\u3000"]), st.integers(0, 3))
def test_wrapped_page_with_furniture_and_page_breaks_loses_nothing(
    page: str, measure: int, indent: str, breaks: int
) -> None:
    """Columns, form feeds, page heads within sentences and bylines over several lines keep every character."""
    blocks = [block.strip() for block in page.replace("\r", "\n").split("\n") if block.strip()]
    lines = [
        text[at : at + measure] for block in blocks for text in [indent + block] for at in range(0, len(text), measure)
    ]
    for number in range(min(breaks, len(lines))):
        lines.insert(
            (number + 1) * len(lines) // (breaks + 1), f"\f草原新报 2024年5月{number + 1}日 星期五 第{number + 1}版"
        )
    source = "\n".join(lines)
    result = import_page(source)
    out = sum((Counter(said(article)) for article in result.articles), Counter(folded(furniture(result))))
    assert out == Counter(folded(source))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 1 << 30))
def test_generated_page_is_its_articles_and_its_furniture(seed: int) -> None:
    """Dates of a forecast, signatures, numbers alone on a line and page heads are in one or the other."""
    page = labelled_page(Random(seed), GAZETTEER).text
    result = import_page(page, GAZETTEER)
    out = sum((Counter(said(article)) for article in result.articles), Counter(folded(furniture(result))))
    assert out == Counter(folded(page))


@settings(max_examples=40, deadline=None)
@given(PAGE, PAGE, st.integers(2, 6))
def test_columns_side_by_side_lose_nothing(left: str, right: str, gap: int) -> None:
    """Lines of two columns, one beside the other, are all there, whether the columns are divided or not."""
    halves = [[line.strip() for line in half.replace("\r", "\n").split("\n")] for half in (left, right)]
    wide = max((cell_len(line) for line in halves[0]), default=0) + gap
    rows = itertools.zip_longest(*halves, fillvalue="")
    source = "\n".join(first + " " * (wide - cell_len(first)) + second for first, second in rows)
    result = import_page(source)
    out = sum((Counter(said(article)) for article in result.articles), Counter(folded(furniture(result))))
    assert out == Counter(folded(source))


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_imported_without_a_crash(page: str) -> None:
    result = import_page(page)
    assert result == import_page(page)
    assert all(article.title or article.paragraphs or article.byline or article.dateline for article in result.articles)


@settings(max_examples=40, deadline=None)
@given(PAGE)
def test_blank_lines_and_line_ends_make_no_difference(page: str) -> None:
    lines = page.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    plain = without_lines(import_page("\n".join(lines)))
    assert without_lines(import_page("\r\n\r\n".join(lines))) == plain
    assert without_lines(import_page("\ufeff" + "  \n".join(lines) + "\n\n\n")) == plain


@settings(max_examples=40, deadline=None)
@given(PAGE)
def test_articles_are_in_the_order_of_the_page(page: str) -> None:
    articles = import_page(page).articles
    for article in articles:
        assert all(article.span[0] <= piece.span[0] <= piece.span[1] <= article.span[1] for piece in article.paragraphs)
        assert [piece.span for piece in article.paragraphs] == sorted(piece.span for piece in article.paragraphs)
    for before, after in itertools.pairwise(articles):
        assert before.span[1] < after.span[0]


@settings(max_examples=40, deadline=None)
@given(PAGE)
def test_existing_full_width_marks_stay(page: str) -> None:
    result = import_page(page)
    marks = Counter(character for character in page if character in "，：；？！（）")
    kept = Counter(furniture(result)) + Counter(c for article in result.articles for c in as_given(article))
    assert all(kept[mark] >= count for mark, count in marks.items())


def test_empty_page_and_lone_headline_are_imported() -> None:
    assert import_page("").articles == ()
    assert import_page(" \n\u3000\n").articles == ()
    assert [article.title for article in import_page("筑牢禁毒防线 守护一方净土").articles] == [
        ("筑牢禁毒防线", "守护一方净土")
    ]
