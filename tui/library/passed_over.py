"""What of a folder is not read for its kind: files that are no text, and folders that belong to programs."""

import os
from collections import Counter
from contextlib import suppress
from pathlib import Path

from ..clean import clean_line
from ..i18n import _
from .file_kinds import kind_of
from .walk import MOST, is_skipped

_NAMED = 8
"""Kinds that are named; the others are counted together."""
_OWN = ("bulletin.yaml", "gazetteer.yaml")


def passed_over(root: Path) -> Counter[str]:
    """Return how many files of each ending, and folders of each name with a slash after it, are not read.

    Hidden ones are not counted.
    """
    found: Counter[str] = Counter()
    left = [str(root)]
    for _number in range(MOST):
        if not left:
            break
        with suppress(OSError), os.scandir(left.pop()) as entries:
            for entry in entries:
                if entry.name[0] == ".":
                    continue
                if entry.is_dir(follow_symlinks=False):
                    if is_skipped(entry):
                        found[clean_line(entry.name) + "/"] += 1
                    else:
                        left.append(entry.path)
                elif kind_of(entry.name) is None and entry.name not in _OWN:
                    found[clean_line(_ending(entry.name))] += 1
    return found


def kinds_said(found: Counter[str]) -> str:
    """Return the kinds and their numbers as one text, the most frequent first; empty for none."""
    said = [f"{kind} {count}" for kind, count in found.most_common(_NAMED)]
    if rest := sum(found.values()) - sum(count for _kind, count in found.most_common(_NAMED)):
        said.append(_("其他 {n}").format(n=rest))
    return _("、").join(said)


def _ending(name: str) -> str:
    """Return what tells the kind of a file: its ending, or its name where it has none or is a text of another kind."""
    stem, dot, ending = name.rpartition(".")
    return f".{ending.lower()}" if dot and stem and ending.lower() != "txt" else name
