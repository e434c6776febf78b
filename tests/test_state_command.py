"""`ganews-tui state`: two machines end with the same marks, in whatever order they merge."""

import itertools
import json
import random
import shutil
from pathlib import Path

import pytest

from tests.marked_libraries import Machine, library
from tui.reading import Reading

IDS = ("june/01", "june/02", "june/03", "july/01", "july/02")
MINE, THEIRS = "2026-01-01T00:00:00.000000Z", "2026-01-02T00:00:00.000000Z"


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path / "home")


@pytest.fixture
def other(tmp_path: Path) -> Machine:
    return Machine(tmp_path / "other home")


def exported(machine: Machine, root: Path, into: Path) -> Path:
    status, _out, err = machine.run("state", "export", "--library", str(root), "--into", str(into), "--replace")
    assert status == 0, err
    return into


def merged(machine: Machine, root: Path, *files: Path) -> str:
    status, out, err = machine.run("state", "merge", *map(str, files), "--library", str(root))
    assert status == 0, err
    return out


def marks(file: Path) -> set[str]:
    """Return the marks in an export, without the line that identifies the library."""
    return set(file.read_text("utf-8").splitlines()[1:])


def test_marks_merge_on_a_machine_with_another_library_path(machine: Machine, other: Machine, tmp_path: Path) -> None:
    here, there = library(tmp_path / "a", *IDS), library(tmp_path / "deep/b", *IDS)
    machine.star(here)
    machine.read(here, "社区", "save_search")
    merged(other, there, exported(machine, here, tmp_path / "marks"))
    assert other.starred(there) == machine.starred(here) != []
    assert other.found(there, "is:read") == machine.found(here, "is:read")
    assert "1：社区" in other.read(there, "saved")


def test_undo_on_another_machine_counts_after_its_mark(machine: Machine, other: Machine, tmp_path: Path) -> None:
    here = library(tmp_path / "a", *IDS)
    machine.star(here)
    merged(other, here, exported(machine, here, tmp_path / "first"))
    assert "撤销：" in machine.read(here, "U")
    assert machine.starred(here) == []
    merged(other, here, exported(machine, here, tmp_path / "second"))
    merged(other, here, tmp_path / "first")
    assert other.starred(here) == []


def test_undo_keeps_later_marks_from_a_merge(machine: Machine, tmp_path: Path) -> None:
    here = library(tmp_path / "a", *IDS)
    machine.star(here)
    (id,) = machine.starred(here)
    file = tmp_path / "marks"
    file.write_text(json.dumps({"kind": "star", "article": id, "is_on": True, "at": THEIRS, "device": "x"}), "utf-8")
    later = tmp_path / "later"
    later.write_text(file.read_text("utf-8").replace("2026-01-02", "9999-01-02"), "utf-8")
    merged(machine, here, file)
    merged(machine, here, later)
    machine.read(here, "U")
    assert machine.starred(here) == [id]


def random_marks(state: Path, root: Path, seed: int, times: int) -> None:
    """Mark and undo at random, as a window does."""
    rng = random.Random(seed)
    reading = Reading(state, root)
    ids = [f"june/{n:04}" for n in range(400)]
    for _time in range(times):
        match rng.randrange(8):
            case 0:
                reading.undo()
            case 1:
                reading.redo()
            case 2:
                reading.mark_all_read(rng.sample(ids, 20))
            case 3:
                reading.save_search(rng.choice(ids)) or reading.forget_search(rng.choice(ids))
            case _:
                (reading.toggle_star if rng.random() < 0.5 else reading.toggle_read)(rng.choice(ids))
    reading.close()


def test_merging_copies_gives_the_same_marks_in_any_order(tmp_path: Path) -> None:
    """Two copies of one state get 10,000 random marks and undos."""
    root = library(tmp_path / "a", *IDS)
    first, second, third = (Machine(tmp_path / name) for name in ("first", "second", "third"))
    random_marks(first.state, root, 0, 200)
    start = exported(first, root, tmp_path / "start")
    for machine in (second, third):
        merged(machine, root, start)
    files = []
    for seed, machine in enumerate((first, second, third), 1):
        random_marks(machine.state, root, seed, 3300)
        files.append(exported(machine, root, tmp_path / f"{seed}"))
    results = set()
    for number, order in enumerate(itertools.permutations(files)):
        merging = Machine(tmp_path / f"merging {number}")
        merged(merging, root, *order, order[0])
        results.add(frozenset(marks(exported(merging, root, tmp_path / "result"))))
    for machine, order in zip((first, second, third), itertools.permutations(files), strict=False):
        merged(machine, root, *order)
        results.add(frozenset(marks(exported(machine, root, tmp_path / "result"))))
    (result,) = results
    assert len(result) > 500


def test_future_mark_times_are_capped_and_local_marks_count_later(machine: Machine, tmp_path: Path) -> None:
    here = library(tmp_path / "a", *IDS)
    file = tmp_path / "marks"
    mark = {"kind": "star", "article": "june/01", "is_on": True, "at": "9999-12-31T00:00:00Z", "device": "x"}
    file.write_text(json.dumps(mark), "utf-8")
    merged(machine, here, file)
    assert "9999" not in exported(machine, here, tmp_path / "out").read_text("utf-8")
    reading = Reading(machine.state, here)
    assert not reading.toggle_star("june/01")
    reading.close()
    merged(machine, here, tmp_path / "out")
    assert machine.starred(here) == []


