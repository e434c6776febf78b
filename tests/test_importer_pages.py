"""Made newspaper pages come out as what is true of them; `python -m bench import` has the whole figures."""

from collections import Counter

import pytest

from bench.import_ import measured
from bench.pages.articles import BYLINES, DATELINES
from bench.pages.layouts import LAYOUTS
from tui.gazetteer import load
from tui.paths import content_dir


@pytest.mark.parametrize("layout", LAYOUTS)
def test_most_made_pages_are_read_right_in_every_layout(layout: str) -> None:
    """A floor well under the figures in docs/import.md: it holds when one page turns, not when a layout breaks."""
    gazetteer = load(content_dir() / "gazetteer.yaml")
    counts: Counter[tuple[str, str]] = Counter()
    for seed, (bylines, datelines) in enumerate([(b, d) for b in BYLINES for d in DATELINES][::3]):
        counts.update(measured(gazetteer, layout, bylines, datelines, 1000 + seed))
    assert counts["characters", "lost"] == 0
    for field in ("articles", "headline", "place", "authors", "paragraphs", "subheads"):
        share = 2 * counts[field, "both"] / (counts[field, "gold"] + counts[field, "found"])
        assert share > (0.85 if field == "paragraphs" else 0.9), (field, share)
