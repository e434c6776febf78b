"""The decision which files to read: compares the indexed files with those in the folder. Reads no file."""

from collections.abc import Iterable, Mapping, Sequence

from ..catalogue.records import Changes, IndexedFile
from ..library import ArticleFile

GAP = 1 << 12
"""Distance between the ranks of two files when all are renumbered."""


def compare(known: Mapping[str, IndexedFile], files: Iterable[ArticleFile]) -> Changes:
    """Return the difference between the files that were read and those in the folder."""
    changes = Changes()
    paths: list[str] = []
    for file in files:
        if file.kind == "fault":
            changes.faults += [file.problem] if file.problem else []
            continue
        before = known.get(file.path)
        paths.append(file.path)
        if before is None or (before.size, before.mtime_ns) != (file.size, file.mtime_ns) or _other(before, file):
            changes.unread.append((file, before))
    there = set(paths)
    changes.gone = [one for path, one in known.items() if path not in there]
    ranks = placed([known[path].rank if path in known else None for path in paths])
    if ranks is None:
        changes.renumbered = True
        changes.ranks = {path: (at + 1) * GAP for at, path in enumerate(paths)}
    else:
        changes.ranks = {path: rank for path, rank in zip(paths, ranks, strict=True) if path not in known}
        changes.ranks |= {one.path: one.rank for _, one in changes.unread if one is not None}
    return changes


def _other(before: IndexedFile, file: ArticleFile) -> bool:
    """Return whether a file of the same size and time now has another bulletin or kind."""
    return before.bulletin != file.bulletin or before.kind != file.kind


def placed(ranks: Sequence[int | None]) -> list[int] | None:
    """Return the ranks with each None replaced by one between its neighbours.

    Returns None, so that all must be renumbered, if there is no room between them or they do not rise.
    """
    found: list[int] = []
    waiting = 0
    before = 0
    for rank in [*ranks, None]:
        last = len(found) + waiting == len(ranks)
        if rank is None and not last:
            waiting += 1
            continue
        step = GAP if rank is None else (rank - before) // (waiting + 1)
        if step < 1:
            return None
        found += [before + step * (at + 1) for at in range(waiting)]
        waiting = 0
        if rank is not None:
            found.append(rank)
            before = rank
    return found
