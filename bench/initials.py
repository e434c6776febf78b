"""How often initials find the word meant: places, authors and the commonest words of a library."""

import argparse
import os
from collections.abc import Iterator, Sequence

from tui.article import Article
from tui.fold import dense
from tui.query.lexicon import name, place_names
from tui.search.engine import SearchEngine
from tui.word_tables import word_tables

from .figures import Result
from .library import generated
from .search import KEPT, OURS, indexed

COMMONEST = 5_000
"""Words of the table, of which one in `EACH` is asked for."""
EACH = 10
FIRST = (5, 20)
"""Readings."""

Word = tuple[str, tuple[tuple[str, ...], ...]]
"""A folded word, and the possible readings of each character."""


def run(args: argparse.Namespace) -> list[Result]:
    """Measure every library that is asked for."""
    os.environ["XDG_CACHE_HOME"] = str(KEPT / "cache")
    found = []
    for folder in args.library or [generated(size) for size in args.sizes]:
        catalogue, _seconds = indexed(folder)
        everything = [one for one in catalogue.library.everything() if isinstance(one, Article)]
        texts = "\n".join(dense("\n".join((*one.title, one.body, *one.authors))) for one in everything)
        authors = dict.fromkeys(author for one in everything for author in one.authors)
        kinds = {
            "place": [(one.text, one.syllables) for one in place_names(catalogue.library.gazetteer())],
            "author": [(one.text, one.syllables) for one in map(name, authors)],
            "common word": list(_commonest()),
        }
        engine = SearchEngine(catalogue)
        rows = [
            f"| {kind} | " + " | ".join(recall(engine, [one for one in words if one[0] in texts])) + " |"
            for kind, words in kinds.items()
        ]
        header = (
            f"| | words | {' | '.join(f'first {most}' for most in FIRST)} | all |\n|---|{'--:|' * (2 + len(FIRST))}"
        )
        title = f"Initials, {catalogue.total:,} articles"
        found.append(Result(f"initials-{catalogue.total}", title, (), OURS, own_table="\n".join([header, *rows])))
        catalogue.close()
    return found


def _commonest() -> Iterator[Word]:
    """Yield the commonest words of the table with the usual reading of each character."""
    weights, usual = word_tables().weights(), word_tables().usual
    for word in sorted(weights, key=lambda word: -weights[word])[:COMMONEST:EACH]:
        yield dense(word), tuple((usual.get(character, ""),) for character in word)


def recall(engine: SearchEngine, words: Sequence[Word]) -> Iterator[str]:
    """Yield the number of words, and the shares found among the first readings of their initials, and among all."""
    places: list[int | None] = []
    for word, said in words:
        typed = "".join(readings[0][:1] for readings in said)
        if len(typed) > 1 and typed.isalpha():
            read = engine.search(typed, limit=1).interpretations
            shown = [dense(one) for one in (*read[0].words, *read[0].others)] if read else []
            places.append(next((at for at, one in enumerate(shown) if one in word), None))
    yield str(len(places))
    for most in (*FIRST, len(places) + 1000):
        yield f"{sum(at is not None and at < most for at in places) / max(len(places), 1):.1%}"
