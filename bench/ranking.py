"""How soon a known article comes: mean reciprocal rank, beside BM25, with confidence intervals.

The test: an article is drawn, then a query from its text, and the score is one over the place that the article takes
among the first hundred hits; 0 if it is not among them. Why it is fair:

- Words are two-character dictionary words of the article. In four kinds they are drawn evenly from the headline or the
  body: no word is preferred for being rare, early or frequent, and only lengths and headlines tell articles apart. In
  one kind each occurrence is as likely as another ("popular" of Azzopardi, de Rijke and Balog, Building simulated
  queries for known-item topics, SIGIR 2007), and in one both words come from one clause: a remembered wording.
- Every kind in `KINDS` has the same number of queries, so that neither a weight for headlines nor its absence wins.
- Only articles of one half are asked for (`is_reported`). Constants of our score are chosen on the other half.
- Every ranker gets the same folded text, the same words, all required, and tells one place for each article.
- tantivy and FTS5 run with pairs of characters and with jieba's words, with and without a weight for the headline; the
  comparison is with the best of them.
- An article's date is never part of the query: newest first helps as often as it harms. Articles are drawn from the
  whole library, so that neither is it an advantage to be indexed early.
"""

import argparse
import json
import os
import random
import re
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from heapq import nsmallest
from pathlib import Path
from statistics import fmean, mean
from zlib import crc32

from tui.article import Article
from tui.catalogue.grams import grams
from tui.fold import fold
from tui.library import Library
from tui.search.engine import SearchEngine
from tui.word_tables import word_tables

from .figures import Figure, Result
from .library import ROOT, generated
from .peers import python
from .search import KEPT, OURS, indexed
from .search_queries import traditional_forms

ITEMS, ITEMS_OF_LARGE = 1_000, 400
"""Articles, each asked for once in every kind; the second in a library above 10,000, where BM25 takes its time."""
_CLAUSE = re.compile(r"\w+")
EVEN = ("two of the headline", "headline and body", "two of the body", "one of the headline")
KINDS = (*EVEN, "two by occurrence", "two of one clause")
_SHOWN = ("all", "evenly", *KINDS)
LOOKED_AT = 100
"""Hits."""
RESAMPLES = 2_000

Ranker = Callable[[Sequence[str]], Sequence[str]]
"""From words to ids of articles, the best first."""


@dataclass(frozen=True, slots=True)
class Item:
    """A known article and a query for it."""

    kind: str
    words: tuple[str, ...]
    article: str
    """Its id."""


def run(args: argparse.Namespace) -> list[Result]:
    """Measure every library that is asked for."""
    os.environ["XDG_CACHE_HOME"] = str(KEPT / "cache")
    folders = args.library or [generated(size) for size in args.sizes]
    return [measured(folder) for folder in folders]


def measured(folder: Path) -> Result:
    """Measure one library."""
    catalogue, _seconds = indexed(folder)
    count = ITEMS if catalogue.total <= 10_000 else ITEMS_OF_LARGE
    sample = asked_for(catalogue.library, 2 * count)
    items = known_items(sample, count)
    engine = SearchEngine(catalogue)
    ours: dict[str, Ranker] = {OURS: lambda words: _ids(engine, words)}
    with bm25(folder) as peers:
        notes = [peers] if isinstance(peers, str) else []
        found = reciprocal_ranks(items, ours if isinstance(peers, str) else ours | peers)
    shares = ", ".join(f"{way} {share:.1%}" for way, share in first_hits(engine, sample[:count]).items())
    notes.append(f"a whole headline typed, the first hit has it: {shares}")
    total = catalogue.total
    catalogue.close()
    figures = [
        Figure(name, f"{kind}: mean reciprocal rank", (mean(of_kind(items, ranks, kind)),))
        for name, ranks in found.items()
        for kind in _SHOWN
    ]
    part = "ranking" if total <= 10_000 else f"ranking-{total}"
    title = f"Known items, {total:,} articles"
    return Result(part, title, tuple(figures), OURS, (*notes, *_said(items, found)), table(items, found))


