"""Eight hours of reading in some minutes: memory stays flat and nothing grows slower.

In each of 480 minutes an article is opened, paged through and starred or marked; every third minute somebody changes
an article on disk, every fifth a search is typed and its hits are walked, every seventh a list is opened and left,
every tenth the window has another size, every thirtieth an article comes or goes: some 6,000 keys and events, as on a
busy day. The clocks by which the program looks at its folder and settings run faster, so that it looks several times
in each of these minutes too.

Flat: of the memory that is the program's own (files it maps are shared with others) the median of the last tenth is at
most a tenth above the median of the second tenth; the first tenth is for warming up, as what a session needs is loaded
when it is first asked for. Not slower: the same of the processor time a minute takes.
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
MOST_GROWTH = 1.10
ARTICLES = 400
HURRIED = """
from tui.app import app, indexing
from tui.cli import main
indexing.MIN_PAUSE, indexing.MAX_SHARE, app._LOOK = 0.1, 0.2, 0.2
raise SystemExit(main())
"""
"""The program, looking at its folder as soon as it may, and at its settings five times a second."""


def run(short: bool, seed: int) -> list[Outcome]:
    """480 minutes of reading; ten when short, which says little of growth and more of whether it works at all."""
    minutes = 10 if short else 480
    with tempfile.TemporaryDirectory() as folder:
        library = _library(Path(folder) / "library")
        sizes, times = _read(library, Path(folder) / "home", minutes, random.Random(seed))
    remarks = [_compared("memory", "MB", sizes), _compared("a minute's work", "s", times)]
    grown = [] if short else [said for said, ratio in remarks if ratio > MOST_GROWTH]
    return [Outcome(f"minutes of reading, seed {seed}", minutes, len(grown), tuple(said for said, _ in remarks))]


def _compared(what: str, unit: str, values: list[float]) -> tuple[str, float]:
    tenth = max(len(values) // 10, 1)
    early, late = statistics.median(values[tenth : 2 * tenth]), statistics.median(values[-tenth:])
    return (
        f"{what}: {early:.2f} {unit} after warming up, {late:.2f} {unit} at the end, ×{late / early:.3f}",
        late / early,
    )


def _library(folder: Path) -> Path:
    """The bundled bulletin's articles over and over, each under a name of its own."""
    shutil.copytree(ROOT / "content", folder)
    bulletin = folder / "neimenggu-gongan"
    texts = [path.read_text("utf-8") for path in sorted(bulletin.glob("*.md"))]
    for number in range(len(texts), ARTICLES):
        (bulletin / f"{number:04d}.md").write_text(texts[number % len(texts)], "utf-8")
    return folder


def _read(library: Path, home: Path, minutes: int, draw: random.Random) -> tuple[list[float], list[float]]:
    """The program's memory in MB after every minute, and its processor time in each, in seconds."""
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
    """Someone writes a sentence more, or takes it away again; an article comes, or one that has come goes."""
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
