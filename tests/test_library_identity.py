"""Marks, positions and history belong to a library, which is recognised by its content and path."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.marked_libraries import Machine, library
from tests.program import GANEWS, Program, environment

IDS = ("june/01", "june/02", "june/03", "july/01", "july/02")


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path / "home")


def copied(root: Path, to: str) -> Path:
    return Path(shutil.copytree(root, root.parent / to))


OTHERS: dict[str, Callable[[Path], Path]] = {
    "other articles under the same ids": lambda root: library(root.parent / "b", *IDS, title="另一个"),
    "one of the ids": lambda root: library(root.parent / "b", "june/01", text="另一个库。"),
    "a copy": lambda root: copied(root, "b"),
    "a copy within": lambda root: Path(shutil.copytree(root / "june", root.parent / "b" / "june")).parent,
}


@pytest.mark.parametrize("other", OTHERS)
@pytest.mark.parametrize("seen_before", [True, False], ids=["seen before", "new"])
def test_marks_of_a_library_do_not_appear_in_another(
    machine: Machine, tmp_path: Path, other: str, seen_before: bool
) -> None:
    first = library(tmp_path / "a", *IDS)
    if seen_before:
        machine.read(first)
        second = OTHERS[other](first)
        machine.read(second)
    machine.star(first)
    (starred,) = machine.starred(first)
    second = second if seen_before else OTHERS[other](first)
    assert machine.starred(second) == []
    assert starred not in machine.found(second, "is:read")
    assert "读过，0 篇" in machine.read(second, "list_history")
    assert "没有可撤销的。" in machine.read(second, "U")
    assert machine.starred(first) == [starred]


def renamed(root: Path) -> Path:
    return root.rename(root.with_name("renamed"))


def moved(root: Path) -> Path:
    to = root.parent / "elsewhere/deep"
    to.parent.mkdir()
    return root.rename(to)


def moved_to_another_disk(root: Path) -> Path:
    to = copied(root, "disk")
    shutil.rmtree(root)
    return to


def restored(root: Path) -> Path:
    aside = copied(root, "aside")
    shutil.rmtree(root)
    return aside.rename(root)


def written_again(root: Path) -> Path:
    """Rewrite the library as a generator would: the same files with other text."""
    shutil.rmtree(root)
    return library(root, *IDS, text="重新生成。")


def grown(root: Path) -> Path:
    return moved_to_another_disk(library(root, *(f"august/{n:02}" for n in range(40))))


def changed(root: Path) -> Path:
    """Correct one article, and move the library."""
    article = root / "june/01.md"
    article.write_text(article.read_text("utf-8") + "\n更正。\n", "utf-8")
    return moved_to_another_disk(root)


def replaced_by_another(root: Path) -> Path:
    """Move the library away and put another one at its path."""
    away = root.rename(root.with_name("away"))
    library(root, "may/01", "may/02", text="别的。")
    return away


@pytest.mark.parametrize(
    "fate",
    [renamed, moved, moved_to_another_disk, restored, written_again, grown, changed, replaced_by_another],
    ids=lambda fate: fate.__name__,
)
def test_marks_stay_with_a_library_that_changes(machine: Machine, tmp_path: Path, fate: Callable[[Path], Path]) -> None:
    root = library(tmp_path / "a", *IDS)
    machine.star(root)
    before = machine.starred(root)
    now = fate(root)
    assert machine.starred(now) == before
    assert len(machine.found(now, "is:read")) == 1
    assert "读过，1 篇" in machine.read(now, "list_history")


def test_another_library_at_a_former_librarys_path_has_no_marks(machine: Machine, tmp_path: Path) -> None:
    root = library(tmp_path / "a", *IDS)
    machine.star(root)
    shutil.rmtree(root)
    library(root, "may/01", "may/02", text="别的。")
    assert machine.starred(root) == []


def test_replaced_articles_with_the_same_names_have_no_marks(machine: Machine, tmp_path: Path) -> None:
    root = library(tmp_path / "a", *IDS)
    machine.star(root)
    shutil.rmtree(root)
    library(root, *IDS, title="另一份")
    assert machine.starred(root) == []
    assert machine.found(root, "is:read") == []


def test_rewritten_jsonl_file_keeps_its_marks(machine: Machine, tmp_path: Path) -> None:
    """A new first article moves every line."""
    root = tmp_path / "a"
    lines = [json.dumps({"id": f"{n:02}", "title": [f"第{n}期"], "body": "民警走进社区。"}) + "\n" for n in range(9)]
    write_lines(root, lines[1:])
    machine.star(root)
    before = machine.starred(root)
    write_lines(root, lines)
    assert machine.starred(root) == before


def write_lines(root: Path, lines: list[str]) -> None:
    (root / "june").mkdir(parents=True, exist_ok=True)
    (root / "june/bulletin.yaml").write_text("id: june\ntitle: 简报\n", "utf-8")
    (root / "june/articles.jsonl").write_text("".join(lines), "utf-8")


def test_libraries_that_swap_paths_keep_their_marks(machine: Machine, tmp_path: Path) -> None:
    one, other = library(tmp_path / "a", *IDS), library(tmp_path / "b", *IDS)
    machine.star(one)
    machine.star(other, 2)
    of_one, of_other = machine.starred(one), machine.starred(other)
    assert of_one != of_other
    aside = one.rename(tmp_path / "aside")
    other.rename(one)
    aside.rename(other)
    assert (machine.starred(other), machine.starred(one)) == (of_one, of_other)


def test_copy_has_its_own_marks_after_the_original_is_reopened(machine: Machine, tmp_path: Path) -> None:
    one = library(tmp_path / "a", *IDS)
    machine.star(one)
    other = copied(one, "b")
    machine.star(other, 2)
    assert len(machine.starred(one)) == len(machine.starred(other)) == 1
    assert machine.starred(one) != machine.starred(other)


def test_copy_of_a_moved_library_has_its_own_marks(machine: Machine, tmp_path: Path) -> None:
    one = library(tmp_path / "a", *IDS)
    machine.star(one)
    now = moved_to_another_disk(one)
    assert len(machine.starred(now)) == 1
    assert machine.starred(copied(now, "b")) == []
    assert len(machine.starred(now)) == 1


def test_star_set_in_the_app_appears_in_its_library_only(tmp_path: Path) -> None:
    one, other = library(tmp_path / "a", "june/01"), library(tmp_path / "b", "june/01", title="别的")
    env = environment(tmp_path / "home")
    shown = []
    for root, key in ((one, "s"), (other, "j"), (one, "j")):
        with Program([*GANEWS, str(root)], env=env) as program:
            program.wait_for("01", 30)
            program.settle(0.3)
            program.send(key)
            program.settle(0.3)
            shown.append("✦" in program.screen.text())
            program.send("q")
            assert program.wait() == 0
    assert shown == [True, False, True]


def test_reading_writes_nothing_into_a_library(machine: Machine, tmp_path: Path) -> None:
    root = library(tmp_path / "a", *IDS)
    before = sorted(path.name for path in root.rglob("*"))
    machine.star(root)
    machine.starred(root)
    assert sorted(path.name for path in root.rglob("*")) == before


def test_saved_search_appears_in_every_library(machine: Machine, tmp_path: Path) -> None:
    one, other = library(tmp_path / "a", *IDS), library(tmp_path / "b", "may/01")
    machine.read(one, "社区", "save_search")
    assert "1：社区" in machine.read(other, "saved")


@pytest.mark.skipif(os.geteuid() != 0 and not hasattr(os, "mkfifo"), reason="no pipes here")
def test_pipe_in_place_of_the_marker_does_not_block(machine: Machine, tmp_path: Path) -> None:
    root = library(tmp_path / "a", *IDS)
    os.mkfifo(root / ".ganews-tui-library")
    machine.star(root)
    assert len(machine.starred(root)) == 1
