"""Folders of ordinary text files: which files open as articles, with which id, title, date and tags."""

import json
import os
from pathlib import Path

import pytest

from tui.article import Article
from tui.catalogue import Catalogue
from tui.indexer import Indexer
from tui.library import BadLibrary, Library, open_library
from tui.library.body_parser import body_of
from tui.session.first_grouping import first_grouping


def folder(root: Path, files: dict[str, str]) -> Library:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    return open_library(root)


def article(root: Path, text: str, name: str = "a.md") -> Article:
    (found,), problems = folder(root, {name: text}).load()
    assert problems == ()
    return found


@pytest.mark.parametrize(
    ("path", "id"),
    [
        ("a.md", "./a"),
        ("README.md", "./README"),
        ("a.MD", "./a.MD"),
        ("a.markdown", "./a.markdown"),
        ("a.mdown", "./a.mdown"),
        ("a.mkd", "./a.mkd"),
        ("a.mdx", "./a.mdx"),
        ("a.txt", "./a.txt"),
        ("a.TXT", "./a.TXT"),
        ("notes/2023/a.md", "notes/2023/a"),
        ("notes/a b (1).md", "notes/a b (1)"),
        ("posts/first/index.md", "posts/first.index"),
        ("first/index.md", "./first.index"),
        ("index.md", "./index"),
        ("/".join("abcdefghijklmnopqrst") + "/a.md", "/".join("abcdefghijklmnopqrst") + "/a"),
    ],
)
def test_text_file_in_any_folder_has_a_stable_id(tmp_path: Path, path: str, id: str) -> None:
    library = folder(tmp_path, {path: "民警走进社区。"})
    assert [one.id for one in library.load()[0]] == [id]
    others = {f"{path}.md": "别的", "z.md": "别的", f"{path.rpartition('.')[0]}.mkd": "别的", "q/index.md": "别的"}
    assert id in [one.id for one in folder(tmp_path, others).load()[0]]
    assert library.load()[1] == ()


@pytest.mark.parametrize(
    "path",
    [
        *(".git/a.md", "node_modules/x/README.md", "themes/even/a.md", "assets/a.txt", "a.assets/a.txt", ".a.md"),
        *("requirements.txt", "requirements-dev.txt", "robots.txt", "LICENSE.txt", "CMakeLists.txt", "a.png", "md"),
    ],
)
def test_files_that_are_not_articles_are_skipped(tmp_path: Path, path: str) -> None:
    articles, problems = folder(tmp_path, {"a.md": "民警走进社区。", path: "别的"}).load()
    assert ([one.id for one in articles], problems) == (["./a"], ())


def test_bulletin_opens_in_a_folder_whose_name_is_normally_skipped(tmp_path: Path) -> None:
    files = {"themes/bulletin.yaml": "title: 专题\n", "themes/a.md": "---\ntitle: [甲]\n---\n\n正文\n"}
    assert [one.id for one in folder(tmp_path, files).load()[0]] == ["themes/a"]


def test_bulletins_are_named_by_file_folder_or_library(tmp_path: Path) -> None:
    files = {
        "a.md": "甲",
        "b/c/a.md": "乙",
        "2023-06-02/a.md": "丙",
        "d/bulletin.yaml": "title: 简报\n",
        "d/a.md": "丁",
    }
    root = tmp_path / "我的文集"
    found = {one.id: (one.title, one.issued) for one in folder(root, files).bulletins()}
    assert found == {
        "2023-06-02": ("2023-06-02", "2023-06-02"),
        ".": ("我的文集", None),
        "b/c": ("b/c", None),
        "d": ("简报", None),
    }


def test_page_bundle_keeps_its_id_when_it_contains_other_texts(tmp_path: Path) -> None:
    library = folder(tmp_path, {"posts/a/index.md": "# 甲", "posts/a/more.md": "乙", "posts/b.md": "丙"})
    assert [one.id for one in library.load()[0]] == ["posts/a.index", "posts/b", "posts/a/more"]


