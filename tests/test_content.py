"""The bundled bulletin has the text of the page that it was made from."""

import re
import unicodedata
from pathlib import Path

from tui.article import Article
from tui.library import open_library
from tui.markdown import blocks
from tui.paths import content_dir

PAGE = Path(__file__).resolve().parent.parent / "seeds" / "000_d0cbc93060d4aa0e.txt"


def bundled() -> tuple[Article, ...]:
    articles, problems = open_library(content_dir()).load()
    assert problems == ()
    return articles


def folded(text: str) -> str:
    """Return the text in half width without white space: typesetting may change only these."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def as_printed(article: Article) -> str:
    """Return the article's text in the order of the page, where captions are below the byline."""
    body = blocks(article.body)
    text = [block.text for block in body if block.kind != "caption"]
    captions = [block.text for block in body if block.kind == "caption"]
    return "".join([*article.title, article.dateline or "", *text, article.byline, *captions])


def test_seven_articles_have_exactly_the_text_of_the_page() -> None:
    said = "".join(as_printed(article) for article in bundled())
    assert folded(said) == folded(PAGE.read_text("utf-8"))


def test_places_are_in_the_order_of_the_page() -> None:
    places = [article.place for article in bundled()]
    assert places == ["开鲁", "呼和浩特", "锡林郭勒", "托克托", "科右中旗", "牙克石", "赤峰"]


def test_paragraphs_end_with_a_sentence_after_columns_are_joined() -> None:
    for article in bundled():
        for block in blocks(article.body):
            if block.kind == "paragraph":
                assert block.text.endswith(("。", "！", "？", "……", "”", "：")), block.text


def test_no_half_width_mark_remains_between_chinese_characters() -> None:
    for article in bundled():
        for text in (*article.title, article.byline, article.body):
            assert not re.search(r"[一-鿿”][,;:!?()]|[,;:!?(][一-鿿“]", text), text
