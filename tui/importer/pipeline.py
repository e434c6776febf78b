"""Import of one newspaper page in plain text.

A pure function in five stages: lines, features, labels, articles, notes.
"""

from functools import cache

from ..gazetteer import Gazetteer, load
from ..paths import content_dir
from .assemble import drafts_of, finished_article, labelled_lines
from .columns import layout_of, repaired
from .features import features_of
from .furniture import furniture_among
from .label_sequence import labelled
from .notes import notes_of
from .place_guess import PlaceFinder
from .result import FurnitureLine, ImportResult
from .scores import Scores
from .source_lines import lines_of


def import_page(source: str, gazetteer: Gazetteer | None = None) -> ImportResult:
    """Return the articles of a page, a note for every doubtful decision, and the furniture.

    Without `gazetteer`, use the bundled one.
    """
    finder = PlaceFinder(gazetteer or _bundled())
    everything = lines_of(source)
    furniture = furniture_among(everything)
    lines = [line for line in everything if line.number not in furniture]
    layout = layout_of(lines)
    lines = repaired(lines, layout)
    scores = Scores(features_of(lines, layout, finder.gazetteer), layout)
    decisions = labelled(scores)
    drafts = drafts_of(labelled_lines(scores.facts, [decision.label for decision in decisions]))
    finished = [finished_article(draft, finder) for draft in drafts]
    return ImportResult(
        tuple(article for article, _place in finished),
        tuple(notes_of(scores, decisions, finished, furniture)),
        tuple(FurnitureLine(number, line.text) for number, line in furniture.items()),
    )


@cache
def _bundled() -> Gazetteer:
    return load(content_dir() / "gazetteer.yaml")
