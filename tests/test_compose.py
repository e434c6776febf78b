"""The composed page of an article, and where its fields and paragraphs are on it."""

import pytest

from tui.article import Article, Block, InlineSpan
from tui.compose import ComposedArticle, compose

BODY = (
    Block("subhead", "深入牧区", level=2),
    Block("paragraph", "近日，民警深入牧区。", (InlineSpan("strong", 3, 5),)),
    Block("paragraph", "牧民表示感谢。"),
)


ARTICLE = Article(
    "2023/001",
    ("筑牢禁毒防线", "守护一方净土"),
    place="开鲁",
    dateline="开鲁讯",
    authors=("刘星",),
    byline="（刘星）",
)


def test_page_consists_of_headline_meta_body_and_byline() -> None:
    page = compose(ARTICLE, BODY, above=("通辽市",))
    assert [block.kind for block in page.blocks] == ["headline", "meta", "subhead", "paragraph", "paragraph", "byline"]
    assert page.blocks[0].text == "筑牢禁毒防线 守护一方净土"
    assert page.blocks[1].text.split() == ["开鲁", "通辽市", "刘星", "约", "1", "分钟"]


def test_dateline_opens_the_first_paragraph_and_shifts_its_spans() -> None:
    page = compose(ARTICLE, BODY)
    opened = page.blocks[page.opened]
    assert opened.text == "开鲁讯　近日，民警深入牧区。"
    assert opened.text[opened.spans[0].start : opened.spans[0].end] == "民警"


def test_dateline_without_a_paragraph_is_a_block_of_its_own() -> None:
    page = compose(ARTICLE, [Block("quote", "好。")])
    assert page.blocks[page.opened].text == "开鲁讯"
    assert page.locate(0, 0, 1) == (page.opened + 1, 0, 1)
    assert page.origin(page.opened + 1, 0) == (0, 0)


@pytest.mark.parametrize("chrome", [True, False])
@pytest.mark.parametrize(
    ("where", "span", "text"),
    [
        ("title", (7, 9), "守护"),
        ("dateline", (0, 2), "开鲁"),
        (0, (0, 2), "深入"),
        (1, (3, 5), "民警"),
        (2, (0, 2), "牧民"),
        ("byline", (1, 3), "刘星"),
    ],
)
def test_field_span_maps_to_the_page_and_back(where: str | int, span: tuple[int, int], text: str, chrome: bool) -> None:
    page = compose(ARTICLE, BODY, chrome=chrome)
    index, start, end = page.locate(where, *span)
    assert page.blocks[index].text[start:end] == text
    assert page.origin(index, start) == (where, span[0])


@pytest.mark.parametrize("where", ["byline", "dateline", "tags", -1, 3])
def test_locate_raises_key_error_for_a_missing_field(where: str | int) -> None:
    with pytest.raises(KeyError):
        compose(ARTICLE._replace(byline="", authors=(), dateline=None), BODY).locate(where)


def test_article_with_only_a_title_is_a_page() -> None:
    page = compose(Article("a/b", ("题",)), [])
    assert page == ComposedArticle((Block("headline", "题"),), 1, 1)
