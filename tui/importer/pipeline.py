"""Import of one newspaper page in plain text.

A pure function in five stages: lines, features, labels, articles, notes.
"""

from collections.abc import Mapping
from functools import cache

from ..gazetteer import Gazetteer, load
from ..paths import content_dir
from .assemble import drafts_of, finished_article, labelled_lines
from .columns import layout_of, repaired
from .decisions import Decisions, digest_of, offsets_of
from .features import features_of
from .furniture import furniture_among
from .gutter import in_reading_order
from .label_sequence import labelled
from .notes import doubts_of, notes_of
from .place_guess import PlaceFinder
from .result import FurnitureLine, ImportResult
from .scores import Label, Scores
from .source_lines import lines_of, normalise


def import_page(
    source: str,
    gazetteer: Gazetteer | None = None,
    decisions: Decisions | None = None,
    said: Mapping[int, Label] | None = None,
) -> ImportResult:
    """Return the articles of a page, a note for every doubtful decision, and the furniture.

    Without `gazetteer`, use the bundled one. What the user decided on this page is in `decisions`. `said` is what a
    page with markup says of its lines, by line number; every line of such a page is a whole block.
    """
    finder = PlaceFinder(gazetteer or _bundled())
    text, divided = in_reading_order(normalise(source))
    everything = lines_of(text)
    digest, offsets = digest_of(everything), offsets_of(everything)
    decided = decisions.pages.get(digest, {}) if decisions else {}
    furniture = furniture_among(everything)
    lines = [line for line in everything if line.number not in furniture]
    layout = layout_of(lines)
    lines = repaired(lines, layout)
    facts = features_of(lines, layout, finder.gazetteer)
    chosen = {line.number: decided[offsets[line.number]] for line in lines if offsets[line.number] in decided}
    scores = Scores(facts, layout, chosen, said=said)
    labels = labelled(scores)
    drafts = drafts_of(labelled_lines(scores.facts, [decision.label for decision in labels]))
    finished = [finished_article(draft, finder) for draft in drafts]
    doubts = tuple(doubts_of(scores, labels, offsets))
    return ImportResult(
        tuple(article for article, _place in finished),
        tuple(notes_of(doubts, finished, furniture, divided=divided)),
        tuple(FurnitureLine(number, line.text) for number, line in furniture.items()),
        doubts=doubts,
        digest=digest,
    )


@cache
def _bundled() -> Gazetteer:
    return load(content_dir() / "gazetteer.yaml")
