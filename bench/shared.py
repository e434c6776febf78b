"""A shared library on a private PostgreSQL: loading, searches beside a plain scan and pg_trgm, many readers at once.

The cluster syncs its files (fsync), as a real one does. Searches ask the server directly, for twenty hits with their
bodies; the time of a program's own work is in the part `search`. Every query's hits are compared with a scan's.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from tests.postgres import Cluster, programs
from tui.catalogue.grams import exact, wanted
from tui.fold import dense
from tui.library import Library
from tui.shared.article_row import row
from tui.shared.bulk_load import BulkLoad
from tui.shared.live_load import Importer
from tui.shared.postgres import connect

from .figures import Figure, Result
from .library import ROOT
from .search import articles
from .search_queries import asked
from .shared_library import _Maker, generated

if TYPE_CHECKING:
    from tui.shared.postgres import Connection

OURS, SCAN, TRIGRAMS = "ganews-tui", "parallel scan", "pg_trgm"
_SETTINGS = {"fsync": "on", "full_page_writes": "on", "shared_buffers": "1GB", "max_wal_size": "8GB"}
_EACH = 8
"""Queries of each class."""
_SAMPLE = 2_000
_PEER_TURNS = 3
"""One query in this many is asked of the peers, which take long."""
_READERS, _ACTIONS, _SECONDS = 50, 25, 20
_IMPORTERS, _BATCH, _LIVE_LOADS = 10, 20, 20
_WALKED = 200


def run(args: argparse.Namespace) -> list[Result]:
    """Measure one archive of each size."""
    return [_measured(generated(size)) for size in args.sizes]


def _measured(folder: Path) -> Result:
    figures: list[Figure] = []
    with _cluster() as cluster:
        address = cluster.new_database()
        subprocess.run([sys.executable, "-m", "tui", "shared", "init", address], cwd=ROOT, check=True)
        figures += _loading(address, folder)
        figures += measure(address, folder)
    total = int(figures[0].values[0])
    notes = (
        f"{total:,} articles of {sum(f.stat().st_size for f in folder.rglob('*.jsonl')) / total:,.0f} bytes in files;"
        " PostgreSQL 15, fsync on, shared_buffers 1 GB.",
        "“first 20” is one statement, with bodies; “all hits” is compared with the scan's, query by query.",
        f"Readers: {_READERS} connections, {_ACTIONS} actions/s, three in ten searches. Live load: {_IMPORTERS}"
        f" importers, {_BATCH} articles each time, one process that tidies.",
    )
    return Result("shared", f"A shared library, {total:,} articles", tuple(figures), OURS, notes)


@contextmanager
def _cluster() -> Iterator[Cluster]:
    found = programs()
    if found is None:
        raise SystemExit("shared: PostgreSQL is not installed")
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))
    folder.chmod(0o755)
    cluster = Cluster(folder, found, _SETTINGS)
    try:
        cluster.create()
        cluster.start()
        yield cluster
    finally:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _loading(address: str, folder: Path) -> list[Figure]:
    """Load in bulk: rows first, then the indexes."""
    times: list[float] = []

    class Timed(BulkLoad):
        def _index(self, conn: "Connection") -> None:
            times.append(time.perf_counter())
            super()._index(conn)
            times.append(time.perf_counter())

    started = time.perf_counter()
    added = Timed(address, Library(folder), os.cpu_count() or 1, lambda *_: None).run().added
    with connect(address, statement_seconds=0) as conn:
        conn.execute("create table grams as select grams_v1(folded, headline, tokens) from article limit 2000")
        made = _spent_ms(conn) / 2000
        conn.execute("set maintenance_work_mem = '512MB'")
        conn.execute("create index on grams using gin (grams_v1)")
        indexed = _spent_ms(conn) / 2000 - made
        conn.execute("drop table grams")
        conn.execute("vacuum analyze")
        sizes = conn.execute(
            "select sum(pg_total_relation_size(format('%I', name))),"
            " sum(pg_relation_size(format('%I', name || '_grams'))) from part"
        ).fetchone() or (0, 0)
    return [
        Figure(OURS, "articles", (added,)),
        Figure(OURS, "bulk load articles/s", (added / (times[0] - started),)),
        Figure(OURS, "index s per 1,000 articles", ((times[1] - times[0]) / added * 1e3,)),
        Figure(OURS, "grams, processor ms per article", (made,)),
        Figure(OURS, "index of ready grams, processor ms per article", (indexed,)),
        Figure(OURS, "table and index kB per article", (float(sizes[0]) / added / 1e3,)),
        Figure(OURS, "index of grams kB per article", (float(sizes[1]) / added / 1e3,)),
    ]


def measure(address: str, folder: Path) -> list[Figure]:
    """Measure the searches of an archive that holds the library in the folder, then readers, then loading."""
    queries = [
        (one.kind, [dense(word) for word in one.plain]) for one in asked(articles(Library(folder), _SAMPLE), each=_EACH)
    ]
    with connect(address, statement_seconds=0) as conn:
        figures = _searches(conn, queries)
        figures += _peers(conn, queries[::_PEER_TURNS])
    words = [found for _kind, found in queries]
    figures += _many_readers(address, words)
    return figures + _live_load(address, words)


def condition(words: Sequence[str]) -> tuple[str, str]:
    """Return the SQL condition and the tsquery of an article that has all the words."""
    texts, grams = [], []
    for word in words:
        literal = "'" + word.replace("'", "''") + "'"
        texts.append(f"(strpos(folded, {literal}) > 0 or coalesce(strpos(headline, {literal}) > 0, false))")
        own = wanted(word)
        grams += ["'" + gram.replace("\\", "\\\\").replace("'", "''") + "'" for gram in own[:: -(-len(own) // 5)]]
    return " and ".join(texts), " & ".join(grams)


def first_hits(conn: "Connection", words: Sequence[str], most: int = 20, walk: int = _WALKED) -> list[str]:
    """Return the ids of the newest hits; the statement is that of a program's first page, with bodies."""
    found = conn.execute("select id, body from hits(%s, %s::tsquery, %s, %s)", (*condition(words), most, walk))
    return [row[0] for row in found]


