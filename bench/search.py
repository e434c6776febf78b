"""What a search costs: three hundred queries, the first answer with its twenty hits, beside tantivy and ripgrep.

Milliseconds are those of the processor, so that what else the machine does counts little.

`--library DIR` takes that library instead of a generated one; `--check N` compares the hits of N random stretches of
text with a plain scan of everything instead of measuring.
"""

import argparse
import gc
import json
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median, quantiles
from time import perf_counter, process_time

from tui.article import Article
from tui.catalogue import Catalogue
from tui.fold import INVISIBLE, bulk_fold, dense, fold
from tui.indexer import Indexer
from tui.library import Library
from tui.problem import Problem
from tui.search.engine import SearchEngine
from tui.text.document import fields, headline

from .figures import Figure, Result
from .library import MADE, ROOT, generated
from .peers import command, python
from .search_queries import Asked, asked

TOP = 20
_LARGEST = 1 << 30
"""Bytes of text that tantivy is given."""
BUDGET = 1.0
"""Seconds; a first answer gives up counting long before."""
_SAMPLE = 4_000
_RIPGREP = 5
"""Every so many queries are asked of ripgrep, which reads everything each time."""
OURS = "ganews-tui"
KEPT = MADE / "search"
"""Indexes are kept from run to run."""

Program = Callable[[Asked], float]
"""A function that answers a query and returns the milliseconds that took."""


def run(args: argparse.Namespace) -> list[Result] | None:
    """Measure, or check with `--check`."""
    os.environ["XDG_CACHE_HOME"] = str(KEPT / "cache")
    folders = args.library or [generated(size) for size in args.sizes]
    if args.check:
        for folder in folders:
            check(folder, args.check)
        return None
    return [measured(folder) for folder in folders]


def measured(folder: Path) -> Result:
    """One library."""
    catalogue, seconds = indexed(folder)
    queries = asked(articles(catalogue.library, _SAMPLE))
    text = sum(path.stat().st_size for path in folder.rglob("*") if path.suffix in (".md", ".jsonl"))
    whole = Path(catalogue.home.path).stat().st_size / text
    notes = [
        f"{catalogue.total:,} articles, {text / 1e6:,.0f} MB in files, in step in {seconds:,.0f} s",
        f"search tables {_tables(catalogue) / text:.2f} of the files, catalogue and index together {whole:.2f}",
    ]
    with ExitStack() as stack:
        programs: dict[str, Program] = {OURS: stack.enter_context(ours(catalogue))}
        for name, peer in (("tantivy (1,2)-grams", tantivy), ("ripgrep", ripgrep)):
            found = stack.enter_context(peer(folder))
            if isinstance(found, str):
                notes.append(found)
            else:
                programs[name] = found
        values = _in_turn(programs, queries)
    figures = [
        Figure(name, f"{kind} ms", tuple(times))
        for kind in ("all", *dict.fromkeys(one.kind for one in queries))
        for name in programs
        if (times := [ms for one, ms in values[name] if kind in ("all", one.kind)])
    ]
    notes += [_said(name, values) for name in programs if name != OURS]
    total = catalogue.total
    catalogue.close()
    part = "search" if total <= 10_000 else f"search-{total}"
    return Result(part, f"Search, {total:,} articles", tuple(figures), OURS, tuple(notes))


def indexed(folder: Path) -> tuple[Catalogue, float]:
    """The catalogue, in step with the folder, and the seconds that took."""
    started = perf_counter()
    catalogue = Catalogue(Library(folder))
    Indexer(catalogue).run()
    catalogue.refresh()
    return catalogue, perf_counter() - started


def _tables(catalogue: Catalogue) -> int:
    """Bytes of the search tables."""
    pages = "SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'search%' OR name LIKE 'sqlite_autoindex_search%'"
    return int(catalogue.conn.execute(pages).fetchone()[0] or 0)


