"""Random keys, mouse, pastes and resizes on the real program: nothing may end it, and it must still answer afterwards.

The same seed presses the same keys. Keys that end or suspend the program by their meaning are not pressed.
"""

import random
import tempfile
from pathlib import Path

from tests.program import GANEWS, Program, environment
from tui.paths import content_dir

from .outcome import Outcome

KEYS = [
    *"jkghlbnNsrUuyYoztt+-123456789:?/][}{ ",
    *"、？：；【】《》，。　＋－／ｊｋ１５",
    *["\r", "\x1b", "\t", "\x7f", "\x04", "\x15", "\x06", "\x10", "\x19"],
    *[
        "\x1b[A",
        "\x1b[B",
        "\x1b[C",
        "\x1b[D",
        "\x1b[5~",
        "\x1b[6~",
        "\x1b[H",
        "\x1b[F",
        "\x1bOP",
        "\x1bOR",
        "\x1b[1;3D",
        "\x1b[1;3C",
    ],
    *[
        "反诈",
        "禁毒",
        "fanzha",
        "hhht",
        "place:赤峰 ",
        "-",
        '"',
        "6月1日",
        "公安局派出所民警",
        "“红枫义警”助反诈警民携手",
    ],
]
BATCH = 25
LIMIT = 200
"""MB the program may grow by."""


def run(short: bool, seed: int) -> list[Outcome]:
    """1,500 events a library (short), or 20,000."""
    events = 1_500 if short else 20_000
    with tempfile.TemporaryDirectory() as folder:
        broken = _broken(Path(folder) / "坏 册")
        return [
            _torment("monkey: the bundled library", content_dir(), events, seed, Path(folder) / "a"),
            _torment("monkey: a broken library", broken, events, seed + 1, Path(folder) / "b"),
        ]


def _torment(name: str, library: Path, events: int, seed: int, home: Path) -> Outcome:
    chance = random.Random(seed)
    env = environment(home, LANG="zh_CN.UTF-8", BROWSER="true")
    done, finds = 0, list[str]()
    with Program([*GANEWS, str(library)], env=env) as program:
        program.settle(0.6)
        before = _memory(program.pid)
        while done < events and program.poll() is None:
            for _ in range(BATCH):
                _event(chance, program)
            done += BATCH
            program.settle(0.02, 5.0)
        program.resize(100, 30)
        for key in ("\x1b", "\x1b", "\x1b", "\x1b"):
            program.send(key)
            program.settle(0.1)
        finds += _finds(program, before, done)
        if program.poll() is None:
            program.send("\x11")
            try:
                if program.wait(5.0) != 0:
                    finds.append(f"ended with {program.status}")
            except AssertionError as error:
                finds.append(str(error))
    return Outcome(name, done, len(finds), tuple(finds))


def _event(chance: random.Random, program: Program) -> None:
    match chance.randrange(20):
        case 0:
            program.resize(chance.randint(1, 200), chance.randint(1, 60))
        case 1 | 2:
            button = chance.choice((0, 0, 0, 2, 32, 64, 65))
            x, y = chance.randint(1, program.screen.columns), chance.randint(1, program.screen.rows)
            program.send(f"\x1b[<{button};{x};{y}M")
            if button < 64:
                program.send(f"\x1b[<{button & ~32};{x};{y}m")
        case 3:
            text = "".join(chance.choice(KEYS) for _ in range(chance.randint(0, 40)))
            program.send(f"\x1b[200~{text}\n第二行\x1b[201~")
        case _:
            program.send(chance.choice(KEYS))


def _finds(program: Program, before: int, done: int) -> list[str]:
    if program.poll() is not None:
        return [f"ended with {program.status} after {done} events: {program.screen.text().strip()[-300:]}"]
    finds = []
    program.send("?")
    program.settle(0.3)
    if "帮助" not in program.screen.text() and "Esc" not in program.screen.text():
        finds.append(f"help does not open any more:\n{program.screen.text()}")
    grown = _memory(program.pid) - before
    if grown > LIMIT:
        finds.append(f"grew by {grown} MB")
    if program.screen.acts:
        finds.append(f"wrote {program.screen.acts[:3]}")
    return finds


def _memory(pid: int) -> int:
    """Resident MB."""
    status = Path(f"/proc/{pid}/status").read_text("utf-8")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) // 1024


def _broken(root: Path) -> Path:
    """A library in which nearly everything is wrong."""
    folder = root / "一册"
    folder.mkdir(parents=True)
    (folder / "bulletin.yaml").write_text("id: [\n", "utf-8")
    (folder / "好.md").write_text(
        "---\ntitle: [草原上的派出所, 骑马送平安]\nplace: 开鲁\n---\n\n民警走进牧区。\n", "utf-8"
    )
    (folder / "空.md").write_text("", "utf-8")
    (folder / "不是字.md").write_bytes(b"\xff\xfe\x00---\x80")
    (folder / "凶.md").write_text(
        '---\ntitle: ["\x1b]0;坏\x07标题\u202e"]\n---\n\n\x1b[2J正文\x9b31m' + "长" * 50_000, "utf-8"
    )
    (folder / "长题.md").write_text(
        f"---\ntitle: [{'很长的标题' * 200}]\nplace: 火星\n---\n\n" + "一句。" * 9_000, "utf-8"
    )
    (folder / "环").symlink_to(folder)
    (folder / "articles.jsonl").write_text('{"id": "x", "title": ["只有标题"]}\n{坏\n[]\n', "utf-8")
    return root
