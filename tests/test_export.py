"""Exported files: other programs can open them, and they are harmless whatever the text."""

import csv
import io
import json
import os
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tests.test_cli import Run, library, run
from tui.article import Article
from tui.clean import clean
from tui.export.body import article_html
from tui.export.csv_file import csv_lines
from tui.export.epub import write_epub
from tui.export.html_page import page
from tui.export.text import markdown, plain_text
from tui.markdown import blocks

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = json.loads((ROOT / "docs/cli.schema.json").read_text("utf-8"))
__all__ = ["run"]

HOSTILE = """<script>alert(1)</script> &lt;img src=x onerror=alert(1)&gt; [点我](javascript:alert(1)) \
[数据](data:text/html,x) [站](https://a.cn/?a=1&b="><script>) <https://b.cn/'x> ![图](javascript:x)

- 一
  1. 二 **粗*斜*** ~~删~~ `</code>`
- 三

> 引
>> 深

| <b>甲</b> | 乙 |
|---|--:|
| [链](https://c.cn) | ]]> |

![</figcaption>](x.jpg)

注[^"><i>] 又[^1]

[^1]: </p>注文

```
</code></pre><script>
```

## </h2>小标题 -->
"""
hostile = Article(
    "b/1", ("<i>\"标题'&", "]]><!--"), "开鲁", 150523, "<b>讯", ("<s>",), "（</p>）", "2023-06-01", body=HOSTILE
)
bodies = st.lists(
    st.sampled_from(
        ["<", ">", "&", '"', "'", "*", "**", "`", "[", "](", ")", "https://a", "\n\n", "\n", "- ", "1. ", "  "]
    )
    | st.sampled_from(
        ["> ", "|", "|-|", "[^1]", "[^1]: ", "# ", "![", "禁", "毒", "\uffff", "\ufffe", "\x0b", "]]>", "&#0;"]
    ),
    max_size=25,
).map("".join)

VOID = {"br", "hr", "meta", "link"}
ALLOWED = {
    "article",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "p",
    "span",
    "strong",
    "em",
    "s",
    "code",
    "pre",
    "a",
    "sup",
} | {
    *("ul", "ol", "li", "blockquote", "table", "thead", "tbody", "tr", "th", "td", "figure", "figcaption", "br", "hr"),
    *("html", "head", "meta", "title", "style", "body", "main"),
}