TITLES = [
    ("---\ntitle: 停水\n---\n\n正文", "停水", "正文"),
    ("---\ntitle: 1984\n---\n\n正文", "1984", "正文"),
    ("---\ntitle: 2023.10\n---\n\n正文", "2023.10", "正文"),
    ("---\ntitle: [2023, 年终总结]\n---\n\n正文", "2023 年终总结", "正文"),
    ("---\ntitle: 公告\n---\n\n# 公告\n\n正文", "公告", "正文"),
    ("---\ntitle: 公告\n---\n\n# 别的\n\n正文", "公告", "# 别的\n\n正文"),
    ("---\ntitle:\n---\n\n# 公告\n\n正文", "公告", "正文"),
    ("---\n---\n\n# 公告\n\n正文", "公告", "正文"),
    ("# 公告 #\n\n正文", "公告", "正文"),
    ("\n\n# **公告** `a`\n正文", "公告 a", "正文"),
    ("公告\n====\n\n正文", "公告", "正文"),
    ("公告\n---\n\n正文", "公告", "正文"),
    ("![](a.png)\n\n## 公告\n\n正文", "公告", "![](a.png)\n\n\n正文"),
    ("<!-- # 注 -->\n\n# 公告\n\n正文", "公告", "<!-- # 注 -->\n\n\n正文"),
    ("正文\n\n# 公告\n", "公告", "正文"),
    ("```\n# 注\n```\n\n# 公告\n", "公告", "```\n# 注\n```"),
    ("正文一段。\n\n## 一\n\n二", "a", "正文一段。\n\n## 一\n\n二"),
    ("---\n\n正文\n\n---\n\n又", "a", "---\n\n正文\n\n---\n\n又"),
    ("正文", "a", "正文"),
    ('+++\ntitle = "公告"\n+++\n正文', "公告", "正文"),
    ('{\n"title": "公告"\n}\n正文', "公告", "正文"),
    ("title: 公告\ndate: 2023-06-02\n---\n正文", "公告", "正文"),
    ("{% raw %}\n\n正文", "a", "{% raw %}\n\n正文"),
]


@pytest.mark.parametrize(("text", "title", "body"), TITLES)
def test_title_comes_from_header_heading_or_file_name(tmp_path: Path, text: str, title: str, body: str) -> None:
    found = article(tmp_path, text)
    assert (" ".join(found.title), found.body) == (title, body)
    assert body_of("md", text.encode()) == (None, body)


@pytest.mark.parametrize(
    ("name", "title", "date"),
    [
        ("2023-06-02-my-first_post.md", "my first post", "2023-06-02"),
        ("2023-6-2 公告.md", "公告", "2023-06-02"),
        ("20230602-公告.md", "公告", "2023-06-02"),
        ("2023-06-02.md", "2023 06 02", "2023-06-02"),
        ("2023-13-02-x.md", "2023 13 02 x", None),
        ("01-kailu.txt", "01 kailu", None),
        ("2023-06-02-旅行/index.md", "旅行", "2023-06-02"),
    ],
)
def test_file_name_gives_title_and_date_when_text_lacks_them(
    tmp_path: Path, name: str, title: str, date: str | None
) -> None:
    found = article(tmp_path, "正文", name)
    assert (" ".join(found.title), found.date) == (title, date)


YAML = """---
title: "年度总结"
date: 2016-07-12 21:53:50
author: 刘星
tags: 反诈, 禁毒
categories:
  - [平安, 社区]
  - 反诈
description: 一年的事
slug: zong-jie
url: https://a.cn/1
source: 内蒙古日报
draft: true
layout: post
comments: false
---

正文
"""
TOML = """+++
title = "年度总结"
date = 2016-07-12T21:53:50+08:00
authors = ["刘星"]
description = "一年的事"
slug = "zong-jie"
url = "https://a.cn/1"
source = "内蒙古日报"
draft = true
weight = 3
[taxonomies]
tags = ["反诈", "禁毒"]
categories = ["平安", "社区"]
+++
正文
"""
JSON = """{
  "title": "年度总结",
  "date": "2016/07/12",
  "author": {"name": "刘星"},
  "tags": ["反诈", "禁毒", 2016],
  "categories": "平安、社区",
  "summary": "一年的事",
  "slug": "zong-jie",
  "url": "https://a.cn/1",
  "source": "内蒙古日报",
  "draft": true,
  "menu": {"main": {"weight": 1}}
}

正文
"""


@pytest.mark.parametrize("text", [YAML, TOML, JSON], ids=["yaml", "toml", "json"])
def test_header_is_read_in_yaml_toml_and_json(tmp_path: Path, text: str) -> None:
    found = article(tmp_path, text)
    assert (found.title, found.date, found.authors) == (("年度总结",), "2016-07-12", ("刘星",))
    assert [tag for tag in found.tags if tag != "2016"] == ["反诈", "禁毒", "平安", "社区"]
    assert (found.description, found.slug, found.url, found.draft) == ("一年的事", "zong-jie", "https://a.cn/1", True)
    assert (found.source and found.source.file, found.body) == ("内蒙古日报", "正文")


