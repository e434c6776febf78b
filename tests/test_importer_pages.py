"""Generated newspaper pages are imported correctly; `python -m bench import` prints the complete figures."""

from collections import Counter

import pytest

from bench.import_ import measured
from bench.pages.articles import BYLINES, DATELINES
from bench.pages.layouts import LAYOUTS
from tui.gazetteer import load
from tui.paths import content_dir


@pytest.mark.parametrize("layout", LAYOUTS)
def test_most_generated_pages_are_imported_right_in_every_layout(layout: str) -> None:
    """The limit is well below the figures in docs/import.md: one page may change, but not a layout."""
    gazetteer = load(content_dir() / "gazetteer.yaml")
    counts: Counter[tuple[str, str]] = Counter()
    for seed, (bylines, datelines) in enumerate([(b, d) for b in BYLINES for d in DATELINES][::3]):
        counts.update(measured(gazetteer, layout, bylines, datelines, 1000 + seed))
    assert counts["characters", "lost"] == 0
    for field in ("articles", "headline", "place", "authors", "paragraphs", "subheads"):
        share = 2 * counts[field, "both"] / (counts[field, "gold"] + counts[field, "found"])
        assert share > (0.85 if field == "paragraphs" else 0.9), (field, share)
