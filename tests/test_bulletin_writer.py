"""Bulletins are replaced as a whole, also if the file system cannot exchange two folders in one step."""

import fcntl
from pathlib import Path

import pytest

from tui.library import bulletin_writer
from tui.library.bulletin_writer import BulletinWriter

OLD, NEW = {"bulletin.yaml": "title: 旧\n", "1.md": "旧"}, {"bulletin.yaml": "title: 新\n", "2.md": "新"}


@pytest.fixture(params=[True, False], ids=["in-one-step", "in-two"])
def library(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    if not request.param:
        monkeypatch.setattr(bulletin_writer, "atomic_swap", lambda one, other: False)
    return tmp_path


def test_bulletin_is_added_replaced_undone_and_redone(library: Path) -> None:
    place = BulletinWriter(library, "june")
    place.put(OLD)
    assert place.texts() == OLD
    place.put(NEW)
    assert place.texts() == NEW
    for expected in (OLD, NEW, OLD):
        assert place.undo()
        assert place.texts() == expected


def test_interrupted_replacement_is_repaired(library: Path) -> None:
    place = BulletinWriter(library, "june")
    place.put(OLD)
    place.put(NEW)
    place.folder.rename(library / ".replaced" / "june.aside")
    place.recover()
    assert place.texts() == NEW


def test_half_written_bulletin_is_never_used(library: Path) -> None:
    place = BulletinWriter(library, "june")
    half = library / ".replaced" / "june.writing"
    half.mkdir(parents=True)
    (half / "1.md").write_text("半", encoding="utf-8")
    assert not place.undo()
    place.put(NEW)
    assert place.texts() == NEW


def test_hidden_folder_is_not_a_bulletin(library: Path) -> None:
    from tui.library import open_library

    place = BulletinWriter(library, "june")
    place.put(OLD)
    place.put(NEW)
    assert {file.bulletin for file in open_library(library).files()} == {"june"}


def test_two_programs_do_not_write_at_the_same_time(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two programs once wrote into one folder, and the result was a bulletin of two pages."""
    place = BulletinWriter(library, "june")
    place.put(OLD)
    monkeypatch.setattr(bulletin_writer, "PATIENCE", 0.05)
    with (library / ".replaced/.lock").open() as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(OSError, match="另一个程序"):
            place.put(NEW)
        with pytest.raises(OSError, match="另一个程序"):
            place.undo()
    assert place.texts() == OLD
    place.put(NEW)
    assert place.texts() == NEW
    assert bulletin_writer.last_imported(library) == "june"