def _all_hits(conn: "Connection", words: Sequence[str]) -> list[str]:
    found = conn.execute("select id from hits(%s, %s::tsquery, %s)", (*condition(words), 1 << 30))
    return [row[0] for row in found]


def count_hits(conn: "Connection", words: Sequence[str]) -> int:
    """Return the number of hits: by the index alone where it is exact."""
    text, grams = condition(words)
    checked = "" if all(map(exact, words)) else f" and {text}"
    query = f"select count(*) from article where grams_v1(folded, headline, tokens) @@ %s::tsquery{checked}"
    row = conn.execute(query.encode(), (grams,)).fetchone()
    return int(row[0]) if row else 0


def _all_scanned(conn: "Connection", words: Sequence[str]) -> list[str]:
    query = f"select id from article where {condition(words)[0]} order by day desc, number desc"
    return [row[0] for row in conn.execute(query.encode())]


def _first_scanned(conn: "Connection", words: Sequence[str]) -> list[str]:
    query = f"select id, body from article where {condition(words)[0]} order by day desc, number desc limit 20"
    return [row[0] for row in conn.execute(query.encode())]


def _searches(conn: "Connection", queries: Sequence[tuple[str, list[str]]]) -> list[Figure]:
    """Compare all hits with a scan's, and time the first twenty and the count."""
    wrong = 0
    times: dict[str, list[float]] = defaultdict(list)
    for _kind, words in queries:
        first_hits(conn, words)
    for _kind, words in queries:
        times["floor ms"].append(_ms(lambda: conn.execute("select 1")))
        times["first 20 ms"].append(_ms(partial(first_hits, conn, words)))
        times["first 20, processor ms"].append(_processor_ms(conn, partial(first_hits, conn, words)))
        alone = partial(first_hits, conn, words, 20, 0)
        times["first 20 by the index alone, processor ms"].append(_processor_ms(conn, alone))
        with _index_only(conn):
            times["count, processor ms"].append(_processor_ms(conn, partial(count_hits, conn, words)))
            number = count_hits(conn, words)
        plain = _all_scanned(conn, words)
        wrong += number != len(plain) or _all_hits(conn, words) != plain or first_hits(conn, words) != plain[:20]
    floor = times.pop("floor ms")
    return [
        Figure(OURS, "queries compared with a scan", (len(queries),)),
        Figure(OURS, "of these, other hits, order or count", (wrong,)),
        *(Figure(OURS, metric, tuple(found)) for metric, found in times.items()),
        Figure("select 1", "first 20 ms", tuple(floor)),
    ]


@contextmanager
def _index_only(conn: "Connection") -> Iterator[None]:
    """Make the planner use the index of grams, as a program that counts does."""
    for setting in ("enable_seqscan", "enable_indexscan"):
        conn.execute(f"set {setting} = off".encode())
    try:
        yield
    finally:
        conn.execute("reset all")


def _processor_ms(conn: "Connection", task: Callable[[], object]) -> float:
    """Return how long the connection's server process is on a processor (Linux), whatever else the machine does."""
    before = _spent_ms(conn)
    task()
    return _spent_ms(conn) - before


def _spent_ms(conn: "Connection") -> float:
    """Return how long the connection's server process has been on a processor."""
    return int(Path(f"/proc/{conn.info.backend_pid}/schedstat").read_text().split()[0]) / 1e6


