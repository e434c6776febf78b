"""The state file: damaged, newer, foreign, read-only or shared, and after kills."""

import random
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ordinary_user import ordinary_rights
from torture import marks as torture
from tui.reading import Position, Reading, SavedSession, marks, migrations, sqlite_file, state_file

KAILU, CHIFENG = "2023-06/kailu", "2023-07/chifeng"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "reading.sqlite"


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Retry a failed file at once."""
    monkeypatch.setattr(state_file, "RETRY_SECONDS", 0.01)


@pytest.fixture
def marked(path: Path) -> Iterator[Path]:
    """Write a state file with every kind of row."""
    reading = Reading(path)
    reading.mark_read(KAILU)
    reading.star(CHIFENG)
    reading.remember_position(KAILU, Position(2, 7))
    reading.visit(KAILU)
    reading.remember_session("/srv/bulletins", SavedSession(KAILU))
    reading.close()
    yield path


def waiting(reading: Reading) -> bool:
    """Return whether marks are in memory only."""
    return not reading.writes_to_file


def tried_again() -> None:
    """Wait until the retry threads have run without another call."""
    while timers := [thread for thread in threading.enumerate() if isinstance(thread, threading.Timer)]:
        timers[0].join()


def test_state_is_complete_at_the_next_start(marked: Path) -> None:
    reading = Reading(marked)
    assert reading.is_read(KAILU) and reading.is_starred(CHIFENG)
    assert reading.position(KAILU) == Position(2, 7)
    assert reading.history() == [KAILU]
    assert reading.session("/srv/bulletins") == SavedSession(KAILU)
    reading.visit(CHIFENG)
    stop = reading.back()
    assert stop and stop.id == KAILU
    reading.close()


def test_marks_of_an_earlier_start_can_be_undone(marked: Path) -> None:
    reading = Reading(marked)
    undone = [change.ids for change in iter(reading.undo, None)]
    assert undone == [(CHIFENG,), (KAILU,)]
    reading.close()


def test_state_file_is_accessible_only_to_its_owner(marked: Path) -> None:
    assert marked.stat().st_mode & 0o077 == 0


def test_two_windows_see_each_others_marks(path: Path) -> None:
    one, other = Reading(path), Reading(path)
    one.changed()
    other.changed()
    one.mark_read(KAILU)
    assert other.changed() and not other.changed() and not one.changed()
    assert other.is_read(KAILU)
    one.close()
    other.close()


def test_undo_keeps_later_marks_of_another_window(path: Path) -> None:
    one, other = Reading(path), Reading(path)
    one.mark_all_read([KAILU, CHIFENG])
    other.toggle_read(KAILU)
    other.mark_read(KAILU)
    assert other.undo() and other.undo() and other.undo() is None
    other.toggle_read(KAILU)
    other.mark_read(KAILU)
    one.undo()
    assert one.read_among([KAILU, CHIFENG]) == {KAILU}
    one.close()
    other.close()


def test_ten_windows_marking_at_once_lose_nothing(path: Path) -> None:
    ids = [[f"{window}/{n}" for n in range(20)] for window in range(10)]

    def window(mine: list[str]) -> None:
        reading = Reading(path)
        for id in mine:
            reading.mark_read(id)
        reading.close()

    threads = [threading.Thread(target=window, args=(mine,)) for mine in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    reading = Reading(path)
    assert sum(len(page) for page in reading.all_read()) == 200
    assert reading.notices() == []
    reading.close()


@pytest.mark.parametrize(
    "content", [b"\xff" * 5000, b"", b"SQLite format 3\0" + b"\xff" * 4096, "不是数据库".encode() * 100]
)
def test_damaged_file_is_set_aside_and_reported_in_one_line(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    reading = Reading(path)
    reading.mark_read(KAILU)
    notices = reading.notices()
    reading.close()
    aside = list(path.parent.glob("reading-damaged-*.sqlite"))
    assert [file.read_bytes() for file in aside] == ([content] if content else [])
    assert len(notices) == len(aside)
    assert all(file.name in notice and "\n" not in notice for file, notice in zip(aside, notices, strict=True))
    reading = Reading(path)
    assert reading.is_read(KAILU) and reading.notices() == []
    reading.close()


def test_readable_rows_of_a_damaged_file_are_recovered(path: Path) -> None:
    """The last third of the file is missing. Marks are recovered from both ends."""
    reading = Reading(path)
    ids = [f"2023-06/{n:04}" for n in range(2000)]
    reading.mark_all_read(ids)
    reading.close()
    data = path.read_bytes()
    middle = len(data) // 2 // 4096 * 4096
    path.write_bytes(data[:middle] + b"\xff" * 4096 + data[middle + 4096 :])
    reading = Reading(path)
    kept = len(reading.read_among(ids))
    reading.close()
    assert 1500 < kept < 2000


def test_file_damaged_while_open_is_repaired(marked: Path) -> None:
    reading = Reading(marked)
    conn = sqlite3.connect(marked)
    conn.execute("pragma writable_schema = on")
    conn.execute("update sqlite_master set rootpage = 9999 where name = 'mark'")
    conn.execute("pragma schema_version = 77")
    conn.commit()
    conn.close()
    reading.star(KAILU)
    assert reading.is_starred(KAILU)
    assert len(reading.notices()) == 1
    reading.close()


def test_database_of_another_program_is_not_written_to(path: Path) -> None:
    path.parent.mkdir()
    conn = sqlite3.connect(path)
    conn.execute("create table mark (theirs)")
    conn.commit()
    conn.close()
    before = path.read_bytes()
    reading = Reading(path)
    reading.mark_read(KAILU)
    reading.close()
    (aside,) = path.parent.glob("reading-damaged-*.sqlite")
    assert aside.read_bytes() == before


def test_file_of_a_newer_version_is_read_but_not_changed(marked: Path) -> None:
    conn = sqlite3.connect(marked)
    conn.execute("pragma user_version = 999")
    conn.commit()
    conn.close()
    before = marked.read_bytes()
    reading = Reading(marked)
    assert reading.is_read(KAILU)
    assert reading.mark_read(CHIFENG) and reading.is_read(CHIFENG)
    assert not reading.writes_to_file and len(reading.notices()) == 1
    reading.close()
    assert marked.read_bytes() == before


def test_older_file_is_migrated_in_steps(marked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    later = "create table note (id text primary key); insert into note values ('一')"
    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, later))
    reading = Reading(marked)
    assert reading.is_read(KAILU) and reading.writes_to_file
    reading.close()
    conn = sqlite3.connect(marked)
    assert conn.execute("pragma user_version").fetchone() == (len(migrations.MIGRATIONS),)
    assert conn.execute("select id from note").fetchall() == [("一",)]
    conn.close()


def test_file_of_the_first_version_is_migrated(path: Path) -> None:
    path.parent.mkdir()
    conn = sqlite3.connect(path)
    conn.executescript(migrations.MIGRATIONS[0])
    conn.execute(f"pragma application_id = {migrations.APPLICATION_ID}")
    conn.execute("pragma user_version = 1")
    conn.execute("insert into mark values ('read', ?, 1, 1)", (KAILU,))
    conn.commit()
    conn.close()
    reading = Reading(path)
    assert reading.is_read(KAILU) and reading.writes_to_file and reading.notices() == []
    reading.close()


def test_failed_migration_leaves_the_file_unchanged(marked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = "create table note (id text primary key); insert into nowhere values (1)"
    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, broken))
    conn = sqlite_file.connect(str(marked))
    with pytest.raises(sqlite3.Error):
        migrations.migrate(conn)
    assert conn.execute("pragma user_version").fetchone() == (len(migrations.MIGRATIONS) - 1,)
    assert conn.execute("select 1 from sqlite_master where name = 'note'").fetchall() == []
    conn.close()


@pytest.mark.usefixtures("impatient")
def test_marks_stay_in_memory_until_the_folder_is_writable(tmp_path: Path) -> None:
    in_the_way = tmp_path / "state"
    in_the_way.write_text("a file where the folder should be")
    path = in_the_way / "reading.sqlite"
    reading = Reading(path)
    reading.mark_read(KAILU)
    reading.mark_all_read(f"2023-06/{n}" for n in range(700))
    reading.star(CHIFENG)
    reading.undo()
    assert reading.is_read(KAILU) and not reading.is_starred(CHIFENG)
    (notice,) = reading.notices()
    assert waiting(reading) and str(path) in notice

    in_the_way.unlink()
    reading.toggle_read("2023-06/5")
    tried_again()
    assert not waiting(reading) and len(reading.notices()) == 1
    reading.close()
    reading = Reading(path)
    assert reading.is_read(KAILU) and not reading.is_starred(CHIFENG)
    assert sum(len(page) for page in reading.all_read()) == 700
    reading.close()


@pytest.mark.parametrize("closed", [True, False], ids=["closed", "log left behind"])
def test_state_in_a_read_only_folder_is_read_and_markable(path: Path, tmp_path: Path, closed: bool) -> None:
    reading = Reading(path)
    reading.mark_read(KAILU)
    folder = tmp_path / "read-only"
    if closed:
        reading.close()
    shutil.copytree(path.parent, folder)
    reading.close()
    for file in folder.iterdir():
        file.chmod(0o444)
    folder.chmod(0o555)
    with ordinary_rights():
        reading = Reading(folder / path.name)
        assert reading.is_read(KAILU)
        assert reading.mark_read(CHIFENG) and reading.is_read(CHIFENG)
        assert waiting(reading) and len(reading.notices()) == 1
        reading.close()


@pytest.mark.usefixtures("impatient")
def test_close_retries_pending_writes(tmp_path: Path) -> None:
    in_the_way = tmp_path / "state"
    in_the_way.write_text("")
    reading = Reading(in_the_way / "reading.sqlite")
    reading.mark_read(KAILU)
    in_the_way.unlink()
    reading.close()
    reading = Reading(in_the_way / "reading.sqlite")
    assert reading.is_read(KAILU)
    reading.close()


@pytest.mark.usefixtures("impatient")
def test_marks_work_while_another_program_locks_the_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_file, "BUSY_MS", 20)
    monkeypatch.setattr(sqlite_file, "OPEN_MS", 20)
    reading = Reading(path)
    reading.mark_read(KAILU)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("begin exclusive")
    reading.star(CHIFENG)
    assert reading.is_starred(CHIFENG) and reading.is_read(KAILU)
    assert waiting(reading) and len(reading.notices()) == 1
    holder.execute("rollback")
    holder.close()
    tried_again()
    assert not waiting(reading) and reading.is_starred(CHIFENG)
    assert len(reading.notices()) == 1
    reading.close()


@pytest.mark.usefixtures("impatient")
def test_file_locked_at_the_start_is_not_treated_as_damaged(marked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The state is readable, marks are saved when the lock is free, and the file stays in place."""
    monkeypatch.setattr(sqlite_file, "OPEN_MS", 20)
    holder = sqlite3.connect(marked, isolation_level=None)
    holder.execute("pragma locking_mode = exclusive")
    holder.execute("begin exclusive")
    holder.execute("update mark set is_on = is_on")
    reading = Reading(marked)
    assert waiting(reading) and reading.is_read(KAILU)
    reading.star(KAILU)
    holder.execute("rollback")
    holder.close()
    tried_again()
    assert not waiting(reading)
    assert reading.starred() == [KAILU, CHIFENG]
    assert not list(marked.parent.glob("*damaged*"))
    reading.close()


