"""Import of many PDF pages: jumps between them, dates, scans among them, and going on after an interruption."""

import json
import re
from pathlib import Path

import pytest

from tests.printed_pages import HEIGHT, PdfPage, pdf_of
from tui.cli import import_pages, main
from tui.gazetteer import load
from tui.importer import ImportResult, decode
from tui.importer.decode import BadPage
from tui.importer.formats import import_file
from tui.importer.jumps import with_jumps_joined
from tui.library import open_library
from tui.paths import content_dir

GAZETTEER = load(content_dir() / "gazetteer.yaml")
FIRST = ["　　进入七月，草原上的客人", "多了起来，派出所把流动警务", "车开到景区门口，随时接受求"]
REST = ["助。民警还印制了一批双语提", "示卡，放在每一家牧家乐的桌", "上，提醒客人看护好孩子。　"]
OTHER = ["　　连日的雨水泡软了河滩，", "民警蹚水救出二十三只羊，", "牧民送来一面锦旗。"]
WHOLE = "".join(FIRST + REST).replace("　", "")


def page_with(folio: str, headline: str, lines: list[str], *, before: str = "", after: str = "") -> PdfPage:
    page = PdfPage()
    page.text(300, 40, 8, folio)
    page.box(40, 48, 560, 49)
    page.text(40, 90, 22, headline)
    page.text(60, 114, 10, before)
    page.column(40, 130, lines)
    page.text(100, 130 + 14 * len(lines), 10, after)
    page.text(350, 90, 22, "雨后救羊")
    page.column(350, 130, OTHER)
    return page


PAGES = (
    page_with("2025年7月3日　星期四　第1版", "警务车开进景区", FIRST, after="（下转第4版）"),
    page_with("2025年7月3日　星期四　第4版", "服务送到草原", REST, before="（上接第1版）"),
)


def read(*pages: PdfPage) -> ImportResult:
    return import_file(pdf_of(*pages), "page.pdf", GAZETTEER)


def titles(result: ImportResult) -> list[str]:
    return ["".join(article.title) for article in result.articles]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_article_that_jumps_to_another_file_becomes_whole(order: tuple[int, ...]) -> None:
    results = with_jumps_joined([read(PAGES[at]) for at in order])
    front, back = (results[order.index(at)] for at in (0, 1))
    assert (titles(front), titles(back)) == (["警务车开进景区", "雨后救羊"], ["雨后救羊"])
    assert [piece.text for piece in front.articles[0].paragraphs] == [WHOLE]
    assert "服务送到草原" in [line.text for line in back.furniture]


def test_article_that_jumps_to_another_page_of_a_file_becomes_whole() -> None:
    (result,) = with_jumps_joined([read(*PAGES)])
    assert titles(result) == ["警务车开进景区", "雨后救羊", "雨后救羊"]
    assert [piece.text for piece in result.articles[0].paragraphs] == [WHOLE]


def test_continuation_stays_an_article_when_its_beginning_is_missing() -> None:
    other = page_with("2025年7月3日　第2版", "警务车开进景区", FIRST, after="（下转第6版）")
    results = with_jumps_joined([read(other), read(PAGES[1])])
    assert [titles(result) for result in results] == [["警务车开进景区", "雨后救羊"], ["服务送到草原", "雨后救羊"]]


def write(folder: Path, **pages: bytes) -> list[str]:
    for name, raw in pages.items():
        (folder / f"{name}.pdf").write_bytes(raw)
    return [str(folder / f"{name}.pdf") for name in pages]


def scan() -> PdfPage:
    page = PdfPage()
    page.box(0, 0, 600, HEIGHT)
    page.text(280, 780, 8, "第 2 页")
    return page


