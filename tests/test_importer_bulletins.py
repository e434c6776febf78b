"""Import of bulletins printed by word processors and browsers: titles, recipients, boxes, captions without pictures."""

from tests.printed_pages import PdfPage, pdf_of
from tui.gazetteer import load
from tui.importer import ImportResult
from tui.importer.formats import import_file
from tui.paths import content_dir

GAZETTEER = load(content_dir() / "gazetteer.yaml")
TEXT = ["　　进入七月，草原上的客人", "多了起来，派出所把流动警务", "车开到景区门口，随时接受求", "助。"]
MORE = ["　　民警还印制了一批双语提", "示卡，放在每一家牧家乐的桌", "上，提醒客人看护好孩子。"]


def imported(page: PdfPage) -> ImportResult:
    return import_file(pdf_of(page), "page.pdf", GAZETTEER)


def spaced(page: PdfPage, x: float, y: float, size: float, words: list[str]) -> None:
    """Print words a quarter of an em apart, as browsers print an ASCII space: no character stands between them."""
    for word in words:
        page.text(x, y, size, word)
        x += (len(word) + 0.25) * size


def test_space_of_a_quarter_em_separates_words() -> None:
    page = PdfPage()
    spaced(page, 40, 70, 24, ["警务车到景区", "提示卡上餐桌"])
    spaced(page, 40, 95, 9, ["红山派出所", "刘海波", "王小强"])
    page.column(40, 120, TEXT)
    (article,) = imported(page).articles
    assert article.title == ("警务车到景区", "提示卡上餐桌")
    assert article.authors == ("刘海波", "王小强")


def test_title_and_recipients_of_a_bulletin_are_furniture() -> None:
    page = PdfPage()
    page.text(180, 60, 36, "平安简报")
    for x, text in ((40, "第12期（总第308期）"), (240, "开鲁县公安局办公室"), (430, "2024年7月1日")):
        page.text(x, 100, 11, text)
    page.box(40, 106, 560, 108, grey=0)
    page.text(150, 150, 20, "警务车开到景区门口")
    page.column(40, 180, TEXT)
    page.text(40, 260, 11, "报：市公安局，县委办公室")
    page.text(40, 280, 11, "送：各派出所")
    result = imported(page)
    assert [article.title for article in result.articles] == [("警务车开到景区门口",)]
    assert len(result.furniture) == 6


def test_box_without_a_headline_belongs_to_the_article_beside_it() -> None:
    page = PdfPage()
    page.text(40, 70, 24, "警务车开到景区门口")
    page.column(40, 100, TEXT)
    page.frame(36, 155, 176, 210)
    page.column(40, 170, MORE)
    page.text(350, 70, 24, "提示卡摆上餐桌")
    page.column(350, 100, TEXT)
    first, second = imported(page).articles
    assert len(first.paragraphs) == 2
    assert len(second.paragraphs) == 1


def test_small_line_with_a_credit_is_a_caption_without_a_picture() -> None:
    page = PdfPage()
    page.text(40, 70, 24, "警务车开到景区门口")
    page.column(40, 100, TEXT)
    spaced(page, 60, 157, 8, ["民警向客人讲解提示卡", "白音那", "摄"])
    page.column(40, 172, MORE)
    (article,) = imported(page).articles
    assert [piece.kind for piece in article.paragraphs] == ["paragraph", "caption", "paragraph"]
    assert article.authors == ("白音那",)


def test_headline_without_text_right_above_a_larger_one_is_its_kicker() -> None:
    page = PdfPage()
    page.text(40, 50, 13, "金秋走边关")
    page.text(200, 86, 30, "警务车开到景区")
    page.text(120, 106, 12, "——草原派出所服务游客纪实")
    page.column(40, 130, TEXT)
    page.column(190, 130, MORE)
    (article,) = imported(page).articles
    assert article.title == ("金秋走边关", "警务车开到景区", "——草原派出所服务游客纪实")


def test_byline_beside_a_picture_is_no_caption() -> None:
    page = PdfPage()
    page.text(40, 70, 24, "警务车开到景区门口")
    page.text(40, 100, 9, "本报记者　白音那　通讯员　乌仁", "hei")
    page.column(40, 116, TEXT)
    page.box(190, 92, 320, 160)
    page.column(190, 175, MORE)
    (article,) = imported(page).articles
    assert article.authors == ("白音那", "乌仁")
    assert all(piece.kind == "paragraph" for piece in article.paragraphs)


def test_title_of_a_document_over_two_lines_is_one_part() -> None:
    page = PdfPage()
    page.text(40, 50, 20, "关于全县公安机关打击跨境赌博违法犯罪")
    page.text(170, 78, 20, "情况的通报")
    page.column(40, 110, TEXT)
    page.column(190, 110, MORE)
    (article,) = imported(page).articles
    assert article.title == ("关于全县公安机关打击跨境赌博违法犯罪情况的通报",)
