"""Printed layouts that need more than blocks side by side: running columns, boxes, drop caps, tables, several pages."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis.strategies import integers

from bench.pdf_documents import DOCUMENTS
from tests.printed_pages import PdfPage, pdf_of
from tests.test_importer_printed import FIRST, GAZETTEER, SECOND, imported, joined, texts, two_columns
from tui.importer.decisions import Decisions
from tui.importer.formats import import_file
from tui.importer.geometry.glyphs import Glyph, PrintedPage, Rect
from tui.importer.geometry.line_assembly import lines_among
from tui.importer.printed import import_printed
from tui.importer.source_lines import to_half_width


def test_article_goes_on_at_the_top_of_the_next_column_above_another_headline() -> None:
    page = PdfPage()
    page.text(40, 70, 16, "警务车开进景区")
    page.column(40, 90, FIRST * 2)
    page.text(40, 230, 16, "提示卡摆上餐桌")
    page.column(40, 250, SECOND + FIRST[:2])
    page.column(190, 60, FIRST[2:])
    page.text(190, 120, 16, "雨后救羊")
    page.column(190, 140, SECOND * 2)
    result = imported(page)
    assert [(article.title, len(article.paragraphs)) for article in result.articles] == [
        (("警务车开进景区",), 2),
        (("雨后救羊",), 2),
        (("提示卡摆上餐桌",), 2),
    ]
    assert texts(result)[2][1] == ("paragraph", joined(FIRST))


def test_lines_beside_a_picture_are_full_lines() -> None:
    page = PdfPage()
    page.text(40, 70, 24, "警务车开到景区门口")
    lines = [
        "　　进入七月，草原上的客人",
        "多了起来，派出所",
        "把流动警务车开到",
        "景区门口，随时接",
        "受群众的求助，民警还印制了",
        "卡片。",
    ]
    page.column(40, 100, lines)
    page.box(126, 104, 240, 146)
    assert texts(imported(page)) == [[("paragraph", joined(lines))]]


def test_drop_cap_begins_its_paragraph() -> None:
    page = PdfPage()
    page.text(40, 70, 24, "警务车开到景区门口")
    page.text(40, 114, 23, "进")
    page.column(65, 100, ["入七月，草原上的客", "多了起来，派出所把"])
    page.column(40, 128, ["流动警务车开到景区门口。"])
    text = "进入七月，草原上的客多了起来，派出所把流动警务车开到景区门口。"
    assert texts(imported(page)) == [[("paragraph", text)]]


def test_caption_inside_a_picture_is_a_caption() -> None:
    page = PdfPage()
    page.text(40, 70, 24, "警务车开到景区门口")
    page.column(40, 100, FIRST + SECOND)
    page.box(190, 92, 320, 190)
    page.text(194, 186, 8, "民警向客人讲解提示卡。", white=True)
    assert ("caption", "民警向客人讲解提示卡。") in texts(imported(page))[0]


def test_cells_of_a_table_are_read_row_by_row() -> None:
    page = PdfPage()
    page.text(40, 70, 24, "今日菜价")
    rows = [("品种", "批发价", "零售价"), ("土豆", "1.10元", "1.60元"), ("白菜", "0.85元", "1.30元")]
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            page.text(40 + 90 * column, 100 + 14 * at, 10, cell)
    assert texts(imported(page)) == [[("paragraph", " ".join(row)) for row in rows]]


def test_names_with_a_half_width_space_between_them_are_two() -> None:
    page = PdfPage()
    page.text(40, 70, 24, "警务车开到景区门口")
    page.column(40, 100, [*FIRST, "（白音那 乌仁）"])
    assert imported(page).articles[0].authors == ("白音那", "乌仁")


def test_article_goes_on_at_the_top_of_the_next_page() -> None:
    first, second = PdfPage(), PdfPage()
    first.text(40, 70, 24, "警务车开到景区门口")
    first.column(40, 100, FIRST[:2])
    second.column(40, 60, FIRST[2:])
    second.text(40, 130, 24, "提示卡摆上餐桌")
    second.column(40, 160, SECOND)
    assert texts(imported(first, second)) == [[("paragraph", joined(FIRST))], [("paragraph", joined(SECOND))]]


def test_title_of_a_bulletin_is_furniture() -> None:
    page = PdfPage()
    page.text(200, 90, 32, "平安草原简报")
    page.text(40, 120, 10, "第12期")
    page.text(300, 120, 10, "旗委政法委办公室　2025年7月3日")
    page.box(40, 130, 560, 131)
    page.text(40, 170, 18, "警务车开到景区门口")
    page.column(40, 200, FIRST)
    result = imported(page)
    assert [article.title for article in result.articles] == [("警务车开到景区门口",)]
    assert len(result.furniture) == 3


def test_label_of_an_advertisement_is_furniture() -> None:
    page = PdfPage()
    page.text(40, 70, 24, "警务车开到景区门口")
    page.column(40, 100, FIRST)
    page.box(40, 300, 560, 500)
    page.text(520, 312, 8, "公益广告")
    assert [line.text for line in imported(page).furniture] == ["公益广告"]


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_no_character_is_lost_or_doubled_in_a_drawn_layout(kind: str) -> None:
    document = DOCUMENTS[kind](Random(f"property {kind}"), GAZETTEER)
    result = import_file(pdf_of(*document.pages), "page.pdf", GAZETTEER)
    printed = "".join(
        bytes.fromhex(line.split("<")[1].split(">")[0]).decode("utf-16-be")
        for page in document.pages
        for line in page.content
        if "<" in line
    )
    found = "".join(line.text for line in result.furniture)
    for article in result.articles:
        pieces = (piece.text for piece in article.paragraphs)
        found += "".join((*article.title, article.dateline or "", article.byline, *pieces))
    assert sorted(to_half_width("".join(found.split()))) == sorted(to_half_width("".join(printed.split())))


def test_printed_page_is_imported_again_as_the_user_decided() -> None:
    page = PdfPage()
    page.text(40, 60, 20, "警务车进景区")
    page.text(40, 86, 20, "提示卡上餐桌")
    page.column(40, 110, FIRST)
    raw = pdf_of(page)
    result = import_file(raw, "page.pdf", GAZETTEER)
    assert result.articles[0].title == ("警务车进景区", "提示卡上餐桌")
    (doubt,) = result.doubts
    decisions = Decisions({result.digest: {doubt.offset: "join"}})
    again = import_file(raw, "page.pdf", GAZETTEER, decisions)
    assert again.articles[0].title == ("警务车进景区提示卡上餐桌",)
    assert not again.doubts


def test_lookalike_characters_are_read_as_the_characters_they_show() -> None:
    page = PdfPage()
    page.text(40, 30, 9, "草原法治报　2025年7⽉3⽇　星期四　第2版")
    page.text(40, 70, 24, "警务⻋开到景区⻔⼝")
    page.column(40, 100, FIRST)
    result = imported(page)
    assert [article.title for article in result.articles] == [("警务车开到景区门口",)]
    assert [line.text for line in result.furniture] == ["草原法治报　2025年7月3日　星期四　第2版"]


def test_byline_centred_over_two_columns_is_whole() -> None:
    page = PdfPage()
    page.text(90, 70, 24, "警务车开到景区门口")
    page.text(95, 92, 9, "□本报记者　王晓东　刘星")
    two_columns(page, y=112)
    (article,) = imported(page).articles
    assert article.authors == ("王晓东", "刘星")
    assert texts(imported(page)) == [[("paragraph", joined(FIRST)), ("paragraph", joined(SECOND))]]


def test_byline_of_two_lines_is_one() -> None:
    page = PdfPage()
    page.text(40, 70, 18, "警务车开到景区")
    page.text(40, 90, 8.5, "本报记者　王晓东　通讯员　刘星")
    page.text(40, 101, 8.5, "文/图")
    page.column(40, 120, FIRST)
    assert [article.authors for article in imported(page).articles] == [("王晓东", "刘星")]


def test_small_vertical_kicker_belongs_to_its_vertical_headline() -> None:
    page = PdfPage()
    for at, character in enumerate("草原警务见闻"):
        page.text(74, 70 + 13 * at, 11, character)
    for at, character in enumerate("警务车开到景区门口"):
        page.text(40, 70 + 24 * at, 22, character)
    page.column(110, 70, FIRST * 4)
    assert [article.title for article in imported(page).articles] == [("草原警务见闻", "警务车开到景区门口")]


def test_lead_in_larger_type_leaves_the_other_headlines() -> None:
    page = PdfPage()
    page.text(40, 70, 24, "警务车开到景区门口")
    page.column(40, 100, FIRST * 4, size=12.5, leading=18)
    page.text(300, 70, 14, "提示卡摆上餐桌")
    page.column(300, 95, SECOND * 3, size=9)
    page.text(300, 250, 14, "雨后救羊")
    page.column(300, 275, FIRST * 3, size=9)
    titles = [article.title for article in imported(page).articles]
    assert titles == [("警务车开到景区门口",), ("提示卡摆上餐桌",), ("雨后救羊",)]


def test_tables_side_by_side_belong_to_their_headlines() -> None:
    page = PdfPage()
    page.column(40, 400, FIRST * 3)
    for x, title, rows in (
        (40, "今日菜价", (("品种", "本周", "上周"), ("土豆", "1.10", "1.20"), ("白菜", "0.85", "0.90"))),
        (240, "水位雨量", (("站名", "水位", "雨量"), ("三道桥", "12.4米", "8毫米"))),
    ):
        page.text(x, 70, 16, title)
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                page.text(x + 45 * column, 95 + 14 * at, 10, cell)
    found = {article.title[0]: [piece.text for piece in article.paragraphs] for article in imported(page).articles}
    assert found["今日菜价"][:3] == ["品种 本周 上周", "土豆 1.10 1.20", "白菜 0.85 0.90"]
    assert found["水位雨量"] == ["站名 水位 雨量", "三道桥 12.4米 8毫米"]


def test_lines_of_a_centred_verse_are_separate() -> None:
    page = PdfPage()
    page.column(40, 100, FIRST * 3)
    page.text(40, 70, 20, "警务车开进景区")
    page.text(320, 70, 20, "写给渠水")
    lines = ["你从雪山来", "带着石头的凉", "一步", "又一步", "把绿写在薄薄的土地上"]
    for at, line in enumerate(lines):
        page.text(360 - 5 * len(line), 100 + 14 * at, 10, line)
    assert texts(imported(page))[1] == [("paragraph", line) for line in lines]


def test_headline_broken_between_words_that_its_text_repeats_is_one_part() -> None:
    page = PdfPage()
    page.text(40, 70, 20, "镇图书馆延长")
    page.text(40, 95, 20, "夜间开放时间")
    page.column(40, 125, ["　　从下周起，镇图书馆延长夜", "间开放时间，到九点半闭馆。"] * 2)
    assert [article.title for article in imported(page).articles] == [("镇图书馆延长夜间开放时间",)]


def random_glyphs(random: Random) -> list[Glyph]:
    """Return characters of lines, columns and vertical lines anywhere on a page, drawn in any order."""
    glyphs: list[Glyph] = []
    texts = [
        *FIRST,
        *SECOND,
        "本报记者　王晓东　刘星",
        "（上接第1版）",
        "今日菜价",
        "土豆　1.10　1.20",
        "2025年7月3日",
    ]
    for _run in range(random.randint(1, 25)):
        x, y = random.uniform(0, 560), random.uniform(10, 790)
        size, font = random.choice((6.0, 8.5, 9.0, 10.0, 10.0, 14.0, 22.0)), random.choice(("", "Hei", "Song"))
        down, gap = random.random() < 0.15, random.choice((0.0, 0.0, 0.1, 0.8, 3.0))
        for row in range(random.choice((1, 1, 4, 12))):
            for at, mark in enumerate(random.choice(texts)):
                left = x if down else x + at * (size + gap)
                baseline = y + 1.5 * size * row + (at * 1.1 * size if down else 0)
                glyphs.append(Glyph(mark, left, left + size, baseline, size, font, random.choice((400, 700))))
    random.shuffle(glyphs)
    return glyphs


@given(integers(0, 100_000))
@settings(max_examples=60)
def test_no_character_is_lost_or_doubled_on_a_random_page(seed: int) -> None:
    random = Random(seed)
    glyphs = random_glyphs(random)
    corners = ((random.uniform(0, 500), random.uniform(0, 700)) for _box in range(random.randint(0, 6)))
    shapes = ((400.0, 0.5), (0.5, 300.0), (120.0, 90.0), (300.0, 400.0))
    boxes = tuple(Rect(x, y, x + width, y + height) for x, y in corners for width, height in [random.choice(shapes)])
    page = PrintedPage(1, 600.0, 800.0, tuple(lines_among(glyphs, boxes)), boxes)
    result = import_printed([page], GAZETTEER)
    found = "".join(line.text for line in result.furniture)
    for article in result.articles:
        pieces = (piece.text for piece in article.paragraphs)
        found += "".join((*article.title, article.dateline or "", article.byline, *pieces))
    printed = "".join(glyph.text for glyph in glyphs)
    assert sorted(to_half_width("".join(found.split()))) == sorted(to_half_width("".join(printed.split())))
