"""The painted cells of a query's matches, which are found in the text before it is broken into lines."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.style import Style as Ink

from tui.article import Article
from tui.compose import ComposedArticle, compose
from tui.fold import fold, visible
from tui.markdown import blocks
from tui.search.index_search import IndexSearch
from tui.search.memory_index import MemoryIndex
from tui.session.page_positions import by_block, located
from tui.text.document import fields
from tui.theme import BUILTIN
from tui.typeset import Style, set_page
from tui.widgets.painting import BlockMatches, layers, paint_line, paint_of

SENTENCES = (
    "6月1日，开鲁县公安局义和塔拉派出所民警走进牧区，开展“反诈”宣传。",
    "民警提醒：凡是要求转账到“安全账户”的，都是诈骗（请拨打96110）！",
    "截至5月31日，共踏查1,200余亩，APP安装率达98.5%，群众满意度明显提高。",
    "“红枫义警”2023年以来化解矛盾纠纷32起——无一反复……",
    "赤峰市元宝山区𠮷祥社区的e\u0301lan咖啡馆里，老人们听得入神。",
)
text = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6).map("".join)
PAINT = paint_of(BUILTIN[0], Ink.null())


@st.composite
def articles(draw: st.DrawFn) -> Article:
    return Article(
        "2023/001",
        tuple(
            draw(st.lists(st.sampled_from(("筑牢禁毒防线", "“反诈”进牧区", "6月1日起施行")), min_size=1, max_size=2))
        ),
        dateline=draw(st.sampled_from((None, "开鲁讯", "本报开鲁6月1日讯"))),
        byline=draw(st.sampled_from(("", "（刘星 王强）"))),
        body="\n\n".join(draw(st.lists(text, min_size=1, max_size=4))),
    )


@settings(max_examples=60, deadline=None)
@given(article=articles(), data=st.data(), width=st.integers(20, 200), justify=st.booleans())
def test_highlighted_text_is_the_search_term_at_every_width(
    article: Article, data: st.DataObject, width: int, justify: bool
) -> None:
    where = dict(fields(article))
    source = where[data.draw(st.sampled_from(list(where)))]
    start = data.draw(st.integers(0, len(source) - 1))
    query = source[start : start + data.draw(st.integers(1, 12))]
    if not query.strip():
        return

    (hit,) = IndexSearch(MemoryIndex([article])).search(f'"{query}"').hits
    assert {fold(where[field][first:last]) for field, first, last in hit.spans} >= {fold(query)}

    page = compose(article, blocks(article.body))
    spans = by_block(located(page, hit.spans))
    wanted = "".join(where[field][first:last] for field, first, last in hit.spans)
    painted = _painted(page, spans, width, Style(justify=justify))
    assert _dense(painted) == _dense(wanted)


@pytest.mark.parametrize("unseen", ["\u00ad", "\u200d", "\u034f", "\ufe00", "\U000e0100", "\u2060", "\u200e"])
@pytest.mark.parametrize("width", [20, 33, 80])
def test_word_with_invisible_characters_is_highlighted_whole(unseen: str, width: int) -> None:
    word = unseen.join("红枫义警") + unseen
    article = Article("2023/001", ("民警" + word, "在此"), body=f"{SENTENCES[0]}见{word}在此。{SENTENCES[2]}{word}")
    (hit,) = IndexSearch(MemoryIndex([article])).search("红枫义警").hits
    page = compose(article, blocks(article.body))
    painted = _painted(page, by_block(located(page, hit.spans)), width, Style())
    assert visible(_dense(painted)) == "红枫义警" * 3


@pytest.mark.parametrize("width", [20, 33, 80])
def test_match_across_headline_parts_is_highlighted_in_both(width: int) -> None:
    article = Article("2023/001", ("打击侵财犯罪", "守护群众财产"), body=SENTENCES[0])
    (hit,) = IndexSearch(MemoryIndex([article])).search("犯罪守护群众").hits
    page = compose(article, blocks(article.body))
    assert _dense(_painted(page, by_block(located(page, hit.spans)), width, Style())) == "犯罪守护群众"


def _painted(page: ComposedArticle, spans: dict[int, list[tuple[int, int]]], width: int, style: Style) -> str:
    """Return all highlighted text from top to bottom."""
    setting = set_page(page, width, style)
    found = ""
    for index in range(len(page.blocks)):
        for line in setting.lines(index):
            above = layers(setting.prepared(index), line, PAINT, BlockMatches(spans.get(index, ())), None)
            strip = paint_line(setting.prepared(index), line, PAINT, above, 0, width)
            assert strip.cell_length >= width
            for segment in strip:
                if segment.style and segment.style.bgcolor == PAINT.hit.bgcolor:
                    found += segment.text
    return found


def _dense(shown: str) -> str:
    """Return the text without the spaces that typesetting adds or drops, with punctuation as written."""
    return re.sub(r"\s", "", fold(shown))