def _peers(conn: "Connection", queries: Sequence[tuple[str, list[str]]]) -> list[Figure]:
    """Time a parallel scan, and pg_trgm's index, which takes LIKE."""
    conn.execute("create extension if not exists pg_trgm")
    built = time.perf_counter()
    conn.execute("create index trigrams on article using gin (folded gin_trgm_ops)")
    built = time.perf_counter() - built
    (size,) = conn.execute(
        "select sum(pg_relation_size(inhrelid)) from pg_inherits where inhparent = 'trigrams'::regclass"
    ).fetchone() or (0,)
    conn.execute("vacuum analyze article")
    times: dict[str, list[float]] = {OURS: [], SCAN: [], TRIGRAMS: []}
    for _kind, words in queries:
        like = " and ".join("folded like '%%" + word.replace("'", "''") + "%%'" for word in words).replace("%%", "%")
        query = f"select id, body from article where {like} order by day desc, number desc limit 20"
        times[OURS].append(_ms(partial(first_hits, conn, words)))
        times[SCAN].append(_ms(partial(_first_scanned, conn, words)))
        with _index_only(conn):
            times[TRIGRAMS].append(_ms(partial(_rows, conn, query)))
    (total,) = conn.execute("select count(*) from article").fetchone() or (1,)
    conn.execute("drop index trigrams")
    return [
        *(Figure(name, "first 20, beside peers ms", tuple(found)) for name, found in times.items()),
        Figure(TRIGRAMS, "index s per 1,000 articles", (built / total * 1e3,)),
        Figure(TRIGRAMS, "index of grams kB per article", (float(size) / total / 1e3,)),
    ]


def _rows(conn: "Connection", query: str) -> list[tuple[object, ...]]:
    return conn.execute(query.encode()).fetchall()


def _many_readers(address: str, queries: Sequence[list[str]]) -> list[Figure]:
    """Time searches and openings of many connections that act at random moments."""
    searches: list[float] = []
    openings: list[float] = []
    until = time.monotonic() + _SECONDS

    def read(seed: int) -> None:
        draw = random.Random(seed)
        with connect(address) as conn:
            known = [row[:2] for row in conn.execute("select day, number from article order by day desc limit 2000")]
            while time.monotonic() < until:
                time.sleep(draw.expovariate(_ACTIONS / _READERS))
                if draw.random() < 0.3:
                    searches.append(_ms(partial(first_hits, conn, draw.choice(queries))))
                else:
                    openings.append(_ms(partial(_opened, conn, draw.choice(known))))

    _together([partial(read, seed) for seed in range(_READERS)])
    return [
        Figure(OURS, f"{_READERS} readers, search ms", tuple(searches)),
        Figure(OURS, f"{_READERS} readers, open ms", tuple(openings)),
    ]


def _opened(conn: "Connection", at: tuple[int, int]) -> object:
    return conn.execute("select * from article where day = %s and number = %s", at).fetchone()


def _live_load(address: str, queries: Sequence[list[str]]) -> list[Figure]:
    """Let ten importers load while one reader searches and one process tidies."""
    loads: list[float] = []
    searches: list[float] = []
    spent: list[float] = []
    numbers = count()
    is_over = threading.Event()
    made = _Maker(99)
    ready = [made.article(number, 2025) for number in range(_IMPORTERS * _BATCH * _LIVE_LOADS)]
    from tui.article import Article

    def article(one: dict[str, object]) -> Article:
        return Article(
            f"live/{next(numbers):08}",
            (str(one["title"][0]),),  # type: ignore[index]
            str(one["place"]),
            date=str(one["date"]),
            authors=tuple(one["authors"]),  # type: ignore[arg-type]
            body=str(one["body"]),
        )

    batches = [
        [row(article(one), None, 0, 0, 1) for one in ready[at : at + _BATCH]] for at in range(0, len(ready), _BATCH)
    ]
    taken = iter(batches)
    lock = threading.Lock()

    def load() -> None:
        conn = connect(address, statement_seconds=0)
        importer = Importer(conn)
        while True:
            with lock:
                batch = next(taken, None)
            if batch is None:
                spent.append(_spent_ms(conn))
                return
            first = importer.take_numbers(len(batch))
            rows = [one._replace(number=first + at, position=first + at) for at, one in enumerate(batch)]
            loads.append(_ms(partial(importer.load, rows)))

    def tidy() -> None:
        conn = connect(address, statement_seconds=0)
        importer = Importer(conn)
        while not is_over.wait(1.0):
            importer.tidy(is_over=False)
        importer.tidy()
        spent.append(_spent_ms(conn))

    def search() -> None:
        draw = random.Random(3)
        with connect(address) as conn:
            while not is_over.wait(0.05):
                searches.append(_ms(partial(first_hits, conn, draw.choice(queries))))

    beside = [threading.Thread(target=tidy), threading.Thread(target=search)]
    for thread in beside:
        thread.start()
    started = time.perf_counter()
    _together([load] * _IMPORTERS)
    seconds = time.perf_counter() - started
    is_over.set()
    for thread in beside:
        thread.join()
    return [
        Figure(OURS, "live load articles/s", (len(loads) * _BATCH / seconds,)),
        Figure(OURS, "live load with its index, processor ms per article", (sum(spent) / len(loads) / _BATCH,)),
        Figure(OURS, f"live load of {_BATCH} articles ms", tuple(loads)),
        Figure(OURS, "search beside the live load ms", tuple(searches)),
    ]


def _together(tasks: Sequence[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=task) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _ms(task: Callable[[], object]) -> float:
    started = time.perf_counter()
    task()
    return (time.perf_counter() - started) * 1e3
