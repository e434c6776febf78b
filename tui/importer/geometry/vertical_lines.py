"""Recognition of vertical lines, as headlines have them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from .glyphs import Glyph

_SHORTEST = 3
"""Characters. Minimum length of a vertical line."""


def vertical_runs(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Return the vertical lines: large characters that are closer to the one below than to the one beside."""
    sizes = Counter(glyph.size for glyph in glyphs)
    if not sizes:
        return []
    body = sizes.most_common(1)[0][0]
    large = [glyph for glyph in glyphs if glyph.size > 1.25 * body]
    rows: dict[int, list[Glyph]] = defaultdict(list)
    for glyph in large:
        rows[round(glyph.baseline)].append(glyph)
    found: list[list[Glyph]] = []
    for stack in _stacks(large):
        run: list[Glyph] = []
        for glyph in sorted(stack, key=lambda one: one.baseline):
            if run and glyph.baseline - run[-1].baseline > 2.2 * glyph.size:
                found += [run] if _stands(run, rows) else []
                run = []
            run.append(glyph)
        found += [run] if _stands(run, rows) else []
    return found


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
        near = (other for row in range(-1, 2) for other in rows[round(glyph.baseline) + row] if other is not glyph)
        beside += any(abs(other.x - glyph.x) < 1.02 * pitch for other in near)
    return pitch < 1.9 * run[0].size and beside < 0.5 * len(run)
