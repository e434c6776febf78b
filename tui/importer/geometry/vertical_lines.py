"""Recognition of vertical lines, as headlines have them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from .glyphs import Glyph

_SHORTEST = 3
"""Characters. Minimum length of a vertical line."""
_LARGE = 1.25
"""Ratio to the size of the body text. Larger characters form vertical headlines."""
_WIDEST_STEP = 2.2
"""Sizes. Baselines of one line are not farther apart."""
_BESIDE = 3.0
"""Sizes of the headline. Its vertical kicker or deck is not farther away."""


def vertical_runs(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Return the vertical lines: large characters that are closer to the one below than to the one beside.

    Smaller characters form one only beside a large one, as its kicker or deck.
    """
    sizes = Counter(glyph.size for glyph in glyphs)
    if not sizes:
        return []
    body = sizes.most_common(1)[0][0]
    found = _runs_among([glyph for glyph in glyphs if glyph.size > _LARGE * body])
    if not found:
        return []
    rows = _rows_of(glyphs)
    small = (glyph for glyph in glyphs if glyph.size <= _LARGE * body and any(_is_beside(glyph, run) for run in found))
    return [*found, *_runs_among([glyph for glyph in small if not _has_neighbour(glyph, rows)])]


def _runs_among(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    rows = _rows_of(glyphs)
    found: list[list[Glyph]] = []
    for stack in _stacks(glyphs):
        run: list[Glyph] = []
        for glyph in sorted(stack, key=lambda one: one.baseline):
            if run and _ends(run, glyph):
                found += [run] if _stands(run, rows) else []
                run = []
            run.append(glyph)
        found += [run] if _stands(run, rows) else []
    return found


def _ends(run: Sequence[Glyph], glyph: Glyph) -> bool:
    """Return whether a vertical line ends above `glyph`: a gap that is no ideographic space ends it."""
    step = glyph.baseline - run[-1].baseline
    if len(run) < 2 or step > _WIDEST_STEP * glyph.size:
        return step > _WIDEST_STEP * glyph.size
    pitch = run[1].baseline - run[0].baseline
    return step > 1.5 * pitch and abs(step - pitch - glyph.size) > 0.15 * glyph.size


def _rows_of(glyphs: Iterable[Glyph]) -> dict[int, list[Glyph]]:
    """Return the characters by their baseline, rounded to a point."""
    rows: dict[int, list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        rows[round(glyph.baseline)].append(glyph)
    return rows


def _is_beside(glyph: Glyph, run: Sequence[Glyph]) -> bool:
    """Return whether a character is level with a vertical line and close to it."""
    size = run[0].size
    level = run[0].baseline - size <= glyph.baseline <= run[-1].baseline + size
    return level and max(glyph.x - run[0].right, run[0].x - glyph.right) < _BESIDE * size


def _has_neighbour(glyph: Glyph, rows: dict[int, list[Glyph]]) -> bool:
    """Return whether a character of the same size is beside another, as in a horizontal line."""
    reach = 1.4 * glyph.size
    return any(
        other is not glyph and other.size == glyph.size and abs(other.x - glyph.x) < reach
        for row in range(-1, 2)
        for other in rows.get(round(glyph.baseline) + row, ())
    )


def _stacks(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Yield groups of characters with equal size and horizontally aligned centres."""
    stack: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda one: (one.size, one.x + one.right)):
        last = stack[-1] if stack else None
        if last and (glyph.size != last.size or glyph.x + glyph.right - last.x - last.right > 0.3 * glyph.size):
            yield stack
            stack = []
        stack.append(glyph)
    if stack:
        yield stack


def _stands(run: Sequence[Glyph], rows: dict[int, list[Glyph]]) -> bool:
    if len(run) < _SHORTEST:
        return False
    pitch = (run[-1].baseline - run[0].baseline) / (len(run) - 1)
    beside = 0
    for glyph in run:
        near = (
            other for row in range(-1, 2) for other in rows.get(round(glyph.baseline) + row, ()) if other is not glyph
        )
        beside += any(abs(other.x - glyph.x) < 1.02 * pitch for other in near)
    return pitch < 1.9 * run[0].size and beside < 0.5 * len(run)
