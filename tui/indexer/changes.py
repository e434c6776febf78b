"""What must be read again, decided from two lists: the files that were read, and the files that are there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ..library import ArticleFile
from ..problem import Problem

GAP = 1 << 12
"""Between the ranks of two files when all are numbered anew."""


class IndexedFile(NamedTuple):
    """A file as it was read; see the table `file`."""

    key: int
    path: str
    bulletin: str
    kind: str
    size: int
    mtime_ns: int
    rank: int
    done: int
    lines: int
    crc: int


@dataclass(slots=True)
class Changes:
    """What a walk found."""

    unread: list[tuple[ArticleFile, IndexedFile | None]] = field(default_factory=list)
    """New files and changed ones, in the library's order."""
    gone: list[IndexedFile] = field(default_factory=list)
    faults: list[Problem] = field(default_factory=list)
    ranks: dict[str, int] = field(default_factory=dict)
    """Of the unread files; of every file when they had to be numbered anew."""
    renumbered: bool = False

    @property
    def size(self) -> int:
        """Bytes to read, if files that have grown have only grown."""
        return sum(
            file.size - (known.done if known is not None and known.done <= file.size else 0)
            for file, known in self.unread
        )


def compare(known: Mapping[str, IndexedFile], files: Iterable[ArticleFile]) -> Changes:
    """The difference between what was read and what is there."""
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
    """True when a file of the same size and time is to be read as something else."""
    return before.bulletin != file.bulletin or before.kind != file.kind


def placed(ranks: Sequence[int | None]) -> list[int] | None:
    """Ranks for those that have none, between their neighbours'; None when there is no room or no order."""
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
