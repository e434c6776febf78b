"""State from before libraries were distinguished: each library adopts the old marks of its articles."""

import shutil
from pathlib import Path

import pytest

from tests.marked_libraries import Machine, library

OLD = Path(__file__).parent / "data/reading-before-libraries.sqlite"
"""Written by commit 498b0f6: june/01, july/01 and gone/09 starred; june/01 to 03 and july/01 read, july/02 read and
then unread; june/01 and july/01 visited, positions in both; a saved search; a session and a theme."""


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    made = Machine(tmp_path / "home")
    made.state.parent.mkdir(parents=True)
    shutil.copy(OLD, made.state)
    return made


def test_library_adopts_the_old_marks_of_its_articles(machine: Machine, tmp_path: Path) -> None:
    june = library(tmp_path / "june", "june/01", "june/02", "june/03")
    july = library(tmp_path / "july", "july/01", "july/02")
    may = library(tmp_path / "may", "may/01")
    assert machine.starred(june) == ["june/01"]
    assert machine.starred(july) == ["july/01"]
    assert machine.starred(may) == machine.found(may, "is:read") == []
    assert sorted(machine.found(june, "is:read")) == ["june/01", "june/02", "june/03"]
    assert machine.found(july, "is:read") == ["july/01"]
    assert "读过，1 篇" in machine.read(june, "list_history")
    for root in (june, july, may):
        assert "1：反诈 place:赤峰" in machine.read(root, "saved")


def test_search_finds_old_marks_before_the_library_is_opened(machine: Machine, tmp_path: Path) -> None:
    assert machine.found(library(tmp_path / "june", "june/01", "june/02"), "is:starred") == ["june/01"]


def test_article_added_later_gets_its_old_marks(machine: Machine, tmp_path: Path) -> None:
    root = library(tmp_path / "june", "june/02")
    assert machine.starred(root) == []
    library(root, "june/01")
    assert machine.starred(root) == ["june/01"]


def test_old_marks_changed_in_one_library_stay_in_others(machine: Machine, tmp_path: Path) -> None:
    one, other = library(tmp_path / "a", "june/01"), library(tmp_path / "b", "june/01")
    assert "不再收藏：" in machine.read(one, "1", "s")
    assert machine.starred(one) == []
    assert machine.starred(other) == ["june/01"]
    machine.read(one)
    assert machine.starred(one) == []


def test_old_changes_can_be_undone_in_each_library(machine: Machine, tmp_path: Path) -> None:
    july = library(tmp_path / "july", "july/01", "july/02")
    said = machine.read(july, "U", "U", "U")
    assert "撤销：收藏 1 篇" in said
    assert machine.starred(july) == []


def test_old_marks_are_exported_with_their_library(machine: Machine, tmp_path: Path) -> None:
    june = library(tmp_path / "june", "june/01", "june/02")
    out = machine.run("state", "export", "--library", str(june))[1]
    assert '"article": "june/01"' in out and "july" not in out and "gone" not in out


def test_marks_are_recovered_from_a_damaged_old_file(machine: Machine, tmp_path: Path) -> None:
    data = machine.state.read_bytes()
    at = data.rindex(b"visit_by_id") // 4096 * 4096
    machine.state.write_bytes(data[:at] + data[at : at + 4096] + data[at + 4096 : -4096] + b"\xff" * 4096)
    june = library(tmp_path / "june", "june/01", "june/02")
    assert machine.starred(june) == ["june/01"]
    assert list(machine.state.parent.glob("*damaged*"))