def is_reported(id: str) -> bool:
    """Return whether the article belongs to the half that figures are reported for."""
    return crc32(id.encode()) % 2 == 1


def asked_for(library: Library, count: int) -> list[Article]:
    """Draw articles from the whole library.

    The first articles would favour rankers that give equal scores to many articles and then take the first.
    """
    reported = (one for one in library.everything() if isinstance(one, Article) and is_reported(one.id))
    return nsmallest(count, reported, key=lambda one: crc32(one.id.encode()))


def known_items(sample: list[Article], count: int = ITEMS) -> list[Item]:
    """Draw `count` items of every kind."""
    chance = random.Random(3)
    chance.shuffle(sample)
    found: list[Item] = []
    for article in sample:
        title, body = (
            sorted(word_tables().pairs & grams(fold(text))) for text in (" ".join(article.title), article.body)
        )
        occurring = _words(article)
        clauses = [clause for clause in occurring if len(set(clause)) > 1]
        if len(title) > 1 and len(body) > 1 and clauses and len(found) < count * len(KINDS):
            first = chance.choice(title)
            drawn = (
                tuple(chance.sample(title, 2)),
                (first, chance.choice([word for word in body if word != first])),
                tuple(chance.sample(body, 2)),
                (chance.choice(title),),
                _two(chance, [word for clause in occurring for word in clause]),
                _two(chance, chance.choice(clauses)),
            )
            found += [Item(kind, words, article.id) for kind, words in zip(KINDS, drawn, strict=True)]
    return found


def _words(article: Article) -> list[list[str]]:
    """Return the words of each clause, without those that overlap an earlier one."""
    text = fold("\n".join((" ".join(article.title), article.body)))
    clauses = []
    for clause in _CLAUSE.findall(text):
        found: list[str] = []
        at = 0
        while at < len(clause) - 1:
            is_word = clause[at : at + 2] in word_tables().pairs
            if is_word:
                found.append(clause[at : at + 2])
            at += 2 if is_word else 1
        clauses.append(found)
    return clauses


def _two(chance: random.Random, occurring: Sequence[str]) -> tuple[str, str]:
    """Draw two different words; each occurrence is equally likely."""
    first = chance.choice(occurring)
    return first, chance.choice([word for word in occurring if word != first])


def reciprocal_ranks(items: Sequence[Item], rankers: dict[str, Ranker]) -> dict[str, list[float]]:
    """Return one over the place of every item, by ranker; 0 beyond `LOOKED_AT`."""
    found: dict[str, list[float]] = {name: [] for name in rankers}
    for item in items:
        for name, ranker in rankers.items():
            ids = list(ranker(item.words))[:LOOKED_AT]
            found[name].append(1 / (ids.index(item.article) + 1) if item.article in ids else 0.0)
    return found


def typed_titles(article: Article, traditional: Mapping[str, str]) -> dict[str, str]:
    """Return the ways in which a headline is typed: as printed, without gaps, in traditional characters, in pinyin.

    Pinyin takes each character's usual reading, which is wrong for some that have several.
    """
    printed = " ".join(article.title)
    usual = word_tables().usual
    return {
        "as printed": printed,
        "without gaps": "".join(printed.split()),
        "traditional": "".join(traditional.get(character, character) for character in printed),
        "pinyin": "".join(usual.get(character, character) for character in fold(printed) if not character.isspace()),
    }


def first_hits(engine: SearchEngine, sample: Sequence[Article]) -> dict[str, float]:
    """Return for each way to type a headline how often the first hit has it: a share of 1."""
    traditional = traditional_forms()
    found: dict[str, list[bool]] = {}
    for article in sample:
        for way, typed in typed_titles(article, traditional).items():
            hits = engine.search(typed, limit=1).hits
            found.setdefault(way, []).append(bool(hits) and hits[0].title == article.title)
    return {way: mean(right) for way, right in found.items()}