def test_file_replaced_during_opening_is_reopened(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another window sets the damaged file aside between opening it and reading its identity."""
    Reading(path).close()
    open_file = sqlite_file.open_file

    def opened_as_it_goes(name: Path, patience: int | None = None) -> sqlite3.Connection:
        conn = open_file(name, patience)
        monkeypatch.undo()
        sqlite_file.set_aside(name)
        Reading(name).close()
        return conn

    monkeypatch.setattr(sqlite_file, "open_file", opened_as_it_goes)
    reading = Reading(path)
    reading.star(KAILU)
    reading.close()
    reading = Reading(path)
    assert reading.starred() == [KAILU]
    reading.close()


def test_deleted_file_is_created_again(marked: Path) -> None:
    reading = Reading(marked)
    for part in ("", "-wal", "-shm"):
        Path(f"{marked}{part}").unlink(missing_ok=True)
    reading.mark_read(CHIFENG)
    reading.close()
    reading = Reading(marked)
    assert reading.is_read(CHIFENG)
    reading.close()


def test_commit_is_synced_within_a_second(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waited = threading.Event()
    monkeypatch.setattr(sqlite_file, "sync_to_disk", lambda _path: waited.set())
    reading = Reading(path)
    reading.mark_read(KAILU)
    assert state_file.SYNC_SECONDS < 1 and waited.wait(10)
    reading.close()


def test_closing_window_loses_no_marks_of_an_open_one(path: Path) -> None:
    """Syncing once released the locks of the open window. The closing window then removed the log in use."""
    code = "from tui.reading import Reading; import sys; r = Reading(sys.argv[1]); print(*r.starred()); r.close()"

    def other_window() -> list[str]:
        command = [sys.executable, "-c", code, str(path)]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()

    reading = Reading(path)
    reading.star(KAILU)
    sqlite_file.sync_to_disk(path)
    assert other_window() == [KAILU]
    reading.star(CHIFENG)
    assert other_window() == [CHIFENG, KAILU]
    reading.close()


def test_windows_undo_their_own_changes_after_a_clock_change(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Reading(path).star("2023-07/tuoketuo")
    monkeypatch.setattr(time, "time_ns", lambda: 5)
    one, other = Reading(path), Reading(path)
    one.star(KAILU)
    other.star(CHIFENG)
    assert other.starred() == [CHIFENG, KAILU, "2023-07/tuoketuo"]
    one.undo()
    assert other.starred() == [CHIFENG, "2023-07/tuoketuo"]
    other.undo()
    assert other.starred() == ["2023-07/tuoketuo"]
    one.close()
    other.close()


def test_undo_of_a_deleted_change_is_no_error() -> None:
    """Another window may have repaired the file since, or deleted the oldest changes."""
    conn = sqlite3.connect(":memory:", isolation_level=None)
    migrations.migrate(conn)
    context = marks.MarkContext(7, "window", 0, "device", "host")
    marks.undo_change(conn, 0, context)
    marks.redo_change(conn, 0, context)
    assert not conn.execute("select * from mark").fetchall()


def test_clock_set_back_keeps_the_order_of_marks(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reading = Reading(path)
    reading.star(KAILU)
    reading.visit(KAILU)
    monkeypatch.setattr(time, "time_ns", lambda: 5)
    reading.star(CHIFENG)
    reading.visit(CHIFENG)
    assert reading.starred() == [CHIFENG, KAILU]
    assert reading.history() == [CHIFENG, KAILU]
    reading.close()
    reading = Reading(path)
    reading.visit("2023-07/tuoketuo")
    reading.star("2023-07/tuoketuo")
    assert reading.history()[0] == reading.starred()[0] == "2023-07/tuoketuo"
    reading.close()


@pytest.mark.slow
@pytest.mark.parametrize("windows", [1, 2])
def test_killed_process_loses_no_reported_mark(windows: int) -> None:
    """`make torture` runs more rounds."""
    rng = random.Random(windows)
    assert [torture.killed(rng, windows) for _ in range(6)] == [""] * 6


@pytest.mark.slow
def test_windows_that_start_together_accept_each_others_file() -> None:
    """The header was once read in three steps, and another window wrote between them."""
    rng = random.Random(6)
    assert [torture.four_at_once(rng) for _ in range(4)] == [""] * 4


def test_truncated_log_keeps_all_marks_up_to_a_moment() -> None:
    rng = random.Random(3)
    assert [torture.torn(rng) for _ in range(20)] == [""] * 20


def test_program_starts_and_marks_after_any_damage() -> None:
    rng = random.Random(4)
    assert [torture.damaged(rng) for _ in range(16)] == [""] * 16


def test_marks_stay_in_memory_while_the_disk_is_full() -> None:
    rng = random.Random(5)
    assert [torture.full_disk(rng) for _ in range(3)] == [""] * 3


def test_interrupted_write_leaves_no_transaction_open(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C in the linear mode may come between any two statements of a write."""
    reading = Reading(path)
    real = marks.set_marks

    def interrupted(*given: object, **named: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(marks, "set_marks", interrupted)
    with pytest.raises(KeyboardInterrupt):
        reading.mark_read(KAILU)
    monkeypatch.setattr(marks, "set_marks", real)
    reading._store._conn.execute("begin immediate")  # as if a second interrupt had cut the rollback off
    assert reading.mark_read(KAILU) and reading.is_read(KAILU)
    reading.close()
    again = Reading(path)
    assert again.is_read(KAILU)
    again.close()


def test_long_log_is_copied_into_the_file_by_the_thread_that_syncs_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(state_file, "SYNC_SECONDS", 60)
    reading = Reading(path)
    articles = [f"2023-06/{number:06}" for number in range(40_000)]
    reading.mark_all_read(articles)
    log = Path(f"{path}-wal")
    assert log.stat().st_size > sqlite_file.MAX_LOG_BYTES > path.stat().st_size
    sqlite_file.shorten_log(path)
    reading.star(KAILU)
    assert path.stat().st_size > 1 << 20 and reading.is_starred(KAILU)
    shutil.copy(path, path.with_name("copy.sqlite"))
    copy = Reading(path.with_name("copy.sqlite"))
    assert sum(len(page) for page in copy.all_read()) == len(articles)
    copy.close()
    reading.close()


def test_missing_log_is_left_alone(path: Path) -> None:
    sqlite_file.shorten_log(path)
    assert not path.exists()
