"""Folders of bulletins: what opens, and which problems are reported for what does not."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.lines_of_json import render_line
from tui.article import Article, Source
from tui.clean import clean, clean_line
from tui.library import BadLibrary, Library, LocatedArticle, open_library, parse, render

GOOD = """---
title: [打击侵财犯罪, 守护群众财产]
place: 托克托
---

双河讯。近日，民警抓获一名盗窃嫌疑人。
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path, "a/bulletin.yaml", "id: a\ntitle: 公安新闻\nissued: 2023-06-02\n")
    write(tmp_path, "a/1.md", GOOD)
    return tmp_path


def write(root: Path, path: str, text: str | bytes) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_bytes(text if isinstance(text, bytes) else text.encode())


def said(root: Path) -> list[tuple[str, int | None, str]]:
    return [(problem.file, problem.line, problem.code) for problem in Library(root).load()[1]]


def opened(root: Path) -> list[str]:
    return [article.id for article in Library(root).load()[0]]


lines = st.text(min_size=1, max_size=20).map(lambda text: clean_line(text).strip()).filter(bool)
articles = st.builds(
    Article,
    id=st.just("a/1"),
    title=st.lists(lines, min_size=1, max_size=3).map(tuple),
    place=st.none() | lines,
    place_id=st.none() | st.integers(100000, 999999),
    dateline=st.none() | lines,
    authors=st.lists(lines, max_size=3).map(tuple),
    byline=st.just("") | lines,
    date=st.sampled_from([None, "2023", "2023-06", "2023-06-01"]),
    source=st.none()
    | st.builds(Source, lines, st.just(1), st.integers(1, 999))
    | st.builds(Source, lines, st.just(0), st.just(0)),
    tags=st.lists(lines, max_size=3, unique=True).map(tuple),
    description=st.just("") | lines,
    url=st.just("") | lines,
    slug=st.just("") | lines,
    body=st.text(max_size=200).map(lambda text: clean(text).strip("\n")),
)


@given(articles)
def test_parse_reads_what_render_writes(article: Article) -> None:
    assert parse(article.id, render(article), "a/1.md") == (article, [])


def test_bad_file_hides_no_other(root: Path) -> None:
    write(root, "a/2.md", "---\ntitle: [未完\n---\n\n正文\n")
    write(root, "a/3.md", "---\nplace: 开鲁\n---\n\n正文\n")
    write(root, "a/4.md", "")
    write(root, "a/5.md", "---\ntitle: [甲]\n---\n\n".encode() + "开鲁".encode("gb18030"))
    write(root, "a/6.md", "没有文件头\n")
    os.mkfifo(root / "a/7.md")
    (root / "a/8.md").symlink_to(root / "a/8.md")
    assert opened(root) == ["a/1", "a/2", "a/3", "a/6"]
    assert [(file, code) for file, _line, code in said(root)] == [
        ("a/2.md", "front-matter"),
        ("a/4.md", "empty"),
        ("a/5.md", "encoding"),
        ("a/7.md", "not-a-file"),
        ("a/8.md", "link"),
    ]


def test_line_of_an_archive_is_read_again_by_its_offset(tmp_path: Path) -> None:
    items = [{"id": f"a{n}", "title": [f"第{n}篇"], "body": "正文"} for n in range(5)]
    write(tmp_path, "b/bulletin.yaml", "id: b\ntitle: 档案\n")
    write(tmp_path, "b/articles.jsonl", "\n".join(json.dumps(item, ensure_ascii=False) for item in items) + "\n{\n")
    library = Library(tmp_path)
    (file,) = library.files()
    found = list(library.read(file))
    located = [one for one in found if isinstance(one, LocatedArticle)]
    assert [one.article.id for one in located] == [f"b/a{n}" for n in range(5)]
    assert len(found) == 6
    for one in located:
        assert library.article_at(file, one.offset, one.length, one.line) == one.article


@given(articles)
def test_parse_line_reads_what_render_line_writes(article: Article) -> None:
    from tui.library.jsonl_line import parse_line

    assert parse_line("a", render_line(article), "a/articles.jsonl", 1) == (article, [])


def test_unknown_place_is_reported_with_a_suggestion(root: Path) -> None:
    write(root, "a/2.md", GOOD.replace("托克托", "托克托县"))
    (problem,) = Library(root).load()[1]
    assert (problem.file, problem.code) == ("a/2.md", "unknown-place")
    assert "托克托" in problem.remedy


def test_duplicate_id_gives_one_article_and_one_problem(root: Path) -> None:
    write(root, "b/bulletin.yaml", "id: a\ntitle: 又一册\nissued: 2023-06-01\n")
    write(root, "b/1.md", GOOD)
    assert opened(root) == ["a/1"]
    assert said(root) == [("b/1.md", 1, "duplicate-id")]


def test_bulletin_without_articles_is_reported(root: Path) -> None:
    write(root, "c/bulletin.yaml", "id: c\ntitle: 空\n")
    assert said(root) == [("c", None, "no-articles")]


def test_bulletins_are_sorted_newest_first_then_by_name(root: Path) -> None:
    for name, issued in (("c", "2024"), ("d", ""), ("b10", "2020"), ("b9", "2020")):
        write(root, f"{name}/bulletin.yaml", f"id: {name}\ntitle: 公报\n" + (f"issued: {issued}\n" if issued else ""))
        write(root, f"{name}/1.md", GOOD)
    assert [bulletin.id for bulletin in Library(root).bulletins()] == ["c", "a", "b9", "b10", "d"]


def test_missing_or_empty_library_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere", tmp_path):
        with pytest.raises(BadLibrary):
            open_library(path)
