"""Tables of the command line for unusual libraries: long names, and no readable article."""

from pathlib import Path

import pytest

from tests.test_cli import Run, library, run
from tui.cells import cell_len

__all__ = ["run"]
COMMANDS = [
    ["list"],
    ["list", "--json"],
    ["places"],
    ["stats"],
    ["search", "x"],
    ["export", "--format", "txt"],
    ["show", "1"],
]


def starts(out: str, words: list[str]) -> set[int]:
    """Return the cells where `words` start in the lines that contain them."""
    return {cell_len(line.partition(word)[0]) for line in out.splitlines() for word in words if word in line}


def test_long_file_name_widens_no_other_row_of_list(run: Run, tmp_path: Path) -> None:
    root = library(tmp_path / "l", 12)
    usual = starts(run("list", "--library", str(root))[1], [f"第{n}期" for n in range(12)])
    for name in ("x" * 150, "长" * 70):
        (root / f"2023-06-01/{name}.md").write_text("---\ntitle: [很长的文件名]\n---\n\n正文。\n", "utf-8")
    out = run("list", "--library", str(root))[1]
    assert starts(out, [f"第{n}期" for n in range(12)]) == usual
    assert "x" * 150 in out and "长" * 70 in out, "a name is never cut: it is what one types"
    assert max(map(cell_len, (line for line in out.splitlines() if "很长" not in line))) < 80


NOT_UTF_8 = "没有首部".encode("gb18030")


@pytest.mark.parametrize("words", [["stats"], ["stats", "--by", "author"], ["list"]], ids=" ".join)
def test_long_place_or_author_widens_no_other_row(run: Run, tmp_path: Path, words: list[str]) -> None:
    root = library(tmp_path / "l", 9)
    front = f"title: [长]\nplace: {'地' * 90}\nauthors: [{'名' * 90}, 江枫, 王晓]\n"
    (root / "2023-06-01/long.md").write_text(f"---\n{front}---\n\n正文。\n", "utf-8")
    rows = [line for line in run(*words, "--library", str(root))[1].splitlines() if "地地" not in line]
    assert rows and max(map(cell_len, (row for row in rows if "名名" not in row))) < 80


@pytest.mark.parametrize("long", ["", "x" * 40], ids=["short", "long"])
def test_names_of_similar_length_stay_in_columns(run: Run, tmp_path: Path, long: str) -> None:
    root = tmp_path / "l/june"
    root.mkdir(parents=True)
    (root / "bulletin.yaml").write_text("title: 六月\n", "utf-8")
    for number in (1, 20, 300):
        (root / f"{long}{number}.md").write_text("---\ntitle: [平安]\n---\n\n正文。\n", "utf-8")
    assert len(starts(run("list", "--library", str(root.parent))[1], ["平安"])) == 1


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("files", [1, 400], ids=["in-memory", "catalogued"])
def test_library_without_a_readable_article_is_reported(run: Run, tmp_path: Path, words: list[str], files: int) -> None:
    root = tmp_path / "library/june"
    root.mkdir(parents=True)
    (root / "bulletin.yaml").write_text("title: 六月\n", "utf-8")
    for number in range(files):
        (root / f"{number}.md").write_bytes(NOT_UTF_8)
    status, _out, err = run(*words, "--library", str(root.parent))
    assert status == 1
    said = [line for line in err.splitlines() if "没有一篇能读" in line]
    assert len(said) == 1 and str(files) in said[0] and "ganews-tui check" in said[0]


def test_library_with_a_readable_article_reports_no_problems(run: Run, tmp_path: Path) -> None:
    root = library(tmp_path / "l", 2)
    (root / "2023-06-01/bad.md").write_bytes(NOT_UTF_8)
    for words in (["list"], ["places"], ["stats"]):
        status, out, err = run(*words, "--library", str(root))
        assert (status, err) == (0, "") and out


@pytest.mark.parametrize("words", [["list"], ["places"], ["stats"], ["search", "反诈"]], ids=" ".join)
def test_library_without_a_readable_article_is_reported_in_one_line(run: Run, tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "library/june").mkdir(parents=True)
    (tmp_path / "library/june/1.md").write_bytes(NOT_UTF_8)
    status, out, err = run(*words, "--library", str(tmp_path / "library"))
    assert (status, out, len(err.splitlines())) == (1, "", 1)