WRONG = [
    ("---\ntitle: 公告: 停水\ntags: [甲]\n---\n正文", 2, "公告: 停水"),
    ("---\ntags: [甲]\ntitle: 'a\n---\n正文", 3, "a"),
    ("---\ntitle: 公告\ntags: [甲]\nabout: {{ x }}\n---\n正文", 4, "公告"),
    ("---\ntitle: 公告\n\tx: 1\ntags: [甲]\n---\n正文", 3, "公告"),
    ("---\ntitle: 公告\ntags: [甲]\nx: !!python/name:os 1\n---\n正文", 4, "公告"),
    ("---\ntitle: 公告\ntags: [甲]\n\n正文", 1, "公告"),
    ("+++\ntitle = '公告'\ntags = ['甲']\nx = \n+++\n正文", 4, "公告"),
    ("+++\ntitle = 公告\ntags = ['甲']\n+++\n正文", 2, "公告"),
    ('{\n"title": "公告",\n"x": ,\n"tags": ["甲"]\n}\n正文', 3, "公告"),
]


@pytest.mark.parametrize(("text", "line", "title"), WRONG)
def test_wrong_header_line_loses_only_its_own_field(tmp_path: Path, text: str, line: int, title: str) -> None:
    (found,), problems = folder(tmp_path, {"a.md": text}).load()
    assert [(problem.file, problem.line, problem.code) for problem in problems] == [("a.md", line, "front-matter")]
    assert (found.title, found.tags, found.body) == ((title,), ("甲",), "正文")


def test_plain_text_has_paragraphs_and_no_markup(tmp_path: Path) -> None:
    from tui.markdown import blocks

    text = "　　第一段*不是*着重。\n　　1. 第二段#\n\n　　第三段_a_ <b> [c](d)\n# 不是标题\n"
    found = article(tmp_path, text, "小说.txt")
    assert [block.text for block in blocks(found.body)] == [
        "第一段*不是*着重。",
        "1. 第二段#",
        "第三段_a_ <b> [c](d)",
        "# 不是标题",
    ]
    assert body_of("txt", text.encode()) == (None, found.body)


@pytest.mark.parametrize(
    "line",
    [
        *(
            "• 一项",
            "•",
            "- 一项",
            "-- -",
            "- - -",
            "--",
            "1) 一项",
            "> 引文",
            "#标题",
            "=",
            "::: 盒",
            "[甲]: https://a.cn/b",
        ),
        *(
            '!!! note "盒"',
            '??? warning "盒"',
            '=== "标签"',
            "{{< 图 >}}",
            "{% raw %}",
            "{: .类}",
            "{.类}",
            "标题 {#名}",
            "$$甲$$",
        ),
        *("[^1]: 注", "&amp;", "<b>粗</b>", "http://a.cn/b_c_d", "![图](a.png)", "[[甲]]", "甲 - 乙#", "C# 和 3) 项"),
    ],
)
def test_line_of_plain_text_is_shown_as_written(tmp_path: Path, line: str) -> None:
    from tui.markdown import blocks

    found = article(tmp_path, f"开头一段。\n\n{line}\n\n末尾一段。\n", "a.txt")
    assert [(block.kind, block.text) for block in blocks(found.body)] == [
        ("paragraph", text) for text in ("开头一段。", line, "末尾一段。")
    ]


def test_hard_wrapped_lines_of_plain_text_become_one_paragraph(tmp_path: Path) -> None:
    from tui.markdown import blocks

    text = (
        "The patrol went\nfrom door to door\nin the old town\n\nand came back home\nlate in the evening\nof that day\n"
    )
    assert [block.text for block in blocks(article(tmp_path, text, "a.txt").body)] == [
        "The patrol went from door to door in the old town",
        "and came back home late in the evening of that day",
    ]


def test_mdx_imports_and_exports_are_left_out_of_the_text(tmp_path: Path) -> None:
    text = "---\ntitle: 公告\n---\nimport A from 'a'\nexport const b = 1\n\n正文\n"
    found = article(tmp_path, text, "a.mdx")
    assert (found.body, body_of("mdx", text.encode())) == ("正文", (None, "正文"))


