"""Hours of reading in a small part of the time: memory stays flat and nothing grows slower.

A round is what a reader does in a minute: six articles opened and paged through, a star, a search, lists opened
and left, another size, while an article changes on disk.
"""

import random
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from tests.program import GANEWS, ROOT, Program, environment

from .outcome import Outcome

SIZES = ((120, 36), (80, 24), (100, 50), (44, 20), (160, 40))
WORDS = ("禁毒", "fanzha", "开鲁", "民警", "place:赤峰", "走私")
MOST_GROWTH = 1.10
"""Of memory, and of the time a round takes: the last fifth against the fifth after warming up."""
ARTICLES = 400


def run(short: bool, seed: int) -> list[Outcome]:
    """600 rounds, 3,600 articles opened, which is more than eight hours of reading; or 60."""
    rounds = 60 if short else 600
    with tempfile.TemporaryDirectory() as folder:
        library = _library(Path(folder) / "library")
        sizes, times = _read(library, Path(folder) / "home", rounds, random.Random(seed))
    fifth = max(len(sizes) // 5, 1)
    remarks: list[str] = []
    for what, unit, values in (("memory", "MB", sizes), ("a round", "s", times)):
        early, late = statistics.median(values[fifth : 2 * fifth]), statistics.median(values[-fifth:])
        said = f"{what}: {early:.2f} {unit} after warming up, {late:.2f} {unit} at the end, {late / early:.3f} of it"
        print(said, file=sys.stderr)
        if late > early * MOST_GROWTH:
            remarks.append(said)
    return [Outcome(f"rounds of reading, seed {seed}", rounds, len(remarks), tuple(remarks))]


def _library(folder: Path) -> Path:
    """The bundled bulletin's articles over and over, each under a name of its own."""
    shutil.copytree(ROOT / "content", folder)
    bulletin = folder / "neimenggu-gongan"
    texts = [path.read_text("utf-8") for path in sorted(bulletin.glob("*.md"))]
    for number in range(len(texts), ARTICLES):
        (bulletin / f"{number:04d}.md").write_text(texts[number % len(texts)], "utf-8")
    return folder


def _read(library: Path, home: Path, rounds: int, draw: random.Random) -> tuple[list[float], list[float]]:
    """The program's memory in MB after every round, and its processor time in each, in seconds."""
    files = sorted(library.glob("*/*.md"))
    sizes, times = [], []
    with Program([*GANEWS, str(library)], env=environment(home)) as program:
        program.wait_for("禁毒", 30)
        for number in range(rounds):
            before = program.busy()
            _round(program, draw)
            _change(draw.choice(files), number)
            program.settle(0.1, 2.0)
            assert program.poll() is None, f"ended with {program.status} in round {number}\n{program.raw[-600:]!r}"
            sizes.append(program.pss() / 1e6)
            times.append(program.busy() - before)
            program.forget()
        for key in ("\x1b", "\x1b", "\x03"):
            program.send(key)
            program.settle(0.3, 2.0)
        program.wait(10)
    return sizes, times


def _round(program: Program, draw: random.Random) -> None:
    keys = ["\x1b", "g", *"j" * draw.randint(1, 9)]
    for _article in range(6):
        keys += ["\r", " ", " ", "b", "n", draw.choice("st"), "\x1b", "j"]
    keys += ["/", *draw.choice(WORDS), "\r", "n", "N", "\x1b", "\x1b"]
    keys += ["?", "\x1b", ":", "\x1b", "G", "g"]
    for key in keys:
        program.send(key)
        program.settle(0.1 if key == "\x1b" else 0.01, 0.3)
    program.resize(*draw.choice(SIZES))


def _change(file: Path, number: int) -> None:
    """Someone writes a sentence more, or the sentence is taken away again."""
    text = file.read_text("utf-8").split("\n\n近日又有")[0].rstrip("\n")
    more = f"\n\n近日又有群众送来锦旗，这是第{number}面。" if number % 3 else ""
    file.write_text(text + more + "\n", "utf-8")
