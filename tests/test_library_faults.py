"""Every fault of a library is one problem with file and line, and the good article still opens."""

import os
import re
import shutil
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ordinary_user import ordinary_rights
from tui.clean import clean_line
from tui.library import BadLibrary, Library, open_library
from tui.library.safe_open import BadFile
from tui.problem import Problem

GOOD = "---\ntitle: [打击侵财犯罪, 守护群众财产]\nplace: 托克托\n---\n\n近日，民警抓获一名嫌疑人。\n"
BULLETIN = "id: a\ntitle: 公安新闻\n"
Make = Callable[[Path], None]


def holds(path: str, text: str | bytes) -> Make:
    """Return a function that writes a file into a library."""

    def make(root: Path) -> None:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(text if isinstance(text, bytes) else text.encode())

    return make


def links(path: str, to: str) -> Make:
    """Return a function that puts a symbolic link into a library."""

    def make(root: Path) -> None:
        (root / path).symlink_to(to)

    return make


def sized(path: str, size: int) -> Make:
    """Return a function that creates a sparse file of `size` bytes in a library."""

    def make(root: Path) -> None:
        with open(root / path, "wb") as file:
            file.truncate(size)

    return make


def listens(path: str) -> Make:
    """Return a function that creates a socket in a library."""

    def make(root: Path) -> None:
        before = os.getcwd()
        os.chdir((root / path).parent)
        try:
            socket.socket(socket.AF_UNIX).bind(Path(path).name)
        finally:
            os.chdir(before)

    return make


def closed(path: str, make: Make) -> Make:
    """Return a function that makes a file or folder of a library unreadable."""

    def make_closed(root: Path) -> None:
        make(root)
        (root / path).chmod(0)

    return make_closed


def front(text: str) -> str:
    return f"---\n{text}\n---\n\n正文。\n"


