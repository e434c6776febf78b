"""Import of PDF pages: text size and position decide what forms an article, and unsuitable files are refused."""

import json
from collections import Counter
from pathlib import Path

import pytest

from tests.printed_pages import HEIGHT, PdfPage, pdf_of
from tui.cli import main
from tui.gazetteer import load
from tui.importer import ImportResult
from tui.importer.decode import BadPage
from tui.importer.formats import import_file
from tui.importer.pdf import process
from tui.paths import content_dir
from tui.trusted_paths import module_path

GAZETTEER = load(content_dir() / "gazetteer.yaml")
FIRST = ["　　进入七月，草原上的客人", "多了起来，派出所把流动警务", "车开到景区门口，随时接受求", "助。"]
SECOND = ["　　民警还印制了一批双语提", "示卡，放在每一家牧家乐的桌", "上，提醒客人看护好孩子。"]


def imported(*pages: PdfPage) -> ImportResult:
    return import_file(pdf_of(*pages), "page.pdf", GAZETTEER)


def two_columns(page: PdfPage, x: float = 40, y: float = 100) -> None:
    page.column(x, y, FIRST)
    page.column(x + 150, y, SECOND)


def texts(result: ImportResult) -> list[list[tuple[str, str]]]:
    return [[(piece.kind, piece.text) for piece in article.paragraphs] for article in result.articles]


def joined(lines: list[str]) -> str:
    return "".join(lines).replace("　", "")


def test_columns_under_one_headline_become_whole_paragraphs() -> None:
    page = PdfPage()
    two_columns(page)
    page.text(80, 70, 24, "警务车开到景区门口")
    result = imported(page)
    assert [article.title for article in result.articles] == [("警务车开到景区门口",)]
    assert texts(result) == [[("paragraph", joined(FIRST)), ("paragraph", joined(SECOND))]]


def test_paragraph_goes_on_in_the_next_column() -> None:
    page = PdfPage()
    page.text(40, 70, 24, "警务车开到景区门口")
    page.column(40, 100, FIRST[:3])
    page.column(190, 100, FIRST[3:])
    assert texts(imported(page)) == [[("paragraph", joined(FIRST))]]


def test_adjacent_articles_stay_separate_in_any_drawing_order() -> None:
    page = PdfPage()
    page.column(350, 100, SECOND)
    page.text(40, 70, 20, "警务车开进景区")
    page.column(40, 100, FIRST)
    page.text(350, 70, 20, "提示卡摆上餐桌")
    result = imported(page)
    assert [article.title for article in result.articles] == [("警务车开进景区",), ("提示卡摆上餐桌",)]
    assert texts(result) == [[("paragraph", joined(FIRST))], [("paragraph", joined(SECOND))]]


def test_last_columns_of_an_article_end_above_another() -> None:
    page = PdfPage()
    page.text(40, 70, 24, "警务车开到景区门口")
    page.column(40, 100, FIRST * 4)
    page.column(190, 100, SECOND)
    page.text(190, 190, 18, "雨后救羊")
    page.column(190, 215, FIRST)
    result = imported(page)
    assert [len(article.paragraphs) for article in result.articles] == [5, 1]


def test_kicker_headline_and_byline_are_recognised() -> None:
    page = PdfPage()
    page.text(40, 60, 12, "民警贴心守护")
    page.text(40, 88, 24, "警务车开到景区门口")
    page.text(40, 108, 9, "本报记者　白音那　通讯员　乌仁")
    two_columns(page, y=130)
    (article,) = imported(page).articles
    assert article.title == ("民警贴心守护", "警务车开到景区门口")
    assert article.authors == ("白音那", "乌仁")
    assert len(article.paragraphs) == 2


def test_headline_broken_inside_a_word_is_one_part() -> None:
    page = PdfPage()
    page.text(40, 60, 20, "流动警务车开到景")
    page.text(40, 86, 20, "区门口为群众办证")
    page.column(40, 110, FIRST)
    assert imported(page).articles[0].title == ("流动警务车开到景区门口为群众办证",)


def test_vertical_headline_belongs_to_the_column_beside_it() -> None:
    page = PdfPage()
    for at, character in enumerate("警务车开进景区"):
        page.text(40, 80 + 22 * at, 20, character)
    page.column(80, 80, FIRST + SECOND)
    (article,) = imported(page).articles
    assert article.title == ("警务车开进景区",)
    assert [piece.text for piece in article.paragraphs] == [joined(FIRST), joined(SECOND)]


def test_small_text_under_a_picture_is_its_caption() -> None:
    page = PdfPage()
    page.text(40, 70, 24, "警务车开到景区门口")
    page.column(40, 100, FIRST + SECOND)
    page.box(190, 92, 320, 160)
    page.text(190, 172, 8, "民警向客人讲解提示卡。白音那　摄")
    (article,) = imported(page).articles
    assert [piece.text for piece in article.paragraphs if piece.kind == "caption"] == ["民警向客人讲解提示卡。"]
    assert article.authors == ("白音那",)


