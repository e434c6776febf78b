"""The index under damage, full disks, kills and concurrent programs: no answer is ever wrong."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.archive import Archive, archive, made_anew, searchable, shown
from tests.program import PATIENCE
from tests.test_indexer import PLACES
from torture import index as torture
from tui.catalogue import Catalogue
from tui.catalogue.database import folder
from tui.catalogue.writer_opening import open_writer
from tui.indexer import Indexer
from tui.library import Library

__all__ = ["archive"]

INDEX = """
import sys
from pathlib import Path
from tui.catalogue import Catalogue
from tui.indexer import Indexer
from tui.library import Library
if __name__ == "__main__":
    catalogue = Catalogue(Library(Path(sys.argv[1])))
    indexer = Indexer(catalogue, int(sys.argv[2]))
    print("ready", flush=True)
    indexer.run()
"""


def started(archive: Archive, processes: int = 0) -> "subprocess.Popen[str]":
    """Start another program that will index the library; return once it is about to begin."""
    program = archive.root.parent / "index.py"
    program.write_text(INDEX, "utf-8")
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}
    command = [sys.executable, str(program), str(archive.root), str(processes)]
    other = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    assert other.stdout is not None
    assert other.stdout.readline() == "ready\n"
    return other


def many(archive: Archive, count: int, name: str = "a", length: int = 60) -> None:
    body = "警情通报。" * length
    items = [archive.item(f"{at:05d}", PLACES[at % 8], f"{2000 + at % 20}", body=body) for at in range(count)]
    archive.lines(name, f"id: {name}\ntitle: 甲", items)


def ids(catalogue: Catalogue) -> set[str]:
    return {row.id for row in catalogue.listing().summaries(0, catalogue.total)}


def test_index_is_exact_after_its_indexer_was_killed_repeatedly(archive: Archive, tmp_path: Path) -> None:
    """Each run lives longer than the one before. What it leaves is consistent, and the next run continues from it."""
    many(archive, 1500)
    chance = random.Random(9)
    furthest = 0
    for life in range(6):
        other = started(archive)
        time.sleep(0.02 + chance.random() * 0.1 * (life + 1))
        other.send_signal(signal.SIGKILL)
        other.communicate()
        catalogue = archive.catalogue()
        listing = catalogue.listing()
        assert len(listing.summaries(0, len(listing))) == len(listing)
        assert catalogue.total >= furthest
        furthest = catalogue.total
        if life == 4:
            many(archive, 40, "b")
    catalogue = archive.indexed()
    assert shown(catalogue) == made_anew(archive.root, tmp_path)
    assert searchable(catalogue) == ids(catalogue)


def test_workers_exit_when_their_program_is_killed(archive: Archive) -> None:
    many(archive, 300, length=1000)
    other = started(archive, 2)
    deadline = time.monotonic() + PATIENCE
    while not (crew := children(other.pid)) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert crew
    other.send_signal(signal.SIGKILL)
    other.communicate()
    while any(alive(one) for one in crew) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not [one for one in crew if alive(one)]


def children(process: int) -> list[int]:
    path = Path(f"/proc/{process}/task/{process}/children")
    if not path.exists():
        pytest.skip("this system does not tell who began a process")
    return [int(one) for one in path.read_text().split()]


def alive(process: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except OSError:
        return False


def test_indexing_completes_when_a_worker_is_killed(archive: Archive, tmp_path: Path) -> None:
    many(archive, 300, length=1000)
    other = started(archive, 2)
    deadline = time.monotonic() + PATIENCE
    while len(crew := [one for one in children(other.pid) if "tui.indexer" in command(one)]) < 2:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    os.kill(crew[0], signal.SIGKILL)
    assert other.wait(60) == 0
    catalogue = archive.catalogue()
    assert catalogue.complete
    assert len(searchable(catalogue)) == 300


def command(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_text()
    except OSError:
        return ""


def test_concurrent_programs_make_one_index(archive: Archive) -> None:
    many(archive, 200)
    others = [started(archive) for _ in range(5)]
    assert [other.wait(60) for other in others] == [0] * 5
    catalogue = archive.catalogue()
    assert (catalogue.total, catalogue.complete) == (200, True)
    assert len(searchable(catalogue)) == 200
    assert len(list(folder(archive.root).glob("index-*.sqlite"))) == 1


def test_readers_see_a_growing_index_without_blocking(archive: Archive) -> None:
    many(archive, 800)
    looker = archive.catalogue()
    other = started(archive)
    seen = []
    while other.poll() is None:
        if looker.refresh():
            listing = looker.listing()
            assert len(listing.summaries(0, 50)) == min(50, len(listing))
            seen.append(looker.total)
    looker.refresh()
    seen.append(looker.total)
    assert seen == sorted(seen)
    assert (seen[-1], looker.complete) == (800, True)


@pytest.mark.parametrize("way", ["cut", "noise", "empty", "no database", "zeros"])
def test_damaged_index_is_discarded_and_rebuilt(way: str, archive: Archive, tmp_path: Path) -> None:
    many(archive, 300)
    catalogue = archive.indexed()
    path = Path(catalogue.home.path)
    catalogue.close()
    whole = path.read_bytes()
    noise = bytes(random.Random(1).randbytes(8192))
    path.write_bytes(
        {
            "cut": whole[: len(whole) // 2],
            "noise": whole[:4096] + noise * (len(whole) // 8192),
            "empty": b"",
            "no database": noise,
            "zeros": whole[:8192] + bytes(len(whole) - 8192),
        }[way]
    )
    again = archive.catalogue()
    again.listing().summaries(0, 10)
    assert Indexer(again, 0).run()
    assert shown(again) == made_anew(archive.root, tmp_path)
    assert searchable(again) == ids(again)


def test_damage_found_while_reading_empties_lists_until_the_rebuild(archive: Archive) -> None:
    many(archive, 400)
    catalogue = archive.indexed()
    listing = catalogue.listing()
    path = Path(catalogue.home.path)
    with path.open("r+b") as file:
        file.seek(8192)
        file.write(bytes(path.stat().st_size - 8192))
    catalogue.close()
    again = archive.catalogue()
    assert list(again.listing().summaries(0, 5)) == []
    assert again.refresh()
    assert Indexer(again, 0).run()
    assert again.total == 400
    assert len(listing) == 400


def test_index_is_made_elsewhere_when_the_cache_is_not_writable(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file, not a folder", "utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    many(archive, 50)
    catalogue = archive.indexed()
    second = catalogue.again()
    assert (catalogue.kept, catalogue.total, second.total, second.complete) == (False, 50, 50, True)
    path = Path(catalogue.home.path)
    assert path.exists()
    second.close()
    catalogue.close()
    assert not path.parent.exists()


def test_temporary_index_of_a_killed_program_is_removed(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    left, alive_still = tmp_path / f"ganews-tui-{ended.pid}-x", tmp_path / f"ganews-tui-{os.getpid()}-x"
    for folder_left in (left, alive_still):
        folder_left.mkdir()
        (folder_left / "index.sqlite").write_bytes(b"")
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null")
    many(archive, 5)
    assert archive.indexed().total == 5
    assert (left.exists(), alive_still.exists()) == (False, True)


def test_read_only_index_is_used_until_the_library_changes(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    many(archive, 50)
    archive.indexed().close()

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError("read only")

    monkeypatch.setattr("tui.locks.locked", refuse)
    catalogue = archive.indexed()
    assert (catalogue.kept, catalogue.total, catalogue.complete) == (True, 50, True)
    many(archive, 51)
    assert Indexer(catalogue, 0).run()
    assert catalogue.refresh()
    assert (catalogue.kept, catalogue.total, catalogue.complete) == (False, 51, True)


def test_index_is_kept_in_memory_when_nothing_is_writable(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> str:
        raise OSError("no room")

    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null")
    monkeypatch.setattr("tempfile.mkdtemp", refuse)
    many(archive, 50)
    catalogue = archive.indexed()
    assert catalogue.home.path.startswith("file:")
    assert (catalogue.again().total, len(catalogue.listing().summaries(0, 99))) == (50, 50)
    reading = catalogue.conn.execute("SELECT id FROM article")
    assert reading.fetchone()
    writer = open_writer(catalogue.home)
    writer.begin()
    writer.set_meta("seen", 1)
    writer.commit()
    writer.end()  # while the reader locks the table


def test_full_disk_moves_the_index_without_losing_articles(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page limit makes SQLite report the error that it reports when the disk is full."""
    from tui.catalogue import schema

    real = schema.connect

    def small(path: str, *, writing: bool = False, busy: float = 5.0) -> sqlite3.Connection:
        conn = real(path, writing=writing, busy=busy)
        if writing and "cache" in path:
            conn.execute("PRAGMA max_page_count = 60")
        return conn

    monkeypatch.setattr(schema, "connect", small)
    many(archive, 1000)
    catalogue = archive.indexed()
    assert not catalogue.kept
    catalogue.refresh()
    assert (catalogue.total, catalogue.complete) == (1000, True)
    assert len(searchable(catalogue)) == 1000


def test_libraries_of_the_same_name_have_separate_indexes(tmp_path: Path, archive: Archive) -> None:
    many(archive, 5)
    assert archive.indexed().total == 5
    other = Archive(tmp_path / "elsewhere" / "library")
    other.root.mkdir(parents=True)
    many(other, 3)
    assert other.indexed().total == 3
    assert Catalogue(Library(archive.root)).total == 5
    other.close()


def test_bytes_changed_anywhere_in_an_index_crash_nothing() -> None:
    """Undecodable titles and changed column names once escaped as errors."""
    assert torture.spoiled(random.Random(4), 20).remarks == ()