def articles(library: Library, most: int) -> list[Article]:
    """Some of a library's articles, spread over its files."""
    files = list(library.files())
    files = files[:: max(1, len(files) // most)]
    each = -(-most // len(files))
    return [
        one.article
        for file in files
        for one in islice((one for one in library.read(file) if not isinstance(one, Problem)), each)
    ]


def _in_turn(programs: Mapping[str, Program], queries: list[Asked]) -> dict[str, list[tuple[Asked, float]]]:
    """Each query by each program, one after the other; each first in its turn."""
    values: dict[str, list[tuple[Asked, float]]] = {name: [] for name in programs}
    for number, one in enumerate(queries):
        names = list(programs)
        for name in names[number % len(names) :] + names[: number % len(names)]:
            if name != "ripgrep" or number % _RIPGREP == 0:
                values[name].append((one, programs[name](one)))
    return values


@contextmanager
def ours(catalogue: Catalogue) -> Iterator[Program]:
    """Our program, as the app asks it at a key."""
    search = SearchEngine(catalogue)
    search.search("开始", limit=TOP, budget=BUDGET)
    gc.collect()
    gc.freeze()  # what the bench itself holds is no part of our program, and not to be walked through at its cost

    def answer(one: Asked) -> float:
        started = process_time()
        search.search(one.typed, limit=TOP, budget=BUDGET)
        return (process_time() - started) * 1000

    yield answer


@contextmanager
def tantivy(folder: Path) -> Iterator[Program | str]:
    """A process that answers by tantivy; why not, where there is none."""
    interpreter = python("tantivy")
    index = KEPT / f"tantivy-{folder.resolve().name}"
    if not index.exists() and sum(file.stat().st_size for file in folder.glob("*/articles.jsonl")) > _LARGEST:
        yield "tantivy is left out: making its index of so much text takes an hour"
        return
    if interpreter is None or not list(folder.glob("*/articles.jsonl")):
        yield "tantivy is not here (`python -m bench peers`) or the library is not made of lines: skipped"
        return
    called = [interpreter, "-m", "bench.peers.tantivy_grams", str(folder), str(index)]
    with subprocess.Popen(called, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as peer:
        assert peer.stdin is not None and peer.stdout is not None
        print(f"tantivy's index: {json.loads(peer.stdout.readline())['ready'] / 1e6:,.0f} MB", file=sys.stderr)
        to, back = peer.stdin, peer.stdout

        def answer(one: Asked) -> float:
            to.write(json.dumps([fold(word) for word in one.plain]) + "\n")
            to.flush()
            return float(json.loads(back.readline())["ms"])

        yield answer
        to.close()


@contextmanager
def ripgrep(folder: Path) -> Iterator[Program | str]:
    """ripgrep over the library's files, lines counted."""
    program = command("rg")
    if program is None:
        yield "ripgrep is not here: skipped"
        return

    def answer(one: Asked) -> float:
        before = children_seconds()
        subprocess.run([program, "-j1", "-cF", "--no-messages", one.plain[0], str(folder)], stdout=subprocess.DEVNULL)
        return (children_seconds() - before) * 1000

    yield answer


def children_seconds() -> float:
    """Seconds of processor that ended children took."""
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _said(name: str, values: Mapping[str, list[tuple[Asked, float]]]) -> str:
    """Median, 95 % and most of ours, over the peer's."""
    here, there = ([ms for _, ms in values[one]] for one in (OURS, name))
    parts = ((median, "median"), (_p95, "95 %"), (max, "most"))
    ratios = ", ".join(f"{said} {of(here) / of(there):.3g}" for of, said in parts)
    return f"{OURS} over {name}: {ratios}"


def _p95(values: list[float]) -> float:
    return quantiles(values, n=20, method="inclusive")[-1]


def check(folder: Path, times: int) -> None:
    """Hits of random stretches of text against a plain scan; raises SystemExit where they differ."""
    catalogue, _ = indexed(folder)
    search = SearchEngine(catalogue)
    chance = random.Random(times)
    sample = articles(catalogue.library, 2_000)
    wanted: dict[str, set[str]] = {}
    while len(wanted) < times:
        text = chance.choice([text for _, text in fields(chance.choice(sample)) if text] or ["的"])
        at = chance.randrange(len(text))
        stretch = text[at : at + chance.choice((1, 2, 2, 3, 3, 4, 5, 8, 16))].replace("\n", " ")
        if stretch.strip() and '"' not in stretch:
            wanted[stretch] = set()
    _scan(catalogue.library, wanted)
    wrong = [text for text, ids in wanted.items() if not _same(search, text, ids)]
    hits = sum(map(len, wanted.values()))
    print(f"{folder}: {catalogue.total:,} articles, {times} queries, {hits:,} hits, wrong: {wrong}")
    if wrong:
        raise SystemExit(1)


def _same(search: SearchEngine, text: str, ids: set[str]) -> bool:
    answer = search.search(f'"{text}"')
    return {hit.article for hit in answer.hits} == ids and answer.total == len(ids)


def _scan(library: Library, wanted: dict[str, set[str]]) -> None:
    """Look for every stretch in every field of every article."""
    quick = bulk_fold()
    folded = {text: dense(text) for text in wanted}
    for file in library.files():
        for one in library.read(file):
            if isinstance(one, Problem):
                continue
            whole = quick("\n".join(text.replace("\n", " ") for _, text in fields(one.article))).replace(INVISIBLE, "")
            joined = headline(whole.partition("\n")[0], one.article.title)
            whole += f"\n{joined.text}" if joined else ""
            for text, found in wanted.items():
                if folded[text] in whole:
                    found.add(one.article.id)
