"""A state file that is temporarily unusable: it is left alone, and the state is complete afterwards."""

import errno
import sqlite3
from pathlib import Path

import pytest

from tests.failing_calls import failing
from tests.marked_libraries import Machine, library
from tui.reading import Position, Reading, sqlite_file


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path / "home")


@pytest.mark.parametrize("times", [1, 4, 1_000_000], ids=["once", "four times", "from then on"])
@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC, errno.EACCES, errno.ENOMEM], ids=errno.errorcode.get)
def test_state_file_is_unchanged_when_any_system_call_fails(
    machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, times: int
) -> None:
    monkeypatch.setattr(sqlite_file, "OPEN_MS", 20)
    root = library(tmp_path / "a", "june/01", "june/02")
    machine.star(root)
    assert machine.found(root, "is:starred") == ["june/01"]
    sqlite3.connect(machine.state).execute("pragma wal_checkpoint(truncate)").connection.close()
    held = machine.state.read_bytes()
    with failing(machine.state.parent) as plan:
        if plan is None:
            pytest.skip("SQLite's system calls cannot be replaced here")
        plan.number, first = number, 0
        plan.spared = frozenset({"fcntl"}) if times > 4 else frozenset()  # SQLite waits ten seconds for locks
        while (plan.failed or not first) and first < 300:
            first += 1 if number == errno.EIO or first < 2 else 3
            plan.first, plan.count, plan.times, plan.failed = first, 0, times, []
            found, said = machine.searched(root, "is:starred")
            tried = f"call {first}, {plan.failed[:3]}: {said}"
            plan.times = 0
            assert found in ([], ["june/01"]), tried
            assert "程序出错" not in said, tried
            assert machine.state.read_bytes() == held, tried
            assert not list(machine.state.parent.glob("*damaged*")), tried
            assert machine.found(root, "is:starred") == ["june/01"], tried
        assert first > 20


@pytest.mark.parametrize("block", [object(), None, 1 << 80], ids=["a type", "nothing", "a size"])
def test_programming_error_reaches_the_caller_and_keeps_the_file(tmp_path: Path, block: int) -> None:
    """Such an error was once treated as damage."""
    path = tmp_path / "reading.sqlite"
    reading = Reading(path)
    reading.star("june/01")
    with pytest.raises((sqlite3.Error, OverflowError)):
        reading.remember_position("june/01", Position(block, 0))
    assert reading.is_starred("june/01") and reading.writes_to_file and reading.notices() == []
    reading.close()
    assert not list(tmp_path.glob("*damaged*"))
    again = Reading(path)
    assert again.is_starred("june/01")
    again.close()
