"""Forms of lines that decide without learning: numbered headings, column names, verse, colons."""

import pytest

from tui.importer import import_page

OPENING = "近日，公安局围绕群众身边的小案小事，建立线索、责任、回访三张清单，群众的满意度不断提高。"
SECTION = "把报警电话、信访来件、网上留言、走访记录四个渠道的线索汇总到一处，逐条编号，一查便知。"


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("heading", ["一、线索清单，从群众嘴里来", "（一）坚持政治引领", "二、存在问题"])
def test_short_numbered_line_above_text_is_a_subhead(heading: str, gap: str) -> None:
    (article,) = import_page(gap.join(["三张清单管住小案小事", OPENING, heading, SECTION, SECTION])).articles
    assert ("subhead", heading) in [(piece.kind, piece.text) for piece in article.paragraphs]


def test_lines_of_one_length_that_end_in_marks_are_verse() -> None:
    lines = ["塞上秋高雁阵长，", "单骑踏露过毡房。", "弯弓曾射天边月，", "执剑今巡梦里霜。"]
    (article,) = import_page("\n".join(["七律·巡边", *lines])).articles
    assert [piece.text for piece in article.paragraphs] == lines


def test_line_that_ends_in_a_colon_is_no_headline() -> None:
    page = [
        "公安局表彰草原卫士",
        OPENING,
        "名单如下（按姓氏笔画排序）：",
        "丁一鸣 王海鹰 乌云娜",
        "孙长河 杜鹃 李岩",
        SECTION,
    ]
    assert len(import_page("\n".join(page)).articles) == 1


@pytest.mark.parametrize("column", ["读者来信", "【以案释法】", "本期关注", "编读往来"])
@pytest.mark.parametrize("headline", ["楼道里的电动车，能不能有个家？", "关于乱收停车费来信的回音"])
def test_name_of_a_column_stands_above_the_headline(column: str, headline: str) -> None:
    (article,) = import_page("\n".join([column, headline, OPENING, SECTION])).articles
    assert article.title == (column, headline)
