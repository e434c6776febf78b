"""One page of a newspaper, as text, into its articles.

A pure function of its input: lines, what is seen of each, the best labelling of all, articles.
"""

from functools import cache

from ..paths import content_dir
from ..place import Gazetteer, load
from .assemble import drafts_of, finished_article
from .facts import facts_of
from .labels import labelled
from .layout import layout_of, with_whole_bylines
from .lines import lines_of
from .places import PlaceFinder
from .result import ImportResult


def import_page(source: str, gazetteer: Gazetteer | None = None) -> ImportResult:
    """The articles of a page and a note for every doubtful decision; without a gazetteer, places by the bundled one."""
    gazetteer = gazetteer or _bundled()
    finder = PlaceFinder(gazetteer)
    lines = lines_of(source)
    layout = layout_of(lines)
    if layout.wrapped:
        lines = with_whole_bylines(lines, layout)
    facts = facts_of(lines, layout, gazetteer)
    decisions = labelled(facts, layout)
    drafts = drafts_of(facts, [decision.label for decision in decisions])
    finished = [finished_article(draft, finder) for draft in drafts]
    return ImportResult(tuple(article for article, _ in finished), ())


@cache
def _bundled() -> Gazetteer:
    return load(content_dir() / "gazetteer.yaml")
