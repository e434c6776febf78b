"""State, log and last screen are private to the user from the first byte."""

import os
import sqlite3
from pathlib import Path

import pytest

from tests.program import GANEWS, Program, environment


def modes(home: Path) -> dict[str, int]:
    """Return the modes of the state and cache folders and of the files in them."""
    folders = [home / "state/ganews-tui", home / "cache/ganews-tui"]
    files = [file for folder in folders for file in folder.glob("*")]
    every = (each for each in (*folders, *files) if each.exists())
    return {str(each.relative_to(home)): each.stat().st_mode & 0o777 for each in every}


def open_to_others(home: Path) -> dict[str, str]:
    return {name: oct(mode) for name, mode in modes(home).items() if mode & 0o077 or mode & 0o600 != 0o600}


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o277])
def test_state_and_last_screen_are_private_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        program = Program(GANEWS, env=environment(tmp_path))
    finally:
        os.umask(before)
    with program:
        program.wait_for("开鲁", 30)
        program.send("s")
        program.wait_for("✦")
        names = {Path(name).name for name in modes(tmp_path)}
        assert {"reading.sqlite", "reading.sqlite-wal", "reading.sqlite-shm"} <= names
        assert open_to_others(tmp_path) == {}
        program.send("j")  # clears the message about the star, since a screen with a message is not saved
        program.settle(0.5)
        program.send("q")
        assert program.wait() == 0
    assert any("last-screen" in name for name in modes(tmp_path))
    assert open_to_others(tmp_path) == {}


def test_state_readable_by_others_becomes_private(tmp_path: Path) -> None:
    """The log that a killed process left was readable by all users."""
    folder = tmp_path / "state/ganews-tui"
    folder.mkdir(parents=True, mode=0o755)
    conn = sqlite3.connect(folder / "reading.sqlite")
    conn.execute("pragma journal_mode = wal")
    with Program([*GANEWS, "search", "is:starred"], env=environment(tmp_path)) as program:
        program.wait()
        assert open_to_others(tmp_path) == {}
    conn.close()


@pytest.mark.parametrize("variable", ["XDG_CACHE_HOME", "XDG_STATE_HOME"])
def test_file_in_the_place_of_a_folder_keeps_its_mode(tmp_path: Path, variable: str) -> None:
    blocked = tmp_path / "device"
    blocked.touch()
    blocked.chmod(0o666)
    with Program(GANEWS, env=environment(tmp_path, **{variable: str(blocked)})) as program:
        program.wait_for("开鲁", 30)
        program.send("s")
        program.settle(0.5)
        program.send("q")
        assert program.wait() == 0
    assert blocked.stat().st_mode & 0o777 == 0o666
