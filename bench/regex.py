"""What a regular expression costs: the complete answer, with the count of all hits, beside ripgrep over the files.

Each expression holds a literal of two characters, from rare to very common words of the library. Milliseconds are those
of the processor. ripgrep reads every line with one thread and counts the lines that match.
"""

import argparse
import os
import random
import subprocess
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from time import process_time

from tui.article import Article
from tui.catalogue.grams import grams
from tui.fold import fold
from tui.search.engine import SearchEngine
from tui.word_tables import word_tables

from .figures import MIN_RUNS, Figure, Result
from .library import generated
from .peers import command
from .search import KEPT, OURS, TOP, articles, children_seconds, indexed

FREQUENCIES = {"rare": 0.0005, "middle": 0.01, "common": 0.05, "very common": 0.2}
"""Share of the articles that hold the word."""
EACH = 4
"""Words of each frequency."""
FORMS = ("{word}.{{1,3}}[的了在和]", "[一二三四五六七八九十0-9]+.?{word}", "{word}(?:活动|工作|会议|情况)")
_SAMPLE = 4_000
RIPGREP = "ripgrep"


def run(args: argparse.Namespace) -> list[Result]:
    """Measure every library that is asked for."""
    os.environ["XDG_CACHE_HOME"] = str(KEPT / "cache")
    return [measured(folder) for folder in args.library or [generated(size) for size in args.sizes]]


def measured(folder: Path) -> Result:
    """Measure one library."""
    catalogue, _seconds = indexed(folder)
    expressions = drawn(articles(catalogue.library, _SAMPLE))
    engine = SearchEngine(catalogue)
    engine.search("/开始/", limit=TOP)
    ripgrep = command("rg")
    times: dict[tuple[str, str], list[float]] = {}
    for kind, expression in expressions:
        ours = [_ours(engine, expression) for _ in range(MIN_RUNS)]
        times.setdefault((OURS, kind), []).append(median(ours))
        if ripgrep:
            theirs = [_ripgrep(ripgrep, expression, folder) for _ in range(MIN_RUNS)]
            times.setdefault((RIPGREP, kind), []).append(median(theirs))
    total = catalogue.total
    catalogue.close()
    figures = [Figure(program, f"{kind} ms", tuple(values)) for (program, kind), values in times.items()]
    notes = [
        f"{kind}: {OURS} takes {_ratios(times[OURS, kind], times[RIPGREP, kind])} the time of ripgrep"
        for kind in FREQUENCIES
        if ripgrep
    ]
    return Result(f"regex-{total}", f"Regular expressions, {total:,} articles", tuple(figures), RIPGREP, tuple(notes))


def drawn(sample: Sequence[Article]) -> list[tuple[str, str]]:
    """Return expressions and the frequency of their word."""
    chance = random.Random(7)
    texts = [fold(" ".join(article.title) + article.body) for article in sample]
    counted = Counter(pair for text in texts for pair in word_tables().pairs & grams(text))
    found = []
    for kind, share in FREQUENCIES.items():
        near = sorted(counted, key=lambda pair: (abs(counted[pair] - share * len(texts)), pair))[: EACH * 5]
        for word in chance.sample(near, EACH):
            found += [(kind, form.format(word=word)) for form in FORMS]
    return found


def _ours(engine: SearchEngine, expression: str) -> float:
    started = process_time()
    engine.search(f"/{expression}/", limit=TOP)
    return (process_time() - started) * 1000


def _ripgrep(program: str, expression: str, folder: Path) -> float:
    before = children_seconds()
    subprocess.run(
        [program, "-j1", "-c", "--no-messages", expression, str(folder)], stdout=subprocess.DEVNULL, check=False
    )
    return (children_seconds() - before) * 1000


def _ratios(ours: Sequence[float], theirs: Sequence[float]) -> str:
    ratios = sorted(mine / other for mine, other in zip(ours, theirs, strict=True))
    return f"{median(ratios):.2f} times (median; {ratios[0]:.2f}–{ratios[-1]:.2f})"
