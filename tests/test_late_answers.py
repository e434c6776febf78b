"""Late or split answers of the terminal: never a key, and still understood."""

import time
from pathlib import Path

import pytest

from tui.driver.input_parser import InputParser
from tui.terminal.tty import RawTerminal, Tty

from .program import GANEWS, Program, environment
from .terminal import Screen

WIDTH_QUESTION = b"\x1b[6n"
GROUND_QUESTION = b"\x1b]11;?"
GREY_ON_WHITE, WHITE_ON_GREY = "rgb:fafa/fafa/fafa", "rgb:1e1e/1e1e/1e1e"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path


def asked() -> RawTerminal:
    """Return a terminal that was asked for its width and has not answered."""
    taken = RawTerminal(Tty(0, 1), [])
    taken.width, taken.unanswered = 1, True
    return taken


@pytest.mark.parametrize("row", [1, 2, 40])
@pytest.mark.parametrize("column", [2, 3])
def test_late_report_sets_the_width_at_any_cursor_position(row: int, column: int) -> None:
    """In row 1 the report looks like Shift+F3 or Alt+F3. Only the second report is that key."""
    taken = asked()
    keyboard = InputParser(0.025, taken)
    report = f"\x1b[{row};{column}R"
    assert [type(message).__name__ for message in keyboard.feed(report)] == ["TerminalAnswered"] * (column == 3)
    assert taken.width == column - 1
    again = [getattr(message, "key", "") for message in keyboard.feed(report)]
    assert again == (["shift+f3" if column == 2 else "alt+f3"] if row == 1 else [])


@pytest.mark.parametrize("report", ["\x1b[1;3R", "\x1b[?2026;2$y", f"\x1b]11;{GREY_ON_WHITE}\x1b\\"])
def test_answer_split_over_two_reads_is_not_a_key(monkeypatch: pytest.MonkeyPatch, report: str) -> None:
    """The test splits the answer at every position, also after its ESC, while an answer is expected."""
    now = 100.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    for place in range(1, len(report)):
        for delay in (0.01, 0.1, 0.3):
            keyboard = InputParser(0.025, asked())
            messages = list(keyboard.feed(report[:place]))
            now += delay
            messages += [*keyboard.tick(), *keyboard.feed(report[place:])]
            assert not [message for message in messages if hasattr(message, "key")], (place, delay)


def wide_app(home: Path, library: Path, *, answers: bool) -> Program:
    """Start the app on a terminal that draws quotation marks two cells wide."""
    env = environment(home / str(answers))
    return Program([*GANEWS, str(library)], env=env, answers=answers, screen=Screen(ambiguous=2))


def test_late_width_gives_the_same_screen_as_an_early_one(home: Path) -> None:
    """No character is lost at the end of a line, and no key is pressed: in row 1 the report looks like Alt+F3."""
    library = home / "公报"
    (library / "2023").mkdir(parents=True)
    (library / "2023/1.md").write_text("---\ntitle: [“平安”行动]\n---\n\n" + "“红枫义警”在行动。" * 40 + "\n", "utf-8")
    (library / "2023/bulletin.yaml").write_text("id: '2023'\ntitle: 平安简报\n", "utf-8")
    with wide_app(home, library, answers=True) as program:
        program.wait_for("红枫义警")
        program.settle(0.3)
        early = program.screen.text()
    with wide_app(home, library, answers=False) as program:
        program.wait_for_bytes(WIDTH_QUESTION)
        program.wait_for("红枫")
        program.settle(0.3)
        assert program.screen.text() != early
        program.send("\x1b[1;3R")
        program.settle(0.3)
        assert program.screen.text() == early


def test_background_decides_between_light_and_dark(home: Path) -> None:
    """With `theme: auto` the terminal's answer decides, whatever COLORFGBG says."""
    seen = {}
    for ground in (GREY_ON_WHITE, ""):
        env = environment(home / (ground[4:8] or "none"), COLORFGBG="15;0")
        with Program(GANEWS, env=env, screen=Screen(ground=ground)) as program:
            program.wait_for("开鲁")
            program.settle(0.2)
            seen[ground] = program.screen.styled()[10][60][1].background
            assert program.screen.unexpected == []
    assert seen[GREY_ON_WHITE] != seen[""]


def test_late_background_changes_the_theme(home: Path) -> None:
    with Program(GANEWS, env=environment(home), answers=False) as program:
        program.wait_for_bytes(GROUND_QUESTION)
        program.wait_for("开鲁")
        program.settle(0.4)
        dark = program.screen.styled()[10][60][1]
        program.send(f"\x1b]11;{GREY_ON_WHITE}\x07")
        program.settle(0.4)
        assert program.screen.styled()[10][60][1] != dark
        assert program.poll() is None


def test_last_screen_is_not_shown_on_another_background(home: Path) -> None:
    """A screen kept on a dark background would flash on a light one."""

    def start(ground: str) -> bytes:
        with Program(GANEWS, env=environment(home), screen=Screen(ground=ground)) as program:
            program.wait_for_bytes(b"\x1b[?2026$p")
            early = program.raw.partition(b"\x1b[?2026$p")[0]
            program.wait_for("开鲁")
            program.settle(0.3)
            program.send("q")
            assert program.wait() == 0
            assert program.terminal_changes() == []
        return early

    start(WHITE_ON_GREY)
    assert "开鲁".encode() not in start(GREY_ON_WHITE)
    assert "开鲁".encode() in start(GREY_ON_WHITE)
