"""The index under stress: killed while indexing, torn logs, damaged files, several programs, a full disk.

Afterwards an index that has been completed shows and finds the same as a new one.
"""

import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bench.library import make
from tests.archive import made_anew, searchable, shown
from tui.catalogue import Catalogue
from tui.indexer import Indexer
from tui.library import Library
from tui.search.engine import SearchEngine
from tui.search.index_search import IndexSearch

from .marks import repeated
from .outcome import Outcome

ROOT = Path(__file__).resolve().parent.parent
ARTICLES = 500
_KILLS_PER_LIBRARY = 10
"""Kills, with changes of the library between them, before the index is completed and compared."""


def run(short: bool, seed: int) -> list[Outcome]:
    """Kill 500 times and try the rest less often; five times if `short`."""
    times = 5 if short else 500
    rng = random.Random(seed)
    return [
        _killed(rng, times),
        repeated("index: log torn at any byte, as by a power cut", times // 10, lambda: _torn(rng)),
        repeated("index: two programs at once, one killed", times // 10, lambda: _at_once(rng, 2)),
        repeated("index: ten programs at once, one killed", times // 40, lambda: _at_once(rng, 10)),
        repeated("index: file cut, blanked or foreign", times // 10, lambda: _damaged(rng)),
        spoiled(rng, times),
        repeated("index: no file may grow", times // 20, lambda: _no_space(rng)),
    ]


def index(root: str, room: str = "") -> None:
    """Index a library whose files may grow by `room` bytes. Runs in a process of its own."""
    if room:
        import resource
        import signal

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(room), resource.RLIM_INFINITY))
    catalogue = Catalogue(Library(Path(root)))
    print("ready", flush=True)
    Indexer(catalogue, 0).run()
    print(catalogue.total, len(searchable(catalogue)), flush=True)
    catalogue.close()


def _killed(rng: random.Random, times: int) -> Outcome:
    said: list[str] = []
    for _ in range(max(1, times // _KILLS_PER_LIBRARY)):
        with _library() as (root, scratch):
            for _ in range(min(times, _KILLS_PER_LIBRARY)):
                process = _start(root)
                time.sleep(rng.random() * 0.6)
                process.kill()
                process.communicate()
                said.append(_damage(root))
                _change(rng, root)
            said.append(_difference(root, scratch))
    lost = [one for one in said if one]
    return Outcome("index: killed (-9) while indexing", times, len(lost), tuple(lost[:5]))


def _torn(rng: random.Random) -> str:
    with _library() as (root, scratch):
        catalogue = Catalogue(Library(root))
        path = Path(catalogue.home.path)
        process = _start(root)
        log = Path(f"{path}-wal")
        while not log.exists() or log.stat().st_size < 100_000:
            if process.poll() is not None:
                return ""
            time.sleep(0.002)
        process.kill()
        process.communicate()
        catalogue.close()
        if not log.exists():
            return ""
        content = log.read_bytes()
        cut = rng.randrange(len(content))
        log.write_bytes(content[:cut] + bytes(rng.choice((0, len(content) - cut))))
        Path(f"{path}-shm").unlink(missing_ok=True)
        return _damage(root) or _difference(root, scratch)


def _at_once(rng: random.Random, programs: int) -> str:
    with _library() as (root, scratch):
        running = [_start(root) for _ in range(programs)]
        time.sleep(rng.random() * 0.4)
        running[0].kill()
        said = [process.communicate()[0] for process in running[1:]]
        wrong = [one for one in said if one.split() != [str(ARTICLES)] * 2]
        running[0].communicate()
        return f"{wrong}" if wrong else _difference(root, scratch)


def _damaged(rng: random.Random) -> str:
    with _library() as (root, scratch):
        catalogue = Catalogue(Library(root))
        Indexer(catalogue, 0).run()
        path = Path(catalogue.home.path)
        catalogue.close()
        content = path.read_bytes()
        at = rng.randrange(len(content))
        path.write_bytes(
            rng.choice(
                (content[:at], content[:at] + bytes(len(content) - at), rng.randbytes(5000), b"", b"{}" + content[2:])
            )
        )
        return _difference(root, scratch)


def spoiled(rng: random.Random, times: int) -> Outcome:
    """Change bytes anywhere in the file, then read, search and complete the index; nothing may raise.

    A change inside a title or count that keeps the form cannot be noticed. The articles' own files are unharmed.
    """
    with _library(60) as (root, _scratch):
        path, content = _indexed(root)
        said = [lost for _ in range(times) if (lost := _spoiled_once(rng, root, path, content))]
    return Outcome(
        "index: bytes changed anywhere, read, searched, brought to its end", times, len(said), tuple(said[:5])
    )


def _indexed(root: Path) -> tuple[Path, bytes]:
    """Return the path and the content of a library's index."""
    catalogue = Catalogue(Library(root))
    Indexer(catalogue, 0).run()
    catalogue.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path = Path(catalogue.home.path)
    catalogue.close()
    return path, path.read_bytes()


def _spoiled_once(rng: random.Random, root: Path, path: Path, content: bytes) -> str:
    raw = bytearray(content)
    for _ in range(rng.randint(1, 10)):
        at, length = rng.randrange(100, len(raw)), rng.choice((1, 1, 2, 8, 64, 500))
        raw[at : at + length] = rng.choice((rng.randbytes(length), bytes(length)))
    for left in path.parent.glob("*"):
        left.unlink()
    path.write_bytes(raw[: len(content)])
    (path.parent / "current").write_text(path.name)
    catalogue = Catalogue(Library(root))
    try:
        for _ in range(2):
            shown(catalogue)
            search = SearchEngine(catalogue)
            index = catalogue.index()
            for query in ("民警", "fanzha", "place:赤峰 -禁毒", "date:2023"):
                search.search(query)
                with suppress(sqlite3.DatabaseError, UnicodeDecodeError, TypeError):
                    if index is not None:
                        IndexSearch(index, catalogue.library.gazetteer()).search(query)
            Indexer(catalogue, 0).run()
            catalogue.refresh()
    except Exception as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__} {error} at {Path(where.filename).name}:{where.lineno}"
    finally:
        catalogue.close()
    return ""


def _no_space(rng: random.Random) -> str:
    """Index in a process whose files cannot grow; the file is sound afterwards."""
    with _library() as (root, scratch):
        process = _start(root, str(rng.randrange(50_000, 3_000_000)))
        said = process.communicate()[0]
        if said.split() not in ([str(ARTICLES)] * 2, []):
            return said
        return _damage(root) or _difference(root, scratch)


def _damage(root: Path) -> str:
    """Return what is wrong with an index that was left unfinished."""
    catalogue = Catalogue(Library(root))
    listing = catalogue.listing()
    rows = listing.summaries(0, len(listing))
    conn = sqlite3.connect(catalogue.home.path)
    (sound,) = conn.execute("PRAGMA integrity_check").fetchone()
    conn.close()
    total = catalogue.total
    catalogue.close()
    return "" if (sound, len(rows)) == ("ok", total) else f"{sound}, {len(rows)} rows of {total}"


def _difference(root: Path, scratch: Path) -> str:
    """Return how the completed index differs from a new one. Damage found while reading empties it, so it may take
    three runs."""
    catalogue = Catalogue(Library(root))
    seen: dict[str, object] = {}
    for _ in range(3):
        Indexer(catalogue, 0).run()
        seen = shown(catalogue)
        if catalogue.complete:
            break
    found = searchable(catalogue)
    total = catalogue.total
    catalogue.close()
    rebuilt = made_anew(root, scratch)
    wrong = [name for name in rebuilt if rebuilt[name] != seen[name]]
    return f"{wrong} {len(found)} of {total} searchable" if wrong or len(found) != total else ""


def _change(rng: random.Random, root: Path) -> None:
    """Add, change or remove an article, or do nothing."""
    path = next(root.glob("*/articles.jsonl"))
    lines = path.read_text("utf-8").splitlines()
    at = rng.randrange(len(lines))
    what = rng.choice(("more", "changed", "gone", ""))
    if what == "more":
        lines.append(json.dumps(json.loads(lines[at]) | {"id": f"m{rng.randrange(1 << 40)}"}, ensure_ascii=False))
    elif what == "changed":
        lines[at] = json.dumps(
            json.loads(lines[at]) | {"body": f"改为第{rng.randrange(1 << 30)}稿。"}, ensure_ascii=False
        )
    elif what == "gone":
        del lines[at]
    if what:
        path.write_text("\n".join(lines) + "\n", "utf-8")


@contextmanager
def _library(articles: int = ARTICLES) -> Iterator[tuple[Path, Path]]:
    """Yield a library and the folder beside it, with a cache of their own."""
    before = os.environ.get("XDG_CACHE_HOME")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = f"{folder}/cache"
        try:
            make(Path(folder) / "library", articles)
            yield Path(folder) / "library", Path(folder)
        finally:
            os.environ.pop("XDG_CACHE_HOME")
            if before is not None:
                os.environ["XDG_CACHE_HOME"] = before


def _start(root: Path, *more: str) -> "subprocess.Popen[str]":
    code = "import sys; from torture.index import index; index(*sys.argv[1:])"
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(root), *more],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    if process.stdout:
        process.stdout.readline()
    return process