def of_kind(items: Sequence[Item], ranks: Sequence[float], kind: str) -> list[float]:
    """Return the reciprocal ranks of one kind, of `all`, or of the kinds drawn `evenly`."""
    kinds = {"all": KINDS, "evenly": EVEN}.get(kind, (kind,))
    return [rank for item, rank in zip(items, ranks, strict=True) if item.kind in kinds]


def interval(values: Sequence[float]) -> tuple[float, float]:
    """Return the 95 % confidence interval of the mean, by resampling with replacement."""
    chance = random.Random(2)
    means = sorted(fmean(chance.choices(values, k=len(values))) for _ in range(RESAMPLES))
    return means[round(RESAMPLES * 0.025)], means[round(RESAMPLES * 0.975) - 1]


def table(items: Sequence[Item], found: dict[str, list[float]]) -> str:
    """Return a Markdown table: a row a ranker; mean and interval for every kind."""
    rows = [f"| mean reciprocal rank | {' | '.join(_SHOWN)} |", f"|---|{'--:|' * len(_SHOWN)}"]
    for name, ranks in found.items():
        cells = [_cell(of_kind(items, ranks, kind)) for kind in _SHOWN]
        rows.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(rows)


def _cell(values: Sequence[float]) -> str:
    low, high = interval(values)
    return f"{mean(values):.3f} ({low:.3f}–{high:.3f})"


def _said(items: Sequence[Item], found: dict[str, list[float]]) -> list[str]:
    """Return the difference to the best peer of each engine, item by item."""
    count = len(items) // len(KINDS)
    said = [f"{count} articles, each asked for in {len(KINDS)} ways; 95 % intervals by {RESAMPLES:,} resamples"]
    for engine in ("tantivy", "FTS5"):
        peers = [name for name in found if name.startswith(engine)]
        if peers:
            best = max(peers, key=lambda name: mean(found[name]))
            differences = [mine - theirs for mine, theirs in zip(found[OURS], found[best], strict=True)]
            less = [_difference(of_kind(items, differences, kind)) for kind in ("all", "evenly")]
            said.append(f"{OURS} less {best}, the best of {engine}: {less[0]}; words drawn evenly: {less[1]}")
    return said


def _difference(values: Sequence[float]) -> str:
    low, high = interval(values)
    return f"{mean(values):+.3f} ({low:+.3f} to {high:+.3f})"


def _ids(engine: SearchEngine, words: Sequence[str]) -> list[str]:
    return [hit.article for hit in engine.search(" ".join(words), limit=LOOKED_AT).hits]


@contextmanager
def bm25(folder: Path) -> Iterator[dict[str, Ranker] | str]:
    """Run the peers in a process of their own; the reason if they are missing."""
    interpreter = python("tantivy, rjieba")
    if interpreter is None or not list(folder.glob("*/articles.jsonl")):
        yield "tantivy or rjieba is not here (`python -m bench peers`), or the library is not made of lines: skipped"
        return
    called = [interpreter, "-m", "bench.peers.bm25", str(folder), str(KEPT / f"bm25-{folder.resolve().name}")]
    with subprocess.Popen(called, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as peer:
        assert peer.stdin is not None and peer.stdout is not None
        to, back = peer.stdin, peer.stdout
        names: list[str] = json.loads(back.readline())
        answers: dict[tuple[str, ...], dict[str, list[str]]] = {}

        def answered(words: Sequence[str]) -> dict[str, list[str]]:
            """Ask all at once; every ranker's answer to the last query is kept."""
            key = tuple(words)
            if key not in answers:
                answers.clear()
                to.write(json.dumps([fold(word) for word in words]) + "\n")
                to.flush()
                answers[key] = json.loads(back.readline())
            return answers[key]

        def ranker(name: str) -> Ranker:
            return lambda words: answered(words)[name]

        yield {name: ranker(name) for name in names}
        to.close()