def test_folio_and_jump_lines_are_furniture() -> None:
    page = PdfPage()
    page.text(40, 40, 18, "草原法治报")
    page.text(300, 40, 8, "2025年7月3日　星期四　第2版")
    page.box(40, 48, 560, 49)
    page.text(40, 90, 24, "警务车开到景区门口")
    page.column(40, 120, FIRST)
    page.text(100, 176, 10, "（下转第4版）")
    result = imported(page)
    assert [line.text for line in result.furniture] == ["草原法治报", "2025年7月3日　星期四　第2版", "（下转第4版）"]
    assert texts(result) == [[("paragraph", joined(FIRST))]]


def test_no_character_is_lost_or_doubled() -> None:
    page = PdfPage()
    page.text(40, 40, 18, "草原法治报")
    page.text(300, 40, 8, "2025年7月3日　星期四　第2版")
    page.text(40, 90, 24, "警务车开到景区门口")
    two_columns(page, y=120)
    page.text(500, 700, 10, "一行孤零零的字")
    result = imported(page)
    found: Counter[str] = Counter()
    for article in result.articles:
        found.update("".join(article.title) + article.byline + "".join(piece.text for piece in article.paragraphs))
    found.update("".join(line.text for line in result.furniture))
    said = "草原法治报2025年7月3日星期四第2版警务车开到景区门口一行孤零零的字" + "".join(FIRST + SECOND)
    del found["　"]
    assert found == Counter(said.replace("　", ""))


def test_pages_of_one_file_are_read_in_order() -> None:
    first, second = PdfPage(), PdfPage()
    for page, headline, lines in ((first, "警务车开进景区", FIRST), (second, "提示卡摆上餐桌", SECOND)):
        page.text(40, 70, 20, headline)
        page.column(40, 100, lines)
    assert [article.title[0] for article in imported(first, second).articles] == ["警务车开进景区", "提示卡摆上餐桌"]


def refusal(raw: bytes) -> str:
    with pytest.raises(BadPage) as refused:
        import_file(raw, "page.pdf", GAZETTEER)
    return refused.value.problem.code


def test_scanned_page_is_reported_as_a_scan() -> None:
    page = PdfPage()
    page.box(0, 0, 600, HEIGHT)
    assert refusal(pdf_of(page)) == "scan"


@pytest.mark.parametrize("raw", [b"%PDF-1.7\nnothing", pdf_of(PdfPage())[:200], b"\0\0%PDF-\xff" * 9])
def test_damaged_pdf_is_refused(raw: bytes) -> None:
    assert refusal(raw) == "damaged"


def test_missing_pdf_program_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        process, "module_path", lambda: [entry for entry in module_path() if "site-packages" not in entry]
    )
    assert refusal(pdf_of(PdfPage())) == "no-pdf-reader"


def test_pdf_parser_imports_no_module_from_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("pypdfium2", "json", "tui", "ctypes"):
        (tmp_path / f"{name}.py").write_text("open('taken', 'w').close()")
    monkeypatch.chdir(tmp_path)
    page = PdfPage()
    page.text(40, 70, 24, "警务车开到景区门口")
    assert len(imported(page).articles) == 1
    assert not (tmp_path / "taken").exists()


def test_pdf_parser_is_ended_at_its_time_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "TIMEOUT_SECONDS", 0.0)
    assert refusal(pdf_of(PdfPage())) == "slow"


def test_good_files_are_imported_when_another_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = PdfPage()
    page.text(40, 70, 24, "警务车开到景区门口")
    page.column(40, 100, FIRST)
    (tmp_path / "good.pdf").write_bytes(pdf_of(page))
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.7")
    status = main(["import", str(tmp_path / "bad.pdf"), str(tmp_path / "good.pdf"), "--json"])
    output = capsys.readouterr()
    assert status == 2
    assert "bad.pdf" in output.err
    assert len(json.loads(output.out)["articles"]) == 1


def test_page_without_text_gives_status_1_and_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text(" \n\n")
    assert main(["import", str(tmp_path / "empty.txt"), "--into", str(tmp_path / "library")]) == 1
    assert not (tmp_path / "library").exists()


def test_indents_of_one_em_open_paragraphs() -> None:
    page = PdfPage()
    page.text(40, 70, 24, "警务车开到景区门口")
    page.column(40, 100, [line.replace("　　", "　") for line in [*SECOND, *SECOND, *SECOND]])
    assert texts(imported(page)) == [[("paragraph", joined(SECOND))] * 3]


def test_space_between_paragraphs_separates_them_without_indents() -> None:
    page = PdfPage()
    page.text(40, 70, 24, "警务车开到景区门口")
    full = ["进入七月，草原上的客人多了", "起来，派出所把流动警务车开", "到景区门口，随时接受求助。"]
    page.column(40, 100, full)
    page.column(40, 100 + 14 * 3 + 8, full)
    assert texts(imported(page)) == [[("paragraph", "".join(full))] * 2]


def test_short_line_with_space_above_and_an_indent_below_is_a_subhead() -> None:
    page = PdfPage()
    page.text(40, 70, 24, "警务车开到景区门口")
    page.column(40, 100, FIRST + SECOND)
    page.column(40, 100 + 14 * 7 + 8, ["　　把服务送上草原", *FIRST])
    assert ("subhead", "把服务送上草原") in texts(imported(page))[0]
