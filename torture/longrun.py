"""Eight hours of reading in a few minutes: memory stays flat and nothing becomes slower.

In each of 480 minutes an article is opened, paged through and starred or marked. Every third minute an article changes
on disk, every fifth a search is typed and its hits are visited, every seventh a list is opened and left, every tenth
the window is resized, every thirtieth an article is added or removed: about 6,000 keys and events. The program looks at
its folder and settings several times in each of these minutes.

Flat means: of the program's own memory, without files that others may share, the median of the last tenth is at most a
tenth above the median of the second tenth. In the first tenth, modules are loaded at their first use. The same holds
for the processor time of a minute.
"""

import random
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from tests.program import ROOT, Program, environment

from .outcome import Outcome

SIZES = ((120, 36), (80, 24), (100, 50), (44, 20), (160, 40))
WORDS = ("禁毒", "fanzha", "开鲁", "民警", "place:赤峰", "走私", "公安局 -赤峰", "kl", "“派出所”", "title:防线")
MAX_GROWTH_RATIO = 1.10
ARTICLES = 400
HURRIED = """
from tui.app import app
from tui.session import indexing
from tui.cli import main
indexing.MIN_PAUSE, indexing.MAX_SHARE, app._LOOK = 0.1, 0.2, 0.2
raise SystemExit(main())
"""
"""The program, looking at its folder as soon as it may and at its settings five times a second."""


def run(short: bool, seed: int) -> list[Outcome]:
    """Read for 480 minutes, or ten if `short`, which shows whether it works rather than whether memory grows."""
    minutes = 10 if short else 480
    with tempfile.TemporaryDirectory() as folder:
        library = _library(Path(folder) / "library")
        sizes, times = _read(library, Path(folder) / "home", minutes, random.Random(seed))
    remarks = [_compared("memory", "MB", sizes), _compared("a minute's work", "s", times)]
    grown = [] if short else [said for said, ratio in remarks if ratio > MAX_GROWTH_RATIO]
    return [Outcome(f"minutes of reading, seed {seed}", minutes, len(grown), tuple(said for said, _ in remarks))]


def _compared(what: str, unit: str, values: list[float]) -> tuple[str, float]:
    tenth = max(len(values) // 10, 1)
    early, late = statistics.median(values[tenth : 2 * tenth]), statistics.median(values[-tenth:])
    return (
        f"{what}: {early:.2f} {unit} after warming up, {late:.2f} {unit} at the end, ×{late / early:.3f}",
        late / early,
    )


def _library(folder: Path) -> Path:
    """Return a library of the bundled articles, repeated under new names."""
    shutil.copytree(ROOT / "content", folder)
    bulletin = folder / "neimenggu-gongan"
    texts = [path.read_text("utf-8") for path in sorted(bulletin.glob("*.md"))]
    for number in range(len(texts), ARTICLES):
        (bulletin / f"{number:04d}.md").write_text(texts[number % len(texts)], "utf-8")
    return folder


def _read(library: Path, home: Path, minutes: int, draw: random.Random) -> tuple[list[float], list[float]]:
    """Return the memory in MB after every minute and the processor seconds of each."""
    files = sorted(library.glob("*/*.md"))
    sizes, times = [], []
    with Program([sys.executable, "-c", HURRIED, str(library)], env=environment(home)) as program:
        program.wait_for("禁毒", 30)
        for number in range(minutes):
            before = program.busy()
            _outside(library, files, number, draw)
            _minute(program, number, draw)
            program.settle(0.1, 2.0)
            assert program.poll() is None, f"ended with {program.status} in minute {number}\n{program.raw[-600:]!r}"
            sizes.append(program.pss("Pss_Anon") / 1e6)
            times.append(program.busy() - before)
            program.forget()
            if number % 20 == 19:
                said = f"{sizes[-1]:.1f} MB, {statistics.median(times[-20:]):.2f} s a minute"
                print(f"minute {number + 1}: {said}", file=sys.stderr, flush=True)
        for key in ("\x1b", "\x1b", "\x03"):
            program.send(key)
            program.settle(0.3, 2.0)
        assert program.wait(10) == 0, program.status
    return sizes, times


def _minute(program: Program, number: int, draw: random.Random) -> None:
    keys = ["\x1b", *draw.choice([["j"] * draw.randint(1, 5), ["k"], ["u"], ["}"], ["G"], ["g"]])]
    keys += ["\r", " ", " ", "b", "\x04", draw.choice("str+-yo\x1a"), "\x1b", draw.choice("[]"), "\x1b"]
    if number % 5 == 0:
        keys += ["/", *draw.choice(WORDS), "\r", "n", "n", "N", "j", "\x1b", "\x1b", "\x1b"]
    if number % 7 == 0:
        keys += [draw.choice("?:ot"), *draw.choice(["", "j", "zhuti"]), "\x1b", "\x1b", "\x1b"]
    for key in keys:
        program.send(key)
        program.settle(0.06 if key == "\x1b" else 0.01, 0.3)
    if number % 10 == 0:
        program.resize(*draw.choice(SIZES))


def _outside(library: Path, files: list[Path], number: int, draw: random.Random) -> None:
    """Add a sentence to an article or remove it; add or remove an article."""
    if number % 3 == 0:
        file = draw.choice(files)
        text = file.read_text("utf-8").split("\n\n近日又有")[0].rstrip("\n")
        more = f"\n\n近日又有群众送来锦旗，这是第{number}面。" if draw.random() < 0.7 else ""
        file.write_text(text + more + "\n", "utf-8")
    new = library / "neimenggu-gongan" / "new.md"
    if number % 60 == 29:
        shutil.copy(files[0], new)
    elif number % 60 == 59:
        new.unlink(missing_ok=True)