def test_wrong_header_with_many_fields_is_read_in_linear_time(tmp_path: Path) -> None:
    text = "---\n" + "".join(f"k{n}: [\n" for n in range(20_000)) + "---\n正文"
    articles, problems = folder(tmp_path, {"a.md": text}).load()
    assert len(articles) == 1 and 0 < len(problems) <= 1000


def test_link_to_a_text_in_the_library_is_an_article(tmp_path: Path) -> None:
    library = folder(tmp_path, {"a.md": "甲"})
    os.symlink("a.md", tmp_path / "b.markdown")
    assert [one.id for one in library.load()[0]] == ["./a", "./b.markdown"]


def test_check_counts_the_skipped_files_by_kind(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from tui.cli import main

    for name in ("a.png", "b.PNG", "c.pdf", "Makefile", "node_modules/x.md", ".hidden/y.md", "bulletin.yaml"):
        folder(tmp_path, {"a.md": "民警走进社区。", name: "title: 简报"})
    main(["check", str(tmp_path), "--lang", "zh"])
    assert "没有读的文件和文件夹：.png 2、" in capsys.readouterr().err
    main(["check", str(tmp_path), "--json"])
    found = json.loads(capsys.readouterr().out)["passed_over"]
    assert found == {".png": 2, ".pdf": 1, "Makefile": 1, "node_modules/": 1}


def test_folder_without_texts_is_refused_with_its_contents(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"x")
    with pytest.raises(BadLibrary) as refused:
        open_library(tmp_path)
    assert ".png 1" in refused.value.problem.message and refused.value.problem.remedy


@pytest.mark.parametrize(
    ("files", "grouping"),
    [
        ({"a/1.md": "---\ntitle: [甲]\nplace: 开鲁\n---\n\n正文", "b/2.md": "乙"}, "place"),
        ({"a/1.md": "甲", "b/2.md": "乙"}, "bulletin"),
        ({"2023-06-01-a.md": "甲", "b.md": "乙"}, "month"),
        ({"a.md": "甲", "b.md": "乙"}, "bulletin"),
    ],
)
def test_library_opens_grouped_by_what_its_articles_have(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, str], grouping: str
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    catalogue = Catalogue(folder(tmp_path / "library", files))
    Indexer(catalogue).run()
    catalogue.refresh()
    assert first_grouping(catalogue) == grouping
    catalogue.close()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "big5", "utf-16"])
def test_plain_text_in_any_chinese_encoding_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "library").mkdir()
    raw = "第一回 山中\n\n他走在路上，天色已晚。\n".encode(encoding)
    (tmp_path / "library/a.txt").write_bytes(raw)
    catalogue = Catalogue(open_library(tmp_path / "library"))
    Indexer(catalogue).run()
    catalogue.refresh()
    found = catalogue.article("./a.txt")
    assert (found.title, found.body) == (("第一回 山中",), "他走在路上，天色已晚。")
    assert body_of("txt", raw) == (None, found.body)
    catalogue.close()


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("第二十一回 钓饵\n\n正文。", "第二十一回 钓饵", "正文。"),
        ("\n　　第3章：归来\n正文。", "第3章：归来", "正文。"),
        ("楔子\n正文。", "楔子", "正文。"),
        ("第一次见面\n正文。", "a", "第一次见面\n\n正文。"),
        ("第一章的开头很长，讲他回家。\n正文。", "a", "第一章的开头很长，讲他回家。\n\n正文。"),
    ],
)
def test_text_that_begins_with_a_chapter_heading_has_it_as_title(
    tmp_path: Path, text: str, title: str, body: str
) -> None:
    found = article(tmp_path, text, "a.txt")
    assert (found.title, found.body) == ((title,), body)


def test_fields_above_the_first_blank_line_are_a_header(tmp_path: Path) -> None:
    found = article(tmp_path, "Title: 四边形: 不等式\nDate: 2010-12-03 10:20\nAuthor: 甲, 乙\nTags: a, b\n\n正文。")
    assert (found.title, found.date, found.authors, found.tags) == (
        ("四边形: 不等式",),
        "2010-12-03",
        ("甲", "乙"),
        ("a", "b"),
    )
    assert found.body == "正文。"
    assert article(tmp_path, "author: 甲\n\n## 定义\n\n正文。").authors == ("甲",)
    assert article(tmp_path, "date: 明天\n再说\n\n正文。").body == "date: 明天\n再说\n\n正文。"
