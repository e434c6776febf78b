"""A shared library on a private PostgreSQL: loading, searches beside a plain scan and pg_trgm, many readers at once.

The cluster syncs its files (fsync), as a real one does. Searches ask the server directly, for twenty hits with their
bodies; the app itself is measured over a connection with a delay. Hits are compared with a scan's, query by query.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.postgres import Cluster, programs
from tui.fold import dense
from tui.library import Library
from tui.shared.bulk_load import BulkLoad
from tui.shared.postgres import connect

from .figures import Figure, Result
from .library import ROOT
from .search import articles
from .search_queries import asked
from .shared_delay import DELAY_SECONDS, delayed_app
from .shared_library import generated
from .shared_load import ACTIONS, BATCH, IMPORTERS, READERS, live_load, many_readers
from .shared_search import OURS, PEER_SECONDS, peers, searches, spent_ms

if TYPE_CHECKING:
    from tui.shared.postgres import Connection

_SETTINGS = {
    "fsync": "on",
    "full_page_writes": "on",
    "autovacuum": "on",
    "shared_buffers": "2GB",
    "max_wal_size": "8GB",
}
_EACH = 8
"""Queries of each class."""
_SAMPLE = 2_000


def run(args: argparse.Namespace) -> list[Result]:
    """Measure one archive of each size."""
    return [_measured(generated(size)) for size in args.sizes]


def _measured(folder: Path) -> Result:
    with _cluster() as cluster:
        address = cluster.new_database()
        subprocess.run([sys.executable, "-m", "tui", "shared", "init", address], cwd=ROOT, check=True)
        figures = [*_loading(address, folder), *measure(cluster.folder, address, folder)]
    return result(figures, folder)


def result(figures: list[Figure], folder: Path) -> Result:
    """Return the figures of the archive that holds the library in the folder, with what they mean."""
    total = int(figures[0].values[0])
    notes = (
        f"{total:,} articles of {sum(f.stat().st_size for f in folder.rglob('*.jsonl')) / total:,.0f} bytes in files;"
        f" PostgreSQL 15, fsync on, shared_buffers {_SETTINGS['shared_buffers']}.",
        f"“first 20” is one statement, with bodies. All hits are compared with the scan's, in a minute;"
        f" the peers take turns for {PEER_SECONDS:.0f} s.",
        f"Readers: {READERS} connections, {ACTIONS} actions/s, three in ten searches. Live load: {IMPORTERS}"
        f" importers, {BATCH} articles each time, one process that tidies, one reader.",
        f"The app's answers are delayed by {DELAY_SECONDS * 1e3:.0f} ms; “select 1” is delayed too.",
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
        made = spent_ms(conn) / 2000
        conn.execute("set maintenance_work_mem = '512MB'")
        conn.execute("create index on grams using gin (grams_v1)")
        indexed = spent_ms(conn) / 2000 - made
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


def measure(sockets: Path, address: str, folder: Path) -> list[Figure]:
    """Measure the searches of an archive that holds the library in the folder, then readers, then loading."""
    sample = list(asked(articles(Library(folder), _SAMPLE), each=_EACH))
    queries = [[dense(word) for word in one.plain] for one in sample]
    with connect(address, statement_seconds=0) as conn:
        figures = searches(conn, queries)
    figures += many_readers(address, queries)
    figures += delayed_app(sockets, address, [one.typed for one in sample])
    figures += live_load(address, queries)
    with connect(address, statement_seconds=0) as conn:
        return figures + peers(conn, queries)
