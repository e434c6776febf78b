"""From seven articles to a million: indexing, opening, paging, adding an article.

Every library is indexed in a new process with a cache of its own. The peers, over its first articles, are SQLite's
trigram index of the same text, and a page of the same table by OFFSET.
"""

import argparse
import json
import os
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median

from tui.catalogue import GROUPINGS, Catalogue
from tui.indexer import Indexer, Progress
from tui.library import Library, LocatedArticle
from tui.paths import content_dir

from .figures import MIN_RUNS, Figure, Result, Sample
from .start import libraries

_PEER_ARTICLES = 5_000
"""Articles that the peer indexes."""
_PAGE_ROWS = 40


def run(args: argparse.Namespace) -> Result:
    """Measure our catalogue and index over each library, and the peer over part of the largest."""
    figures: list[Figure] = []
    largest: Path | None = None
    for name, given in libraries(args):
        library = given or content_dir()
        with tempfile.TemporaryDirectory(dir=_linkable_folder(library)) as scratch:
            sample = _measure_in_process(library, Path(scratch))
        figures += [Figure(name, metric, (value,)) for metric, value in sample.items()]
        largest = library
    if largest is not None:
        figures += [Figure("FTS5 trigram", metric, (value,)) for metric, value in _trigram(largest).items()]
    notes = (
        f"The peer is SQLite's trigram index of {_PEER_ARTICLES} articles, which finds no word of two characters.",
        "“work” is indexing without the walk that looks at every file's time stamp; peak is of all processes together.",
    )
    return Result("scale", "From seven articles to a million", tuple(figures), figures[0].program, notes)


def _measure_in_process(library: Path, scratch: Path) -> Sample:
    environment = os.environ | {"XDG_CACHE_HOME": str(scratch / "cache")}
    command = [sys.executable, "-m", "bench.scale", str(library), str(scratch)]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _measure(library: Path, scratch: Path) -> Sample:
    """Measure everything about one library, in this process."""
    root = scratch / "library"
    shutil.copytree(library, root, copy_function=_linked)
    catalogue = Catalogue(Library(root))
    first = _seconds(lambda: Indexer(catalogue).first())
    watch = _Phases()
    busy = _processor_seconds()
    whole = _seconds(lambda: Indexer(catalogue).run(watch))
    busy = _processor_seconds() - busy
    peak = _peak_megabytes()
    (characters,) = catalogue.conn.execute("SELECT sum(characters) FROM article").fetchone()
    (text,) = catalogue.conn.execute("SELECT sum(length) FROM article").fetchone()
    sample: dict[str, float] = {
        "articles": catalogue.total,
        "first rows ms": first * 1e3,
        "index s": whole,
        "index characters/s": characters / max(whole, 1e-9),
        "index processor s per million characters": busy / characters * 1e6,
        "index peak MB": peak,
        "index bytes per text byte": os.path.getsize(catalogue.home.path) / text,
    }
    catalogue.close()
    return sample | _opening_and_paging(root) | _added_article(root, whole)