LINE = '{"id": "x", "title": ["甲"], "body": "正文"}\n'
FAULTS: list[tuple[Make, str, str, int | None, int]] = [
    (holds("a/2.md", ""), "empty", "a/2.md", 1, 0),
    (holds("a/2.md", " \n\n"), "empty", "a/2.md", 1, 0),
    (holds("a/x.jsonl", "\n"), "empty", "a/x.jsonl", 1, 0),
    (holds("a/2.md", "---\ntitle: [甲]\n没有结束\n"), "front-matter", "a/2.md", 1, 1),
    (holds("a/2.md", front("title: [甲]\nplace: [乙")), "front-matter", "a/2.md", 3, 1),
    (holds("a/2.md", front("title: [甲]\ntags: *a")), "front-matter", "a/2.md", 3, 1),
    (holds("a/2.md", front("title: [甲]\ntags: " + "[" * 10_000)), "front-matter", "a/2.md", 3, 1),
    (holds("a/2.md", front("title: [甲]\ntags: [" + "a," * 1_000_000 + "]")), "front-matter", "a/2.md", 3, 1),
    (holds("a/2.md", front("title: {a: b}")), "wrong-type", "a/2.md", 2, 1),
    (holds("a/2.md", front("title: [[甲]]")), "wrong-type", "a/2.md", 2, 1),
    (holds("a/2.md", front("title: [甲]\ntitle: [乙]")), "front-matter", "a/2.md", 3, 1),
    (holds("a/2.md", front("title: 公告: 停水")), "front-matter", "a/2.md", 2, 1),
    (holds("a/2.md", front("title: [甲]\nplace_id: 一")), "wrong-type", "a/2.md", 3, 1),
    (holds("a/2.md", front("title: [甲]\nauthors: true")), "wrong-type", "a/2.md", 3, 1),
    (holds("a/2.md", front("title: [甲]\ntags: [true]")), "wrong-type", "a/2.md", 3, 1),
    (holds("a/2.md", front("title: [甲]\nbyline: {a: b}")), "wrong-type", "a/2.md", 3, 1),
    (holds("a/2.md", front("title: [甲]\ndate: 去年")), "wrong-type", "a/2.md", 3, 1),
    (holds("a/2.md", front("title: [甲]\nsource: {file: 报纸}")), "wrong-type", "a/2.md", 3, 1),
    (holds("a/2.md", front("title: [" + "字" * 3000 + "]")), "wrong-type", "a/2.md", 2, 1),
    (holds("a/2.md", front("title: [甲]\nplace: 火星")), "unknown-place", "a/2.md", 3, 1),
    (holds("a/2.md", front("title: [甲]\nplace: 开鲁\nplace_id: 150122")), "place-id", "a/2.md", 4, 1),
    (holds("a/2.md", front("title: [甲]\nid: 三")), "id", "a/2.md", 3, 1),
    (holds("a/2.md", front("title: [甲\u202e乙]")), "bidi", "a/2.md", 1, 1),
    (holds("a/2.md", front('title: ["甲\\u202e乙"]')), "bidi", "a/2.md", 1, 1),
    (holds("a/2.md", GOOD.encode() + "开鲁".encode("gb18030")), "encoding", "a/2.md", 7, 0),
    (holds("a/2.md", GOOD.encode("utf-16")), "encoding", "a/2.md", 1, 0),
    (holds("a/x.jsonl", LINE + "{\n"), "json", "a/x.jsonl", 2, 1),
    (holds("a/x.jsonl", LINE + "[" * 100_000 + "\n"), "json", "a/x.jsonl", 2, 1),
    (holds("a/x.jsonl", LINE + "3\n"), "json", "a/x.jsonl", 2, 1),
    (holds("a/x.jsonl", LINE.encode() + b"\xff\n"), "encoding", "a/x.jsonl", 2, 1),
    (holds("a/x.jsonl", LINE + LINE.replace('"id": "x", ', "")), "missing-field", "a/x.jsonl", 2, 1),
    (holds("a/x.jsonl", LINE + LINE.replace('"x"', '"../x"')), "id", "a/x.jsonl", 2, 1),
    (holds("a/x.jsonl", LINE + LINE.replace('"正文"', "[]")), "wrong-type", "a/x.jsonl", 2, 1),
    (holds("a/x.jsonl", LINE + "\n" + LINE), "duplicate-id", "a/x.jsonl", 3, 1),
    (sized("a/2.md", 2 << 30), "too-large", "a/2.md", None, 0),
    (sized("a/x.jsonl", 64 << 20), "too-large", "a/x.jsonl", 1, 0),
    (lambda root: os.mkfifo(root / "a/2.md"), "not-a-file", "a/2.md", None, 0),
    (lambda root: os.mkfifo(root / "a/x.jsonl"), "not-a-file", "a/x.jsonl", None, 0),
    (listens("a/2.md"), "not-a-file", "a/2.md", None, 0),
    (links("a/2.md", "2.md"), "link", "a/2.md", None, 0),
    (links("a/2.md", "/etc/passwd"), "link", "a/2.md", None, 0),
    (links("a/2.md", "/dev/zero"), "link", "a/2.md", None, 0),
    (links("a/loop", "../a"), "link", "a/loop", None, 0),
    (links("out", "/tmp"), "link", "out", None, 0),
    (links("gazetteer.yaml", "/etc/passwd"), "link", "gazetteer.yaml", None, 0),
    (holds("gazetteer.yaml", "x: &a [甲]\nplaces: [*a, *a]\n"), "gazetteer", "gazetteer.yaml", 2, 0),
    (holds("gazetteer.yaml", "places: " + "[" * 10_000 + "]" * 10_000), "gazetteer", "gazetteer.yaml", 1, 0),
    (holds("gazetteer.yaml", "places:\n- {id: 2023-99-99}\n"), "gazetteer", "gazetteer.yaml", None, 0),
    (links("a/2.md", "nowhere"), "unreadable", "a/2.md", None, 0),
    (closed("a/2.md", holds("a/2.md", GOOD)), "unreadable", "a/2.md", None, 0),
    (closed("b", holds("b/1.md", GOOD)), "unreadable", "b", None, 0),
    (holds("/".join("d" * 101) + "/1.md", GOOD), "folders", "/".join("d" * 100), None, 0),
    (holds("b/bulletin.yaml", BULLETIN), "no-articles", "b", None, 0),
    (holds("a/bulletin.yaml", "title: [乙\n"), "bulletin", "a/bulletin.yaml", 2, 0),
    (holds("a/bulletin.yaml", "id: ../../x\ntitle: 甲\n"), "bulletin", "a/bulletin.yaml", 1, 0),
    (holds("a/bulletin.yaml", "id: a\ntitle: 甲\nissued: 昨天\n"), "bulletin", "a/bulletin.yaml", 3, 0),
    (lambda root: os.mkfifo(root / "gazetteer.yaml"), "not-a-file", "gazetteer.yaml", None, 0),
    (lambda root: (root / "gazetteer.yaml").mkdir(), "not-a-file", "gazetteer.yaml", None, 0),
    (sized("gazetteer.yaml", 3 << 30), "too-large", "gazetteer.yaml", None, 0),
    (sized("a/bulletin.yaml", 3 << 30), "too-large", "a/bulletin.yaml", None, 0),
    (
        holds("a/x.jsonl", LINE.replace('"正文"', '"", "tags": [' + '"a",' * 1_000_000 + '"a"]')),
        *("wrong-type", "a/x.jsonl", 1, 1),
    ),
    (holds("gazetteer.yaml", "places: [\n"), "gazetteer", "gazetteer.yaml", None, 0),
]


