"""Searches of a shared library on the server: twenty hits with their bodies, beside a scan and pg_trgm."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tui.catalogue.grams import wanted
from tui.query.tree import Term
from tui.shared.sql_condition import is_settled

from .figures import Figure

if TYPE_CHECKING:
    from tui.shared.postgres import Connection

OURS, SCAN, TRIGRAMS = "ganews-tui", "parallel scan", "pg_trgm"
_COMPARE_SECONDS = 60.0
"""Seconds. All hits are compared with a scan's until then; the first twenty are always compared."""
PEER_SECONDS = 60.0
"""Seconds for the peers' turns. A query of theirs that takes more than `_PEER_LIMIT` counts as that long."""
_PEER_LIMIT = 20
_PEER_ARTICLES = 100_000
"""Articles. In larger archives no index of trigrams is built: it takes as long as all else together."""
WALKED = 200


def condition(words: Sequence[str]) -> tuple[str, str]:
    """Return the SQL condition and the tsquery of an article that has all the words."""
    texts, grams = [], []
    for word in words:
        literal = "'" + word.replace("'", "''") + "'"
        texts.append(f"(strpos(folded, {literal}) > 0 or coalesce(strpos(headline, {literal}) > 0, false))")
        own = wanted(word)
        grams += ["'" + gram.replace("\\", "\\\\").replace("'", "''") + "'" for gram in own[:: -(-len(own) // 5)]]
    return " and ".join(texts), " & ".join(grams)


def first_hits(conn: "Connection", words: Sequence[str], most: int = 20, walk: int = WALKED) -> list[str]:
    """Return the ids of the newest hits; the statement is that of a program's first page, with bodies."""
    found = conn.execute("select id, body from hits(%s, %s::tsquery, %s, %s)", (*condition(words), most, walk))
    return [row[0] for row in found]


def _all_hits(conn: "Connection", words: Sequence[str]) -> list[str]:
    found = conn.execute("select id from hits(%s, %s::tsquery, %s)", (*condition(words), 1 << 30))
    return [row[0] for row in found]


def count_hits(conn: "Connection", words: Sequence[str]) -> int:
    """Return the number of hits: by the index alone where it is exact."""
    text, grams = condition(words)
    checked = "" if all(is_settled(Term(word, word)) for word in words) else f" and {text}"
    query = f"select count(*) from article where grams_v1(folded, headline, tokens) @@ %s::tsquery{checked}"
    row = conn.execute(query.encode(), (grams,)).fetchone()
    return int(row[0]) if row else 0


def _all_scanned(conn: "Connection", words: Sequence[str]) -> list[str]:
    query = f"select id from article where {condition(words)[0]} order by day desc, number desc"
    return [row[0] for row in conn.execute(query.encode())]


def _first_scanned(conn: "Connection", words: Sequence[str]) -> list[str]:
    query = f"select id, body from article where {condition(words)[0]} order by day desc, number desc limit 20"
    return [row[0] for row in conn.execute(query.encode())]


def searches(conn: "Connection", queries: Sequence[Sequence[str]]) -> list[Figure]:
    """Time the first twenty and the count; compare all hits with a scan's."""
    times: dict[str, list[float]] = defaultdict(list)
    for words in queries:
        first_hits(conn, words)
    for words in queries:
        times["floor ms"].append(ms(lambda: conn.execute("select 1")))
        times["first 20 ms"].append(ms(partial(first_hits, conn, words)))
        times["first 20, processor ms"].append(_processor_ms(conn, partial(first_hits, conn, words)))
        alone = partial(first_hits, conn, words, 20, 0)
        times["first 20 by the index alone, processor ms"].append(_processor_ms(conn, alone))
        with _index_only(conn):
            times["count ms"].append(ms(partial(count_hits, conn, words)))
    floor = times.pop("floor ms")
    compared, wrong = _compared(conn, queries)
    return [
        Figure(OURS, "queries compared with a scan", (compared,)),
        Figure(OURS, "of these, other hits, order or count", (wrong,)),
        *(Figure(OURS, metric, tuple(found)) for metric, found in times.items()),
        Figure("select 1", "first 20 ms", tuple(floor)),
    ]


def _compared(conn: "Connection", queries: Sequence[Sequence[str]]) -> tuple[int, int]:
    """Return how many queries were compared with a scan, and how many of these had other hits, order or count."""
    wrong = 0
    until = time.monotonic() + _COMPARE_SECONDS
    for done, words in enumerate(queries):
        if time.monotonic() > until:
            return done, wrong
        plain = _all_scanned(conn, words)
        with _index_only(conn):
            number = count_hits(conn, words)
        wrong += number != len(plain) or _all_hits(conn, words) != plain or first_hits(conn, words) != plain[:20]
    return len(queries), wrong


@contextmanager
def _index_only(conn: "Connection") -> Iterator[None]:
    """Make the planner use the index of grams, as a program that counts does."""
    for setting in ("enable_seqscan", "enable_indexscan"):
        conn.execute(f"set {setting} = off".encode())
    try:
        yield
    finally:
        for setting in ("enable_seqscan", "enable_indexscan"):
            conn.execute(f"reset {setting}".encode())


def _processor_ms(conn: "Connection", task: Callable[[], object]) -> float:
    """Return how long the connection's server process is on a processor (Linux), whatever else the machine does."""
    before = spent_ms(conn)
    task()
    return spent_ms(conn) - before


def spent_ms(conn: "Connection") -> float:
    """Return how long the connection's server process has been on a processor."""
    return int(Path(f"/proc/{conn.info.backend_pid}/schedstat").read_text().split()[0]) / 1e6


def peers(conn: "Connection", queries: Sequence[Sequence[str]]) -> list[Figure]:
    """Time a parallel scan and, in a small archive, pg_trgm's index, which takes LIKE; in turn with ours."""
    (total,) = conn.execute("select count(*) from article").fetchone() or (1,)
    figures: list[Figure] = []
    tasks: dict[str, Callable[[Sequence[str]], object]] = {
        OURS: partial(first_hits, conn),
        SCAN: partial(_first_scanned, conn),
    }
    if total <= _PEER_ARTICLES:
        figures += _trigram_index(conn, total)
        tasks[TRIGRAMS] = partial(_first_by_trigrams, conn)
    conn.execute(f"set statement_timeout = '{_PEER_LIMIT}s'".encode())
    until = time.monotonic() + PEER_SECONDS
    times: dict[str, list[float]] = {name: [] for name in tasks}
    for words in queries:
        for name, task in tasks.items():
            times[name].append(_bounded_ms(task, words))
        if time.monotonic() > until:
            break
    conn.execute("drop index if exists trigrams")
    return [*(Figure(name, "first 20, beside peers ms", tuple(found)) for name, found in times.items()), *figures]


def _trigram_index(conn: "Connection", total: int) -> list[Figure]:
    conn.execute("create extension if not exists pg_trgm")
    conn.execute("set maintenance_work_mem = '512MB'")
    built = ms(lambda: conn.execute("create index trigrams on article using gin (folded gin_trgm_ops)"))
    (size,) = conn.execute(
        "select sum(pg_relation_size(inhrelid)) from pg_inherits where inhparent = 'trigrams'::regclass"
    ).fetchone() or (0,)
    return [
        Figure(TRIGRAMS, "index s per 1,000 articles", (built / total,)),
        Figure(TRIGRAMS, "index of grams kB per article", (float(size) / total / 1e3,)),
    ]


def _first_by_trigrams(conn: "Connection", words: Sequence[str]) -> object:
    like = " and ".join("folded like '%" + word.replace("'", "''") + "%'" for word in words)
    with _index_only(conn):
        return conn.execute(
            f"select id, body from article where {like} order by day desc, number desc limit 20".encode()
        ).fetchall()


def _bounded_ms(task: Callable[[Sequence[str]], object], words: Sequence[str]) -> float:
    from psycopg.errors import QueryCanceled

    started = time.perf_counter()
    try:
        task(words)
    except QueryCanceled:
        return _PEER_LIMIT * 1e3
    return (time.perf_counter() - started) * 1e3


def ms(task: Callable[[], object]) -> float:
    """Return how long the task takes in milliseconds."""
    started = time.perf_counter()
    task()
    return (time.perf_counter() - started) * 1e3
