"""The bytes that keys send to the terminal, which may be at the end of a slow line."""

from pathlib import Path
from statistics import median

from .archive import Archive
from .program import GANEWS, Program, environment

WINDOW = (120, 36)
BODY = "\n\n".join(f"第{n}项：" + "民警走进嘎查、社区和学校，讲解防范电信网络诈骗的知识，" * 4 for n in range(40))


def library(folder: Path) -> Path:
    """Write a library of sixty long articles."""
    written = Archive(folder)
    items = [written.item(f"{n:02}", "开鲁", "2023-06-01", body=f"第 {n:02} 号。{BODY}") for n in range(60)]
    written.lines("2023", "id: '2023'\ntitle: 平安简报", items)
    return folder


def answers(program: Program, keys: str, quiet: float) -> list[int]:
    """Return the bytes of the answer to each key, which ends with `quiet` seconds of silence."""
    sizes = []
    for key in keys:
        before = len(program.written)
        program.send(key)
        if program.read(2.0):
            program.settle(quiet)
        sizes.append(sum(len(data) for _, data in program.written[before:]))
    return sizes


def test_keys_send_no_more_bytes_than_allowed(tmp_path: Path) -> None:
    with Program([*GANEWS, str(library(tmp_path / "库"))], size=WINDOW, env=environment(tmp_path / "家")) as program:
        program.wait_for("反诈宣传")
        program.settle(1.0)
        down = answers(program, "j" * 40 + "k" * 40, 0.02)
        assert 0 < median(down) < 500
        assert sum(down) / len(down) < 1000
        program.settle(0.3)
        program.send("\r")
        program.settle(0.3)
        scrolled = answers(program, "jjjjkk" + "   b", 0.2)
        assert 0 < min(scrolled) <= max(scrolled) < 9000
        program.send("q")
        assert program.wait() == 0


def test_key_held_down_never_falls_behind(tmp_path: Path) -> None:
    """At thirty keys a second, only the article under the cursor remains to be drawn after the last key."""
    with Program([*GANEWS, str(library(tmp_path / "库"))], size=WINDOW, env=environment(tmp_path / "家")) as program:
        program.wait_for("反诈宣传")
        program.settle(1.0)
        for _ in range(45):
            program.send("j")
            program.settle(1 / 30, 1 / 30)
        busy = program.busy()
        program.settle(0.5)
        assert "第 45 号" in program.screen.text()
        assert program.busy() - busy < 1, "a second of work behind"
        program.send("q")
        assert program.wait() == 0
