"""Import of DOCX documents and saved web pages, and the refusal of other formats."""

import io
import sys
import time
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from tui.cli import main
from tui.gazetteer import load
from tui.importer import Imported
from tui.importer.decode import BadPage
from tui.importer.formats import import_file
from tui.importer.web_page import blocks_of_web_page
from tui.paths import content_dir
from tui.plain.importing import Import
from tui.session.stores import Stores

GAZETTEER = load(content_dir() / "gazetteer.yaml")
BLOCKS = ("平安校园", "开鲁讯 近日，民警进校园，宣传安全知识。", "（刘星）")
WEB_PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>平安校园 - 某网</title>
<script>var a = "<p>不要</p>";</script></head>
<body><div class="nav"><a href="/">首页</a> <a href="/n">新闻</a></div><div class="breadcrumb">首页 &gt; 新闻</div>
<h1>平安校园</h1><div id="content"><p>开鲁讯 近日，民警<b>进校园</b>，宣传&#23433;全知识。</p><p>（刘星）</p></div>
<ul><li><a href="1">又一条相关的新闻</a></li></ul><aside>热门</aside>
<!-- <p>藏着</p> --><footer>版权所有</footer></body></html>"""


def document(*paragraphs: str, name: str = "word/document.xml") -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument'
        '.wordprocessingml.document.main+xml"/></Types>'
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="word/document.xml"/></Relationships>'
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("_rels/.rels", relations)
        archive.writestr(name, f"<w:document {namespace}><w:body>{body}</w:body></w:document>")
    return buffer.getvalue()


def only_article(raw: bytes) -> Imported:
    (article,) = import_file(raw, "page", GAZETTEER).articles
    return article


def refusal(raw: bytes) -> str:
    with pytest.raises(BadPage) as refused:
        import_file(raw, "page", GAZETTEER)
    return refused.value.problem.code


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_web_page_gives_its_article_without_boilerplate(encoding: str) -> None:
    article = only_article(WEB_PAGE.encode(encoding))
    assert article.title == ("平安校园",)
    assert [piece.text for piece in article.paragraphs] == ["近日，民警进校园，宣传安全知识。"]
    assert article.authors == ("刘星",)


def test_rows_of_a_web_table_are_lines() -> None:
    blocks = blocks_of_web_page("<table><tr><td>甲</td><td>3</td></tr><tr><td>乙</td><td>4</td></tr></table>")
    assert [block.text for block in blocks] == ["甲 3", "乙 4"]


def test_tags_of_a_web_page_tell_headlines_captions_and_paragraphs() -> None:
    page = (
        "<html><body><h1>平安校园</h1><div>发布时间：2023-03-14 10:22&nbsp;&nbsp;来源：开鲁县公安局&nbsp;浏览："
        "<span>356</span>次&nbsp;字体：[大 中 小]</div><p>近日，民警走进学校，宣传安全知识。</p>"
        "<p><img src='a.jpg'></p><p>民警向学生讲解灭火器</p><p>学生们围着民警问个不停。</p>"
        "<p>这样的课堂，今年已经办了十二场。</p><h3>后记</h3><p>孩子们说，还想再上一课。</p>"
        "<p>下一篇：<a>没有了</a></p><h4>相关文章</h4></body></html>"
    )
    article = only_article(page.encode())
    assert article.title == ("平安校园",)
    assert [(piece.kind, piece.text[:4]) for piece in article.paragraphs] == [
        ("paragraph", "近日，民"),
        ("caption", "民警向学"),
        ("paragraph", "学生们围"),
        ("paragraph", "这样的课"),
        ("subhead", "后记"),
        ("paragraph", "孩子们说"),
    ]


@pytest.mark.parametrize("piece", ["<", "<!--", "<a ", "<script>", '<div class="nav">', "&", "<p x="])
def test_hostile_web_page_is_read_in_linear_time(piece: str) -> None:
    def seconds(count: int) -> float:
        source, begin = piece * count, time.process_time()
        blocks_of_web_page(source)
        return time.process_time() - begin

    assert any(seconds(80_000) < 10 * seconds(20_000) + 0.2 for _ in range(3))


def test_docx_document_gives_its_article() -> None:
    pytest.importorskip("mammoth")
    article = only_article(document(*BLOCKS))
    assert (article.title, article.place, article.authors) == (("平安校园",), "开鲁", ("刘星",))


def test_missing_docx_program_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mammoth", None)
    assert refusal(document(*BLOCKS)) == "no-docx-reader"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (document("x", name="xl/workbook.xml"), "format"),
        (document("x")[:120], "damaged"),
        (b"PK\x03\x04" + b"x" * 40, "damaged"),
        (b"{\\rtf1\\ansi}", "format"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 40, "format"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n", "format"),
        (
            "경찰은 주민들을 방문하여 사기 예방 지식을 홍보하고 국경 안전 시설을 점검하였다.".encode("euc_kr"),
            "encoding",
        ),
        ("警察官は住民を訪問し、詐欺防止の知識を広報し、国境の安全施設を点検した。".encode("euc_jp"), "encoding"),
    ],
)
def test_other_files_are_refused(raw: bytes, code: str) -> None:
    assert refusal(raw) == code


def test_refused_document_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.rtf"
    page.write_bytes(b"{\\rtf1\\ansi}")
    assert main(["import", str(page), "--dry-run"]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_linear_mode_imports_a_saved_web_page_with_its_date(tmp_path: Path) -> None:
    page = tmp_path / "june.html"
    page.write_text(WEB_PAGE.replace("<h1>", "<p>草原新报 2024年5月6日 星期一 第03版</p><h1>"), "utf-8")
    (tmp_path / "library").mkdir()
    stores = SimpleNamespace(root=str(tmp_path / "library"), gazetteer=GAZETTEER)
    prepared = Import(str(page), cast(Stores, stores))
    assert "1：平安校园，开鲁，刘星" in list(prepared.lines())
    assert prepared.is_ready
    list(prepared.write())
    assert "2024-05-06" in (tmp_path / "library/june/bulletin.yaml").read_text("utf-8")