@pytest.mark.parametrize(("make", "code", "file", "line", "more"), FAULTS)
def test_fault_is_one_problem_and_hides_no_other_article(
    tmp_path: Path, make: Make, code: str, file: str, line: int | None, more: int
) -> None:
    holds("a/bulletin.yaml", BULLETIN)(tmp_path)
    holds("a/1.md", GOOD)(tmp_path)
    make(tmp_path)
    with ordinary_rights():
        articles, problems = Library(tmp_path).load()
    assert [(problem.code, problem.file) for problem in problems] == [(code, file)]
    assert line is None or problems[0].line == line
    assert problems[0].message and problems[0].remedy
    assert clean_line(str(problems[0])) == str(problems[0])
    assert len(articles) == 1 + more


def test_file_that_became_an_outside_link_is_not_read(tmp_path: Path) -> None:
    library, secret = tmp_path / "library", tmp_path / "secret.md"
    holds("a/bulletin.yaml", BULLETIN)(library)
    holds("a/1.md", GOOD)(library)
    holds("a/2.md", GOOD)(library)
    secret.write_text(GOOD, "utf-8")
    opened = Library(library)
    first, second = opened.files()
    for file, target in ((first, secret), (second, "../b.md")):
        (library / file.path).unlink()
        (library / file.path).symlink_to(target)
    holds("b.md", GOOD)(library)
    (problem,) = opened.read(first)
    assert isinstance(problem, Problem) and (problem.code, problem.file) == ("link", "a/1.md")
    assert not isinstance(next(opened.read(second)), Problem)


@pytest.mark.parametrize("path", ["a/1.md", "a/b/1.md"])
def test_file_is_not_read_when_its_folder_became_a_link(tmp_path: Path, path: str) -> None:
    """The folder changes between listing and reading; no step of opening the path follows a link."""
    library, outside = tmp_path / "library", tmp_path / "outside"
    for root in (library, outside):
        holds(path, GOOD)(root)
        holds("a/articles.jsonl", '{"id": "2", "title": ["二"], "body": "正文"}\n')(root)
    opened = Library(library)
    files = [file for file in opened.files() if file.kind != "fault"]
    found = {file.path: [one for one in opened.read(file) if not isinstance(one, Problem)] for file in files}
    shutil.move(library / "a", tmp_path / "gone")
    (library / "a").symlink_to(outside / "a")
    for file in files:
        (problem,) = opened.read(file)
        assert isinstance(problem, Problem) and problem.code == "unreadable"
        for one in found[file.path]:
            with pytest.raises(BadFile):
                opened.article_at(file, one.offset, one.length, one.line)


def test_whole_file_system_is_refused_as_library() -> None:
    with pytest.raises(BadLibrary) as refused:
        open_library(Path("/"))
    assert refused.value.problem.code == "no-library"


def test_folder_of_too_many_folders_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.library.walk.MOST", 5)
    for number in range(20):
        holds(f"{number:02d}/bulletin.yaml", f"id: a{number}\ntitle: 公安新闻\n")(tmp_path)
        holds(f"{number:02d}/1.md", GOOD)(tmp_path)
    articles, problems = Library(tmp_path).load()
    assert len(articles) == 4
    assert [(problem.code, problem.file) for problem in problems] == [("folders", "03")]


@pytest.mark.parametrize("name", [b"\xff.md", b"\x1b[2J.md", b"a\nb.md"])
def test_hostile_file_name_is_printed_harmlessly(tmp_path: Path, name: bytes) -> None:
    holds("a/bulletin.yaml", BULLETIN)(tmp_path)
    holds("a/1.md", GOOD)(tmp_path)
    with open(os.fsencode(tmp_path / "a") + b"/" + name, "wb"):
        pass
    _articles, (problem,) = Library(tmp_path).load()
    assert problem.code in ("name", "empty")
    assert clean_line(str(problem)) == str(problem)


def test_page_on_the_format_lists_every_problem_code(tmp_path: Path) -> None:
    page = (Path(__file__).parent.parent / "docs/format.md").read_text("utf-8")
    listed = set(
        re.findall(r"^\| `([a-z-]+)` \| .* \| .* \|$", page.partition("## What can be wrong")[2], re.MULTILINE)
    )
    said = {code for _make, code, _file, _line, _more in FAULTS} | {"name"}
    for path in (tmp_path / "nowhere", tmp_path):
        with pytest.raises(BadLibrary) as refused:
            open_library(path)
        said.add(refused.value.problem.code)
    assert said == listed
