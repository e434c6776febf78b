"""How soon an article comes that somebody has in mind: known items, asked for by words that stand in them.

The figure is one over the place it takes among the first hundred hits, 0 where it is not among them; its mean is
the mean reciprocal rank. Asked with pools of several sizes: how many of the newest hits are put in order by score.
"""

import argparse
import os
import random
from pathlib import Path
from statistics import mean

from tui.article import Article
from tui.catalogue.grams import grams
from tui.fold import fold
from tui.search import index_search as ours
from tui.search.engine import SearchEngine
from tui.word_tables import word_tables

from .figures import Figure, Result
from .library import generated
from .search import KEPT, articles, indexed

ITEMS = 200
POOLS = (10, 20, 30, 40, 100)
_LOOKED_AT = 100


def run(args: argparse.Namespace) -> list[Result]:
    """Every library that is asked for."""
    os.environ["XDG_CACHE_HOME"] = str(KEPT / "cache")
    folders = args.library or [generated(size) for size in args.sizes]
    return [measured(folder) for folder in folders]


def measured(folder: Path) -> Result:
    """One library."""
    catalogue, _seconds = indexed(folder)
    asked = _asked(articles(catalogue.library, 4 * ITEMS))
    figures = []
    before = ours.POOL_OF_SEVERAL
    for pool in POOLS:
        ours.POOL_OF_SEVERAL = pool
        search = SearchEngine(catalogue)
        for kind in ("title and body", "title"):
            found = [_reciprocal(search, query, id) for one, query, id in asked if one == kind]
            figures.append(Figure(f"pool of {pool}", f"{kind}: mean reciprocal rank", (mean(found),)))
    ours.POOL_OF_SEVERAL = before
    total = catalogue.total
    catalogue.close()
    return Result(
        "ranking", f"Known items, {total:,} articles", tuple(figures), f"pool of {before}", (f"{ITEMS} items",)
    )


def _asked(sample: list[Article]) -> list[tuple[str, str, str]]:
    """The kind of each query, the query, and the id of the article meant."""
    chance = random.Random(1)
    chance.shuffle(sample)
    found: list[tuple[str, str, str]] = []
    for article in sample:
        title, body = (
            sorted(word_tables().pairs & grams(fold(text))) for text in (" ".join(article.title), article.body)
        )
        if title and body and len(found) < 2 * ITEMS:
            found.append(("title and body", f"{chance.choice(title)} {chance.choice(body)}", article.id))
            found.append(("title", chance.choice(title), article.id))
    return found


def _reciprocal(search: SearchEngine, query: str, id: str) -> float:
    hits = [hit.article for hit in search.search(query, limit=_LOOKED_AT).hits]
    return 1 / (hits.index(id) + 1) if id in hits else 0.0
