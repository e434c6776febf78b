"""Files that the program writes itself: the last screen, the reading state, and ids that are any text."""

import os
from pathlib import Path

from tui.paths import cache_folder
from tui.reading import Position, Reading, SavedSession
from tui.terminal import last_screen

from . import Target, Targets, text_of


def targets(folder: Path) -> Targets:
    """Return the targets for damaged files in the cache and state folders."""
    os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
    last_screen.keep("\x1b[1;1H禁毒" * 200, (120, 36), 1, [str(folder / "reading.sqlite")])
    screen = Path(last_screen._file())
    state = folder / "reading.sqlite"
    corpus = [screen.read_bytes(), _state(state)]
    return {
        "last screens": Target(lambda data: _screen(data, screen), corpus[:1]),
        "state files": Target(lambda data: _opened(data, state), corpus[1:]),
        "ids and queries kept": Target(_kept, ["2023-06/开鲁".encode(), b"a/b", "反诈 place:赤峰".encode()]),
    }


def _state(path: Path) -> bytes:
    reading = Reading(path)
    for number in range(40):
        reading.mark_read(f"2023-06/{number}")
        reading.visit(f"2023-06/{number}", Position(number, 3))
    reading.close()
    return path.read_bytes()


def _screen(data: bytes, file: Path) -> None:
    """A complete screen is shown, a damaged one is not."""
    assert str(file).startswith(cache_folder())
    file.write_bytes(data)
    file.chmod(0o600)
    kept = last_screen._read()
    if kept is not None:
        conditions, *_rest = kept
        last_screen._conditions((120, 36), last_screen._names(conditions))


def _opened(data: bytes, path: Path) -> None:
    """Marks are kept from now on, whatever the file contained."""
    for old in path.parent.glob("reading*"):
        old.unlink()
    path.write_bytes(data)
    reading = Reading(path)
    reading.mark_read("2023-07/new")
    reading.history()
    reading.starred()
    reading.undo()
    reading.redo()
    reading.close()
    again = Reading(path)
    assert again.is_read("2023-07/new") and again.writes_to_file, again.notices()
    again.close()


def _kept(data: bytes) -> None:
    """Any text may be an id, a query or the name of a folder."""
    text = text_of(data)
    reading = Reading(":memory:")
    assert reading.mark_read(text) and reading.is_read(text)
    assert reading.toggle_star(text) and reading.is_starred(text)
    assert reading.save_search(text) and len(reading.saved_searches()) == 1
    reading.visit(text, Position(1, 2))
    reading.remember_position(text, Position(3, 4))
    assert reading.position(text) == Position(3, 4)
    reading.remember_session(text, SavedSession(text, query=text))
    assert reading.session(text)
    assert reading.undo() and not reading.saved_searches()
    reading.close()