def test_folder_of_pages_becomes_a_bulletin_dated_by_its_folios(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = write(tmp_path, a=pdf_of(PAGES[0]), b=pdf_of(scan()), c=pdf_of(PAGES[1]), d=b"%PDF-1.7")
    status = main(["import", *names, "--into", str(tmp_path / "library"), "--bulletin", "july"])
    output = capsys.readouterr()
    articles, _ = open_library(tmp_path / "library").load()
    assert status == 2
    assert [line.split(":")[0].rpartition("/")[2] for line in output.err.splitlines() if "pdf:" in line] == [
        "b.pdf",
        "d.pdf",
    ]
    assert [line.split()[:2] for line in output.out.splitlines()[1:]] == [["a.pdf", "2"], ["c.pdf", "1"]]
    assert (tmp_path / "library/july/bulletin.yaml").read_text().splitlines()[-1] == "issued: 2025-07-03"
    assert {article.date for article in articles} == {"2025-07-03"}


def test_date_is_taken_from_the_file_name_on_request(tmp_path: Path) -> None:
    names = write(tmp_path, **{"20250704-1": pdf_of(PAGES[0]), "20250711-1": pdf_of(PAGES[1])})
    library = tmp_path / "library"
    assert main(["import", *names, "--date-from-name", "--into", str(library), "--bulletin", "july"]) == 0
    assert "issued: 2025-07\n" in (library / "july/bulletin.yaml").read_text()
    assert {article.date for article in open_library(library).load()[0]} == {"2025-07-04", "2025-07-11"}


def test_interrupted_import_goes_on_where_it_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    names = write(tmp_path, a=pdf_of(PAGES[0]), b=pdf_of(PAGES[1]))
    read_files: list[str] = []

    def interrupted(raw: bytes, file: str, gazetteer: object, decisions: object) -> ImportResult:
        read_files.append(Path(file).name)
        if file.endswith("b.pdf") and len(read_files) < 3:
            raise KeyboardInterrupt
        return import_file(raw, file, GAZETTEER)

    monkeypatch.setattr(import_pages, "import_file", interrupted)
    monkeypatch.setattr("tui.cli.exit_status._end_by_interrupt", lambda: 130)
    command = ["import", *names, "--into", str(tmp_path / "library"), "--bulletin", "july"]
    assert main(command) == 130
    assert "b.pdf" in capsys.readouterr().err
    assert not (tmp_path / "library").exists()
    assert main(command) == 0
    assert read_files == ["a.pdf", "b.pdf", "b.pdf"]
    assert len(open_library(tmp_path / "library").load()[0]) == 3
    assert list((tmp_path / "cache/ganews-tui/imports").iterdir()) == []


def test_damaged_entry_of_an_interrupted_import_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    command = ["import", *write(tmp_path, a=pdf_of(PAGES[0]), b=pdf_of(PAGES[1])), "--dry-run"]
    assert main(command) == 0
    for number, entry in enumerate(sorted((tmp_path / "cache/ganews-tui/imports").iterdir())):
        entry.write_text('{"articles": [{"title": 3}]}' if number else "\0")
    assert main(command) == 0


def test_scanned_page_among_others_is_noted() -> None:
    assert [(note.code, "2" in note.message) for note in read(PAGES[0], scan()).notes if "scan" in note.code] == [
        ("scanned-page", True)
    ]


def refusal(raw: bytes) -> str:
    try:
        import_file(raw, "page.pdf", GAZETTEER)
    except BadPage as error:
        assert len(str(error.problem).splitlines()) == 1
        return error.problem.code
    return ""


def locked(raw: bytes) -> bytes:
    key = "<" + "5a" * 32 + ">"
    encrypted = f"trailer<</Encrypt<</Filter/Standard/V 1/R 2/P -4/O{key}/U{key}>>/ID[{key}{key}]"
    return raw.replace(b"trailer<<", encrypted.encode())


def test_locked_pdf_is_refused() -> None:
    assert refusal(locked(pdf_of(PAGES[0]))) == "locked"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (pdf_of(*[PdfPage()] * 401), "too-many-pages"),
        (
            pdf_of(PdfPage([f"BT /F1 1 Tf 1 0 0 1 9 {at % 700} Tm <{'4e00' * 500}> Tj ET" for at in range(250)])),
            "too-much-text",
        ),
        (pdf_of(PAGES[0]).replace(b"/Kids[4 0 R]", b"/Kids[2 0 R]"), "damaged"),
        (b"%PDF-1.7\n" + b"[" * 200_000, "damaged"),
    ],
)
def test_hostile_pdf_is_refused_in_one_line(raw: bytes, code: str) -> None:
    assert refusal(raw) == code


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.7, 0.9, 0.99])
def test_truncated_pdf_is_refused_or_read(share: float) -> None:
    raw = pdf_of(*PAGES)
    assert refusal(raw[: int(share * len(raw))]) in ("damaged", "scan", "")


def test_json_of_several_pages_has_the_whole_article(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", *write(tmp_path, a=pdf_of(PAGES[0]), b=pdf_of(PAGES[1])), "--json"]) == 0
    assert WHOLE in [one["text"] for one in json.loads(capsys.readouterr().out)["articles"][0]["paragraphs"]]


def test_each_unusable_file_is_named_and_the_others_are_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(decode, "LARGEST", 100_000)
    raw = pdf_of(PAGES[0])
    files = {
        "scan": pdf_of(scan()),
        "empty": b"",
        "locked": locked(raw),
        "short": raw[: len(raw) // 2],
        "huge": raw + b"%" * 100_000,
        "good": raw,
    }
    library = tmp_path / "library"
    status = main(["import", *write(tmp_path, **files), "--into", str(library), "--bulletin", "july"])
    said = capsys.readouterr().err.splitlines()
    assert status == 2
    named = [line for line in said if not re.match(r"\d/6 ", line)]
    assert [sum(f"{name}.pdf" in line for line in named) for name in files] == [1, 1, 1, 1, 1, 0]
    assert len(list((library / "july").glob("*.md"))) == 2