class Reader(HTMLParser):
    """A parser that reads a page like a browser's tokenizer and collects ids, links, text and faults."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED:
            self.faults.append(f"<{tag}>")
        for name, value in attrs:
            if name.startswith("on") or name in ("src", "srcset", "action", "formaction"):
                self.faults.append(f"{tag} {name}")
            if name == "id":
                self.ids.append(value or "")
            if name == "href":
                self.links.append(value or "")
        if (tag == "p" and "p" in self.open) or (tag in ("ul", "ol", "blockquote", "table") and "p" in self.open):
            self.faults.append(f"<{tag}> in <p>")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.text += data


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    reader.faults += [f"<{tag}> open" for tag in reader.open]
    reader.faults += [link for link in reader.links if not link.startswith(("https://", "http://", "mailto:", "#"))]
    if len(set(reader.ids)) < len(reader.ids):
        reader.faults.append("an id twice")
    return reader


def test_hostile_text_injects_no_element_link_or_script() -> None:
    reader = read("".join(page('<script>"题', [article_html(hostile, "article-1", ["通辽"])])))
    assert reader.faults == []
    assert "<script>alert(1)" not in reader.text
    for text in ('<i>"标题', "]]><!--", "（</p>）", "点我"):
        assert text in reader.text


@settings(max_examples=300)
@given(bodies)
def test_any_body_becomes_balanced_and_well_formed_xml(body: str) -> None:
    article = Article("b/1", ("题",), dateline="讯", body=body)
    html = article_html(article, "article-1")
    assert read(html).faults == []
    ElementTree.fromstring(html)


@given(bodies)
def test_page_contains_all_text_of_the_body(body: str) -> None:
    html = read(article_html(Article("b/1", ("题",), body=body), "a")).text
    for block in blocks(body):
        for line in block.text.replace("\t", "\n").split("\n"):
            assert clean(line).replace("\uffff", "\ufffd").replace("\ufffe", "\ufffd") in html


def opened(raw: bytes) -> dict[str, bytes]:
    """Return the files of a book. Checks first what epubcheck checks first: mimetype and archive."""
    with zipfile.ZipFile(io.BytesIO(raw)) as book:
        first = book.infolist()[0]
        assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
        assert raw[38 : 38 + 20] == b"application/epub+zip"
        assert book.testzip() is None
        return {name: book.read(name) for name in book.namelist()}


def book_of(articles: list[Article], title: str = "公安新闻") -> bytes:
    into = io.BytesIO()
    write_epub(into, title, ((one, ("通辽",)) for one in articles), datetime(2023, 6, 2, tzinfo=UTC))
    return into.getvalue()


OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
XHTML = "{http://www.w3.org/1999/xhtml}"
NCX = "{http://www.daisy.org/z3986/2005/ncx/}"


def test_files_of_a_book_match_its_package_document() -> None:
    plain = Article("b/2", ("打击侵财犯罪", "守护群众财产"), "托克托", body="近日，民警抓获一名嫌疑人。")
    files = opened(book_of([plain, hostile]))
    container = ElementTree.fromstring(files["META-INF/container.xml"])
    (root,) = container.iter("{urn:oasis:names:tc:opendocument:xmlns:container}rootfile")
    assert root.get("full-path") == "EPUB/package.opf"
    package = ElementTree.fromstring(files["EPUB/package.opf"])
    for name in ("identifier", "title", "language"):
        (found,) = package.iter(DC + name)
        assert found.text
    items = {item.get("id"): item for item in package.iter(OPF + "item")}
    manifest = {f"EPUB/{item.get('href')}" for item in items.values()}
    assert manifest == set(files) - {"mimetype", "META-INF/container.xml", "EPUB/package.opf"}
    assert [item.get("id") for item in items.values() if item.get("properties") == "nav"] == ["nav"]
    spine = [item.get("idref") for item in package.iter(OPF + "itemref")]
    assert spine == ["chapter-00001", "chapter-00002"]
    for name, raw in files.items():
        if name.endswith((".xhtml", ".ncx", ".opf", ".xml")):
            ElementTree.fromstring(raw)
    nav = ElementTree.fromstring(files["EPUB/nav.xhtml"])
    hrefs = [link.get("href") for link in nav.iter(XHTML + "a")]
    assert hrefs == [f"{name}.xhtml" for name in spine]
    ncx = ElementTree.fromstring(files["EPUB/toc.ncx"])
    assert [one.get("src") for one in ncx.iter(NCX + "content")] == hrefs
    assert "".join(next(nav.iter(XHTML + "ol")).itertext()).split() == [
        "打击侵财犯罪",
        "守护群众财产",
        "<i>\"标题'&",
        "]]><!--",
    ]


def test_same_articles_make_the_same_book() -> None:
    assert book_of([hostile]) == book_of([hostile])


@pytest.mark.parametrize("text", ["=1+1", "+86", "-20℃严寒", "@SUM(A1)", " =1", "＝1", "\t=1"])
def test_cells_that_look_like_formulas_are_quoted(text: str) -> None:
    (_header, row) = csv.reader(io.StringIO("".join(csv_lines(["甲"], [[text]]))))
    assert row == [f"'{text}"]


@given(st.lists(st.lists(st.text() | st.integers(), min_size=2, max_size=2), max_size=4))
def test_csv_reads_back_cell_by_cell(rows: list[list[str | int]]) -> None:
    found = list(csv.reader(io.StringIO("".join(csv_lines(["甲", "乙"], rows)), newline="")))
    assert [[cell.removeprefix("'") for cell in row] for row in found[1:]] == [
        [clean(str(cell)).removeprefix("'") for cell in row] for row in rows
    ]


def test_text_and_markdown_contain_all_parts_of_the_article() -> None:
    for written in (plain_text(hostile), "\n".join(block.text for block in blocks(markdown(hostile)))):
        for text in ("<b>讯", "（</p>）", "一", "深", "小标题", "注文"):
            assert text in written


@pytest.mark.parametrize(
    ("words", "shape"),
    [
        (["list", "--json"], "list"),
        (["show", "kailu", "--json"], "show"),
        (["show", "kailu", "chifeng", "--json"], "show"),
        (["search", "公安 禁毒", "--json"], "search"),
        (["search", "无此词语", "--json"], "search"),
        (["concordance", "公安", "--json"], "concordance"),
        (["places", "--all", "--json"], "places"),
        (["stats", "--words", "--json"], "stats"),
        (["stats", "--by", "month", "--json"], "stats"),
        (["check", "--json"], "check"),
        (["list", "--jsonl"], "article"),
        (["show", "kailu", "--jsonl"], "whole"),
        (["search", "公安", "--jsonl"], "hit"),
        (["concordance", "/20[0-9]+/", "--jsonl"], "occurrence"),
        (["places", "--jsonl"], "place"),
    ],
)
def test_json_output_matches_the_schema(run: Run, words: list[str], shape: str) -> None:
    _status, out, _err = run(*words)
    validator = Draft202012Validator({**SCHEMA, "$ref": f"#/$defs/{shape}"})
    documents = [out] if words[-1] == "--json" else out.splitlines()
    assert documents
    for document in documents:
        validator.validate(json.loads(document))


def test_json_problems_match_the_schema(run: Run, tmp_path: Path) -> None:
    root = library(tmp_path / "l")
    (root / "2023-06-01/9.md").write_text("---\ntitle: {a: b}\n---\n", "utf-8")
    status, out, _err = run("check", str(root), "--json")
    assert status == 2
    Draft202012Validator({**SCHEMA, "$ref": "#/$defs/check"}).validate(json.loads(out))
    assert [problem["code"] for problem in json.loads(out)["problems"]] == ["wrong-type"]


@pytest.mark.parametrize("suffix", ["epub", "html", "md", "txt", "json", "jsonl", "csv"])
def test_file_is_complete_and_replaced_only_when_asked(run: Run, tmp_path: Path, suffix: str) -> None:
    into = tmp_path / f"公安新闻.{suffix}"
    assert run("export", "--into", str(into))[0] == 0
    before = into.read_bytes()
    assert "罂粟".encode() in before or suffix == "epub"
    assert run("export", "kailu", "--into", str(into))[0] == 2
    assert into.read_bytes() == before
    assert run("export", "chifeng", "--into", str(into), "--replace")[0] == 0
    assert into.read_bytes() != before
    assert [path.name for path in tmp_path.iterdir() if not path.name.startswith("XDG")] == [into.name]


def test_export_refuses_unknown_formats_and_unwritable_paths(run: Run, tmp_path: Path) -> None:
    assert run("export", "--into", str(tmp_path / "x.pdf"))[0] == 2
    assert run("export")[0] == 2
    assert run("export", "--into", str(tmp_path / "nowhere/x.html"))[0] == 2
    assert run("export", "--place", "火星", "--format", "txt")[0] == 1


def test_export_replaces_regular_files_only(run: Run, tmp_path: Path) -> None:
    """Devices, folders, pipes and the targets of links stay as they were."""
    (tmp_path / "folder.md").mkdir()
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "precious").write_text("留着", "utf-8")
    (tmp_path / "link.md").symlink_to(tmp_path / "precious")
    for into in ("/dev/null", "/", "..", *(str(tmp_path / name) for name in ("folder.md", "pipe.md", "link.md"))):
        status, _out, err = run("export", "--format", "md", "--into", into, "--replace")
        assert (status, err.strip().count("\n")) == (2, 0), into
    assert run("export", "--format", "md", "--into", str(tmp_path / ("册" * 100)))[0] == 2
    assert (tmp_path / "precious").read_text("utf-8") == "留着"
    assert (tmp_path / "link.md").is_symlink() and Path("/dev/null").is_char_device()


def test_book_written_to_a_pipe_is_the_same_book(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tui", "export", "--format", "epub"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True)
    assert done.returncode == 0
    assert len([name for name in opened(done.stdout) if name.startswith("EPUB/chapter-")]) == 7
