"""A full or read-only disk: a file system of one megabyte in its own mount namespace.

Where none can be created, because `unshare` or the right to use it is missing, other parts limit the size of files
instead.
"""

import contextlib
import io
import os
import random
import shutil
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

from tests.program import GANEWS, Program, environment
from tui import config
from tui.catalogue import Catalogue
from tui.cli import main
from tui.indexer import Indexer
from tui.library import Library
from tui.library.bulletin_writer import BulletinWriter
from tui.reading import Reading
from tui.terminal import last_screen

from .imports import BULLETIN, PAGE, import_page
from .marks import IDS, ROOT, repeated
from .outcome import Outcome

_ALONE = [
    "unshare",
    "--map-root-user",
    "--mount",
    "sh",
    "-c",
    'mount -t tmpfs -o size="$1" none "$2" && shift 2 && "$@"',
]


def run(short: bool, seed: int) -> list[Outcome]:
    """Try each way 50 times, or once if `short`."""
    if not _can():
        return [Outcome("a full disk: no file system of its own can be made here", 0, 0)]
    times = 1 if short else 50
    rng = random.Random(seed)
    return [repeated(what, times, partial(_tried, what, rng)) for what in WAYS]


def _can() -> bool:
    if shutil.which("unshare") is None:
        return False
    with tempfile.TemporaryDirectory() as folder:
        return subprocess.run([*_ALONE, "-", "64k", folder, "true"], capture_output=True, check=False).returncode == 0


def _tried(what: str, rng: random.Random) -> str:
    """Return what the trying process reports as lost."""
    with tempfile.TemporaryDirectory() as folder:
        code = f"from torture.disks import WAYS; print(WAYS[{what!r}]({folder!r}, {rng.randrange(1 << 30)}))"
        command = [*_ALONE, "-", "1m", folder, sys.executable, "-c", code]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        return done.stdout.strip() if done.returncode == 0 else done.stderr.strip().rpartition("\n")[2] or "failed"


def _filled(folder: Path, left: int) -> Path:
    """Fill the disk except for `left` bytes; return the file to remove to make room again."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(4096))
    os.truncate(ballast, max(0, ballast.stat().st_size - left))
    return ballast


def _marks(name: str, seed: int) -> str:
    """Marks stay in memory and are written when there is room again."""
    rng, folder = random.Random(seed), Path(name)
    path = folder / "reading.sqlite"
    if rng.random() < 0.7:
        Reading(path).close()
    reading = Reading(path) if rng.random() < 0.5 else None
    ballast = _filled(folder, rng.randrange(60_000))
    reading = reading or Reading(path)
    for id in IDS:
        reading.mark_read(id)
        assert reading.is_read(id), id
    ballast.unlink()
    reading.close()
    again = Reading(path)
    missing = set(IDS) - again.read_among(IDS)
    aside = list(folder.glob("*damaged*"))
    again.close()
    return f"{len(missing)} of {len(IDS)} marks, {aside}" if missing or aside else ""


def _import(name: str, seed: int) -> str:
    """The bulletin is completely the old or the new one, and the next import succeeds."""
    rng, folder = random.Random(seed), Path(name)
    library = folder / "library"
    assert import_page(library, 0) == 0
    before = BulletinWriter(library, BULLETIN).texts()
    shutil.copy(PAGE, folder / "1.txt")
    ballast = _filled(folder, rng.randrange(80_000))
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        status = main(["import", str(folder / "1.txt"), "--into", str(library), "--bulletin", BULLETIN, "--replace"])
    now = BulletinWriter(library, BULLETIN).texts()
    after = {key: text.replace('"file": "0.txt"', '"file": "1.txt"') for key, text in before.items()}
    if now != (before if status else after):
        return f"status {status}, {sorted(now)}"
    ballast.unlink()
    assert import_page(library, 2) == 0
    return "" if len(BulletinWriter(library, BULLETIN).texts()) == len(before) else "the next import is not whole"


def _settings(name: str, seed: int) -> str:
    """The settings file is complete or missing."""
    folder = Path(name)
    file = folder / "config/config.yaml"
    ballast = _filled(folder, random.Random(seed).randrange(12_000))
    with contextlib.suppress(OSError):
        config.write_sample(file)
    if file.exists() and file.read_text("utf-8") != config.sample():
        return f"{file.stat().st_size} bytes"
    left = [path.name for path in file.parent.iterdir() if path != file] if file.parent.exists() else []
    ballast.unlink()
    config.write_sample(file)
    return "" if file.read_text("utf-8") == config.sample() and not left else f"left behind: {left}"


def _index(name: str, seed: int) -> str:
    """Every article is listed, and the cache is used again when there is room."""
    rng, folder = random.Random(seed), Path(name)
    os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
    library = Library(ROOT / "content")
    if rng.random() < 0.5:
        Catalogue(library).close()
    ballast = _filled(folder, rng.randrange(200_000))
    catalogue = Catalogue(library)
    Indexer(catalogue, 0).run()
    catalogue.refresh()
    listed = catalogue.total
    catalogue.close()
    ballast.unlink()
    catalogue = Catalogue(library)
    Indexer(catalogue, 0).run()
    kept, again = catalogue.home.kept, catalogue.total
    catalogue.close()
    return "" if listed == again == 7 and kept else f"{listed} listed, then {again}, kept {kept}"


def _screen(name: str, seed: int) -> str:
    """A screen that could not be kept completely is not shown."""
    rng, folder = random.Random(seed), Path(name)
    os.environ["XDG_CACHE_HOME"] = str(folder)
    last_screen.keep("旧" * 1000, (120, 36), 1, [])
    _filled(folder, rng.randrange(40_000))
    frame = "新" * rng.randrange(20_000)
    with contextlib.suppress(OSError):
        last_screen.keep(frame, (120, 36), 1, [])
    kept = last_screen._read()
    return "" if kept is None or kept[3].decode() in ("旧" * 1000, frame) else "a torn screen"


def _read_only(name: str, seed: int) -> str:
    """The app starts and ends, shows earlier marks, and keeps new ones when the disk becomes writable."""
    folder = Path(name)
    path = folder / "state/ganews-tui/reading.sqlite"
    if random.Random(seed).random() < 0.7:
        reading = Reading(path)
        reading.star(IDS[0])
        reading.close()
    starred = path.exists()
    _remounted(folder, "ro")
    with Program(GANEWS, env=environment(folder)) as program:
        program.wait_for("开鲁", 30)
        program.send("s")
        program.wait_for("✦")
        program.send("q")
        status, left = program.wait(), program.terminal_changes()
    reading = Reading(path)
    seen = reading.is_starred(IDS[0])
    reading.mark_read(IDS[1])
    reading.read_among(IDS)
    _remounted(folder, "rw")
    reading.close()
    again = Reading(path)
    fine = (status, left, seen, again.is_starred(IDS[0]), again.is_read(IDS[1])) == (0, [], starred, starred, True)
    again.close()
    return "" if fine else f"status {status}, left {left}, seen {seen} of {starred}"


def _remounted(folder: Path, how: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{how}", str(folder)], check=True)


WAYS = {
    "full disk: marks": _marks,
    "full disk: an import": _import,
    "full disk: settings": _settings,
    "full disk: an index": _index,
    "full disk: a last screen": _screen,
    "read-only disk: the app and its marks": _read_only,
}
