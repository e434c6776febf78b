"""Imports killed at random moments, and several at once. A bulletin is always exactly one of its versions.

Every import reads a page file with a number as its name, and each article names the file it came from.
"""

import contextlib
import io
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tui.cli import main
from tui.library import Library
from tui.library.bulletin_writer import BulletinWriter

from .marks import ROOT, repeated
from .outcome import Outcome

BULLETIN = "2023-06"
PAGE = next((ROOT / "seeds").glob("*.txt"))
_FROM = re.compile(r'"file": "([0-9]+)\.txt"')


def run(short: bool, seed: int) -> list[Outcome]:
    """Kill 500 imports, or four if `short`."""
    times = 4 if short else 500
    rng = random.Random(seed)
    return [
        repeated("import: killed (-9) while importing", times // 2, lambda: killed(rng, "pages")),
        repeated("import: killed (-9) while writing a bulletin", times // 2, lambda: killed(rng, "files")),
        repeated("import: three at once into one bulletin, one killed", times // 20, lambda: at_once(rng)),
    ]


def killed(rng: random.Random, what: str) -> str:
    """Let a process import one version after another, kill it, and return what is wrong with the bulletin."""
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "library"
        import_page(library, 0)
        articles = len(list((library / BULLETIN).glob("*.md")))
        (library / BULLETIN / "图.png").write_bytes(b"\x89PNG")
        process = _start(library, what)
        time.sleep(rng.random() * 0.5)
        process.kill()
        done = max([0, *map(int, process.communicate()[0].split())])
        wrong = _faults(library, articles, {done, done + 1})
        if not wrong:
            wrong = _next_import_faults(library, articles)
        return f"after {done}: {wrong}" if wrong else ""


def at_once(rng: random.Random) -> str:
    """Import three times at once, kill one, and return what is wrong with the bulletin."""
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "library"
        import_page(library, 0)
        articles = len(list((library / BULLETIN).glob("*.md")))
        running = [_start(library, "files") for _ in range(3)]
        time.sleep(rng.random() * 0.5)
        running[0].kill()
        for process in running[1:]:
            process.terminate()
        for process in running:
            process.communicate()
        return _faults(library, articles, None, picture=False) or _next_import_faults(library, articles, picture=False)


def import_page(library: Path, number: int) -> int:
    """Import a version of the bulletin with the command that users type; return its exit status."""
    page = library.parent / f"{number}.txt"
    shutil.copy(PAGE, page)
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        return main(["import", str(page), "--into", str(library), "--bulletin", BULLETIN, "--replace"])


def import_for_ever(name: str, what: str) -> None:
    """Import for ever, by the command or only the writing. Runs in a process of its own."""
    library = Path(name)
    say = os.dup(1)
    os.write(say, b"ready\n")
    number, texts = 0, BulletinWriter(library, BULLETIN).texts()
    while True:
        number += 1
        if what == "pages":
            assert import_page(library, number) == 0
        else:
            new = {each: _FROM.sub(f'"file": "{number}.txt"', text) for each, text in texts.items()}
            BulletinWriter(library, BULLETIN).put(new)
        os.write(say, b"%d\n" % number)


def _start(library: Path, what: str) -> "subprocess.Popen[str]":
    code = "import sys; from torture.imports import import_for_ever; import_for_ever(*sys.argv[1:])"
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(library), what],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout
    process.stdout.readline()
    return process


def _faults(library: Path, articles: int, versions: set[int] | None, picture: bool = True) -> str:
    """Return what is wrong with the bulletin when it is opened."""
    texts = BulletinWriter(library, BULLETIN).texts()
    found = {int(_FROM.findall(text)[0]) for name, text in texts.items() if name.endswith(".md")}
    read, problems = Library(library).load()
    if len(read) != articles or len(texts) != articles + 1 or problems:
        return f"{len(read)} articles, {sorted(texts)}, {[str(problem) for problem in problems]}"
    if len(found) != 1 or (versions is not None and not found <= versions):
        return f"versions {sorted(found)}"
    return "" if not picture or (library / BULLETIN / "图.png").exists() else "the picture is gone"


def _next_import_faults(library: Path, articles: int, picture: bool = True) -> str:
    """Import again, undo that, and return what is wrong or left half written."""
    if import_page(library, 9999):
        return "the next import fails"
    wrong = _faults(library, articles, {9999}, picture)
    if wrong or not BulletinWriter(library, BULLETIN).undo():
        return wrong or "nothing to undo"
    left = sorted(path.name for path in (library / ".replaced").iterdir() if path.name not in (BULLETIN, ".lock"))
    return _faults(library, articles, None, picture) or (f"left behind: {left}" if left else "")
