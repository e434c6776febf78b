"""The seed page: seven articles are imported exactly, however its text was reformatted."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tui.importer import Imported, ImportResult, as_json, import_page

PAGE = next((Path(__file__).parent.parent / "seeds").glob("*.txt")).read_text(encoding="utf-8")
ARTICLES = [
    ("筑牢禁毒防线 守护一方净土", "开鲁", "通辽 开鲁", None, "刘星", "pspppsppspppp"),
    ("践行环保理念 共建绿色家园", "呼和浩特", "呼和浩特", "呼和浩特讯", "刘世勇 张文广", "ppp"),
    ("建立联动工作机制 保护草原生态安全", "锡林郭勒", "锡林郭勒", "锡林郭勒讯", "苏强", "ppp"),
    ("打击侵财犯罪 守护群众财产", "托克托", "呼和浩特 托克托", "双河讯", "王雄飞", "ppp"),
    ("“红枫义警”助反诈 警民携手护平安", "科右中旗", "兴安盟 科右中旗", "巴彦呼舒讯", "白厚和 陈欢欢", "ppc"),
    ("主题教育读书班 “补钙充电”铸警魂", "牙克石", "呼伦贝尔 牙克石", "牙克石讯", "吴芙蓉", "ppp"),
    ("礼物送“警宝” 关爱暖警心", "赤峰", "赤峰", "赤峰讯", "江枫", "ppp"),
]


def heads(result: ImportResult) -> list[object]:
    for article in result.articles:
        assert article.byline == f"（{' '.join(article.authors)}）"
    return [
        (
            " ".join(article.title),
            article.place,
            " ".join(article.admin),
            article.dateline,
            " ".join(article.authors),
            "".join(piece.kind[0] for piece in article.paragraphs),
        )
        for article in result.articles
    ]


def without_lines(result: ImportResult) -> object:
    texts = [[piece.text for piece in article.paragraphs] for article in result.articles]
    return list(zip(heads(result), texts, strict=True))


def articles_as_printed() -> list[str]:
    lines = PAGE.split("\n")
    return ["\n".join(lines[a.span[0] - 1 : a.span[1]]) for a in import_page(PAGE).articles]


def wrapped(measure: int, indent: str = "") -> str:
    lines: list[str] = []
    for text, is_paragraph in (block for article in import_page(PAGE).articles for block in printed_blocks(article)):
        body = (indent if is_paragraph else "") + text
        lines += [body[at : at + measure] for at in range(0, len(body), measure)]
    return "\n".join(lines)


def printed_blocks(article: Imported) -> Iterator[tuple[str, bool]]:
    """Return the pieces of the page with whether each is a paragraph; captions come after the byline."""
    yield " ".join(article.title), False
    for at, piece in enumerate(article.paragraphs):
        if piece.kind == "caption":
            yield article.byline, False
        yield (f"{article.dateline} " if article.dateline and at == 0 else "") + piece.text, piece.kind == "paragraph"
    if article.paragraphs[-1].kind != "caption":
        yield article.byline, False


def test_all_seven_articles_are_exact() -> None:
    assert heads(import_page(PAGE)) == ARTICLES


def test_seed_page_has_the_known_numbers_of_blocks_and_joins() -> None:
    pieces = [piece for article in import_page(PAGE).articles for piece in article.paragraphs]
    kinds = [piece.kind for piece in pieces]
    assert (kinds.count("paragraph"), kinds.count("subhead"), kinds.count("caption")) == (27, 3, 1)
    lines = [number for number, line in enumerate(PAGE.split("\n"), 1) if line.strip()]
    assert sum(sum(piece.span[0] < number <= piece.span[1] for number in lines) for piece in pieces) == 9


def test_every_mark_has_its_full_width_form() -> None:
    text = "".join(piece.text for article in import_page(PAGE).articles for piece in article.paragraphs)
    assert not re.search("[,:;?!()]", text)
    assert " " not in text


@pytest.mark.parametrize(
    "handled",
    [
        PAGE.replace("\n", "\r\n"),
        PAGE.replace("\n", "\r"),
        "\ufeff" + PAGE,
        re.sub(r"\n\n+", "\n", PAGE),
        PAGE.replace("\n", "\n\n\n"),
        PAGE.translate(str.maketrans(",():;?!", "，（）：；？！")),
        PAGE.replace(" ", "\u3000"),
        "\n".join("\u3000\u3000" + line for line in PAGE.split("\n")),
        "\n".join(line + "   " for line in PAGE.split("\n")),
    ],
    ids=["crlf", "cr", "bom", "no-blank-lines", "many-blank-lines", "full-width", "u3000", "indented", "trailing"],
)
def test_reformatted_text_gives_the_same_articles(handled: str) -> None:
    assert without_lines(import_page(handled)) == without_lines(import_page(PAGE))


def test_articles_stay_the_same_in_another_order() -> None:
    printed = articles_as_printed()
    for order in (printed[::-1], printed[3:] + printed[:3], printed[1::2] + printed[::2]):
        found = import_page("\n\n".join(order))
        assert sorted(map(str, heads(found))) == sorted(map(str, ARTICLES))


@pytest.mark.parametrize("number", range(7))
def test_each_article_stays_the_same_alone(number: int) -> None:
    assert heads(import_page(articles_as_printed()[number])) == [ARTICLES[number]]


@pytest.mark.parametrize("measure", [16, 18, 22, 26, 30])
@pytest.mark.parametrize("indent", ["", "\u3000\u3000"], ids=["flush", "indented"])
def test_hard_wrapped_columns_give_the_same_articles(measure: int, indent: str) -> None:
    assert without_lines(import_page(wrapped(measure, indent))) == without_lines(import_page(PAGE))


def test_json_form_has_the_promised_keys() -> None:
    found = as_json(import_page(PAGE))
    assert list(found) == ["articles", "notes", "furniture"]
