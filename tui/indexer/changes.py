"""The decision which files to read: compares the indexed files with those in the folder. Reads no file."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from ..catalogue.records import Changes, IndexedFile
from ..library import ArticleFile
from ..library.packed_folder import PackedFolder, differing

GAP = 1 << 12
"""Distance between the ranks of two files when all are renumbered."""
_MAX_LOOKUPS = 2_000
"""Files. Up to here, looking up the indexed files one by one is faster than comparing all."""


def compare(known: Mapping[str, IndexedFile], files: Iterable[ArticleFile]) -> Changes:
    """Return the difference between the files that were read and those in the folder."""
    changes = Changes()
    paths: list[str] = []
    for file in files:
        if file.kind == "fault":
            continue
        before = known.get(file.path)
        paths.append(file.path)
        if before is None or (before.size, before.mtime_ns) != (file.size, file.mtime_ns) or _other(before, file):
            changes.unread.append((file, before))
    there = set(paths)
    changes.gone = [one for path, one in known.items() if path not in there]
    ranks = _new_ranks(known, paths)
    if ranks is None:
        changes.renumbered = True
        changes.ranks = {path: (at + 1) * GAP for at, path in enumerate(paths)}
    else:
        changes.ranks = ranks | {one.path: one.rank for _, one in changes.unread if one is not None}
    return changes


def compare_folders(
    kept: Mapping[str, PackedFolder],
    folders: Sequence[PackedFolder],
    look_up: Callable[[Sequence[str]], Mapping[str, IndexedFile]],
) -> Changes | None:
    """Return the difference between the folders as they were read and as they are now, None if it is large.

    `look_up` returns indexed files by path. Files of folders that are equal are not looked at.
    """
    unread: list[ArticleFile] = []
    gone = [file.path for path in kept.keys() - {one.path for one in folders} for file in kept[path].files()]
    near: dict[str, None] = {}
    for at, folder in enumerate(folders):
        before = kept.get(folder.path, folder._replace(packed=b""))
        if before == folder:
            continue
        if before[:3] != folder[:3]:
            return None
        start, old_end, new_end = differing(before, folder)
        new, old = list(folder.files(start, new_end)), list(before.files(start, old_end))
        gone += {file.path for file in old} - {file.path for file in new}
        changed = set(new) - set(old)
        unread += [file for file in new if file in changed]
        if len(unread) + len(new) + len(gone) > _MAX_LOOKUPS:
            return None
        left = list(folder.files(start - 1, start)) if start else _end(folders[:at], -1)
        right = list(folder.files(new_end, new_end + 1)) or _end(folders[at + 1 :], 0)
        near |= dict.fromkeys(file.path for file in (*left, *new, *right))
    known = look_up([*near, *gone])
    ranks = _new_ranks(known, list(near))
    if ranks is None:
        return None
    changes = Changes(
        [(file, known.get(file.path)) for file in unread], [known[path] for path in gone if path in known]
    )
    changes.ranks = ranks | {one.path: one.rank for _, one in changes.unread if one is not None}
    return changes


def _end(folders: Sequence[PackedFolder], at: int) -> list[ArticleFile]:
    """Return the first file of these folders with `at` 0, the last one with -1; none without folders."""
    return list(folders[at].files())[at:][:1] if folders else []


def _new_ranks(known: Mapping[str, IndexedFile], paths: Sequence[str]) -> dict[str, int] | None:
    """Return the ranks of the files that are not known, None if all must be renumbered."""
    ranks = placed([known[path].rank if path in known else None for path in paths])
    if ranks is None:
        return None
    return {path: rank for path, rank in zip(paths, ranks, strict=True) if path not in known}


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