BAD = {
    "no JSON": "star june/01",
    "a list": "[]",
    "nested": "[" * 50_000,
    "an unknown kind": json.dumps({"kind": "x", "article": "a", "is_on": True, "at": MINE, "device": ""}),
    "no article": json.dumps({"kind": "star", "article": 1, "is_on": True, "at": MINE, "device": ""}),
    "no truth": json.dumps({"kind": "star", "article": "a", "is_on": 1, "at": MINE, "device": ""}),
    "no time": json.dumps({"kind": "star", "article": "a", "is_on": True, "at": "x", "device": ""}),
    "a time of no zone": json.dumps({"kind": "star", "article": "a", "is_on": True, "at": MINE[:-1], "device": ""}),
    "a device that is no name": json.dumps(
        {"kind": "star", "article": "a", "is_on": True, "at": MINE, "device": "\x1b"}
    ),
    "a long line": json.dumps({"kind": "star", "article": "a" * 3_000_000, "is_on": True, "at": MINE, "device": ""}),
}


@pytest.mark.parametrize(
    "samples", ["x", [[1]], [["../a/june/01.md", 0, 99, "", ""]], [["/etc/passwd", -1, 1 << 99, "", ""]] * 99, {"a": 1}]
)
def test_merge_treats_invalid_samples_as_another_library(machine: Machine, tmp_path: Path, samples: object) -> None:
    here = library(tmp_path / "a", *IDS)
    (tmp_path / "marks").write_text(json.dumps({"library": "a" * 32, "samples": samples}), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(here)
        settings = machine.home / "XDG_CONFIG_HOME/ganews-tui/config.yaml"
        settings.parent.mkdir(parents=True)
        settings.write_text(f"libraries: [{here}]\n", "utf-8")
        status, _out, err = machine.run("state", "merge", str(tmp_path / "marks"))
    assert status == 2 and len(err.splitlines()) == 1


@pytest.mark.parametrize("bad", BAD)
def test_merge_rejects_a_file_with_a_bad_line_completely(machine: Machine, tmp_path: Path, bad: str) -> None:
    here = library(tmp_path / "a", *IDS)
    good = json.dumps({"kind": "star", "article": "june/01", "is_on": True, "at": MINE, "device": "x"})
    (tmp_path / "marks").write_text(f"{good}\n{BAD[bad]}\n", "utf-8")
    status, _out, err = machine.run("state", "merge", str(tmp_path / "marks"), "--library", str(here))
    assert status == 2 and "第 2 行" in err and len(err.splitlines()) == 1
    assert machine.starred(here) == []


def test_merge_refuses_marks_of_another_library_without_the_option(
    machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, elsewhere = library(tmp_path / "a", *IDS), library(tmp_path / "b", *IDS, title="别的")
    machine.star(elsewhere)
    file = exported(machine, elsewhere, tmp_path / "marks")
    settings = machine.home / "XDG_CONFIG_HOME/ganews-tui/config.yaml"
    settings.parent.mkdir(parents=True)
    settings.write_text(f"libraries: [{here}]\n", "utf-8")
    status, _out, err = machine.run("state", "merge", str(file))
    assert status == 2 and "--library" in err
    assert machine.starred(here) == []
    merged(machine, here, file)
    assert machine.starred(here) == machine.starred(elsewhere)


def test_identified_library_is_recognised_in_any_folder(machine: Machine, other: Machine, tmp_path: Path) -> None:
    here = library(tmp_path / "a", *IDS)
    machine.star(here)
    before = {path.name for path in here.iterdir()}
    assert machine.run("state", "identify", "--library", str(here))[0] == 0
    assert {path.name for path in here.iterdir()} - before == {".ganews-tui-library"}
    assert machine.run("state", "identify", "--library", str(here))[0] == 1
    there = here.rename(tmp_path / "moved")
    for path in there.rglob("*.md"):
        path.write_text("---\ntitle: [全都变了]\n---\n\n新的。\n", "utf-8")
    assert len(machine.starred(there)) == 1
    ids = machine.run("state", "status", "--library", str(there))[1]
    assert (there / ".ganews-tui-library").read_text().strip() in ids
    assert (there / ".ganews-tui-library").read_text().strip() in other.run("state", "status", "--library", str(there))[
        1
    ]


def test_marker_from_another_machine_adopts_the_local_marks(machine: Machine, other: Machine, tmp_path: Path) -> None:
    """Both machines have read and merged the library before one of them identifies it."""
    here, there, copy = (library(tmp_path / name, *IDS) for name in "abc")
    machine.star(here)
    other.star(there, 2)
    machine.run("state", "identify", "--library", str(here))
    merged(other, copy, exported(machine, here, tmp_path / "marks"))
    assert len(other.starred(there)) == len(other.starred(copy)) == 1
    shutil.copy(here / ".ganews-tui-library", there)
    assert len(other.starred(there)) == 2


def test_identify_reports_a_read_only_library_in_one_line(machine: Machine, tmp_path: Path) -> None:
    here = library(tmp_path / "a", *IDS)
    (here / ".ganews-tui-library").mkdir()
    status, _out, err = machine.run("state", "identify", "--library", str(here))
    assert status == 2 and len(err.splitlines()) == 1