def _opening_and_paging(root: Path) -> dict[str, float]:
    """Measure opening and paging."""
    opening = [_seconds(lambda: Catalogue(Library(root)).close()) for _ in range(20)]
    catalogue = Catalogue(Library(root))
    draw = random.Random(1)
    pages, finds, taken = [], [], []
    for by in GROUPINGS:
        taken.append(_seconds(partial(catalogue.listing, by)))
        listing = catalogue.listing(by)
        for _ in range(50):
            at = draw.randrange(len(listing))
            pages.append(_seconds(partial(listing.summaries, at, at + _PAGE_ROWS)))
            row = listing.summaries(at, at + 1)[0]
            finds.append(_seconds(partial(listing.find, row.id)))
    offset = [_seconds(lambda: _by_offset(catalogue, draw)) for _ in range(5)]
    catalogue.close()
    return {
        "open ms": median(opening) * 1e3,
        "listing ms": max(taken) * 1e3,
        "page of 40 ms": median(pages) * 1e3,
        "page of 40, 95 % ms": sorted(pages)[len(pages) * 95 // 100] * 1e3,
        "find ms": median(finds) * 1e3,
        "page by OFFSET ms": median(offset) * 1e3,
    }


def _by_offset(catalogue: Catalogue, draw: random.Random) -> None:
    at = draw.randrange(catalogue.total)
    query = "SELECT number, id, title FROM article ORDER BY place, day DESC LIMIT ? OFFSET ?"
    catalogue.conn.execute(query, (_PAGE_ROWS, at)).fetchall()


def _added_article(root: Path, whole: float) -> dict[str, float]:
    """Measure the cost of one added article."""
    walks: list[float] = []
    idle: list[float] = []
    grown: list[float] = []
    for turn in range(MIN_RUNS):
        walks.append(_seconds(lambda: _bare_walk(root)))
        idle.append(_seconds(lambda: _index_again(root)))
        _add(root, turn)
        grown.append(_seconds(lambda: _index_again(root)))
    work = max(median(grown) - median(idle), 0.0)
    return {
        "names, sizes and times ms": median(walks) * 1e3,
        "nothing new ms": median(idle) * 1e3,
        "nothing new, of names, sizes and times": median(idle) / median(walks),
        "one article more ms": median(grown) * 1e3,
        "one article more, of names, sizes and times": median(grown) / median(walks),
        "one article more, work ms": work * 1e3,
        "one article more, of the whole": work / whole,
    }


def _bare_walk(root: Path) -> None:
    """Read the names, sizes and times of all files."""
    found: list[tuple[str, int, int]] = []
    left = [str(root)]
    while left:
        with os.scandir(left.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    left.append(entry.path)
                else:
                    about = entry.stat(follow_symlinks=False)
                    found.append((entry.name, about.st_size, about.st_mtime_ns))


def _index_again(root: Path) -> None:
    catalogue = Catalogue(Library(root))
    Indexer(catalogue).run()
    catalogue.close()


def _add(root: Path, turn: int) -> None:
    """Add an article to the library's last file or bulletin."""
    file = list(Library(root).files())[-1]
    path = root / file.path
    if file.kind == "md":
        path.with_name(f"{path.stem}-{turn}.md").write_bytes(path.read_bytes())
        return
    lines = path.read_bytes()
    item = json.loads(lines.splitlines()[-1]) | {"id": f"more-{turn}"}
    path.unlink()
    path.write_bytes(lines + json.dumps(item, ensure_ascii=False).encode() + b"\n")


def _trigram(library: Path) -> Sample:
    articles = list(islice(_articles(library), _PEER_ARTICLES))
    characters = sum(len(text) for text in articles)
    conn = sqlite3.connect(":memory:")
    conn.execute("CREATE VIRTUAL TABLE t USING fts5(text, content='', tokenize='trigram', detail=none, columnsize=0)")
    rows = list(enumerate(articles, 1))
    busy = _processor_seconds()
    taken = _seconds(lambda: conn.executemany("INSERT INTO t(rowid, text) VALUES (?, ?)", rows))
    busy = _processor_seconds() - busy
    return {
        "index characters/s": characters / taken,
        "index processor s per million characters": busy / characters * 1e6,
    }


def _articles(library: Path) -> Iterator[str]:
    source = Library(library)
    for file in source.files():
        yield from (found.article.body for found in source.read(file) if isinstance(found, LocatedArticle))


class _Phases:
    """Receives progress as the app does."""

    def __call__(self, progress: Progress) -> None:
        if progress.phase != "done":
            print(f"\r{progress.phase} {progress.done}/{progress.total}  ", end="", file=sys.stderr)


def _peak_megabytes() -> float:
    """Return megabytes: the peak of this process, and of the largest child once for each processor."""
    own, other = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return (own + other * (os.cpu_count() or 1)) / 1024


def _processor_seconds() -> float:
    """Return processor seconds of this process and of children it has waited for."""
    now = os.times()
    return now.user + now.system + now.children_user + now.children_system


def _seconds(what: Callable[[], object]) -> float:
    began = time.perf_counter()
    what()
    return time.perf_counter() - began


def _linked(source: str, target: str) -> str:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
    return target


def _linkable_folder(library: Path) -> Path | None:
    """Return a folder in which files of the library can be linked, or None."""
    return library.parent if os.access(library.parent, os.W_OK) else None


if __name__ == "__main__":
    print(json.dumps(_measure(Path(sys.argv[1]), Path(sys.argv[2]))))
