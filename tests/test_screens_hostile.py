"""A library full of control sequences, on the screen: they reach the terminal only as text."""

from pathlib import Path

from . import hostile
from .program import GANEWS, Program, environment


def test_screens_show_a_hostile_library_as_text_only(tmp_path: Path) -> None:
    library = hostile.library(tmp_path / "library")
    with Program([*GANEWS, str(library)], env=environment(tmp_path / "home")) as program:
        program.wait_for("守护一方净土")
        for keys in (
            "j",
            "j",
            "\r",
            "o",
            "\x1b",
            "\x1b",
            "v",
            "v",
            "v",
            "v",
            "G",
            "/毒",
            "\x1b",
            ":",
            "\x1b",
            "z",
            "z",
            "\x1b",
        ):
            program.send(keys)
            program.settle(0.1)
        program.send("!")
        program.wait_for("内容的问题")
        program.send("j")
        program.settle(0.1)
        assert program.screen.unexpected == []
        program.send("\x1b")
        program.settle(0.1)
        program.send("q")
        assert program.wait() == 0
        assert program.terminal_changes() == []
