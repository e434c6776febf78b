"""Summary of skipped entries: files that are not texts, and folders that belong to programs."""

import os
from collections import Counter
from contextlib import suppress
from pathlib import Path

from ..clean import clean_line
from ..i18n import _
from .file_kinds import kind_of
from .walk import MOST, is_skipped

_NAMED = 8
"""Number of kinds named; the remaining kinds are counted together."""
_OWN = ("bulletin.yaml", "gazetteer.yaml")


def passed_over(root: Path) -> Counter[str]:
    """Count the skipped files by suffix and the skipped folders by name plus `/`.

    Hidden entries are not counted.
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
    """Return the counts as one text, most frequent kind first; empty if nothing was skipped."""
    said = [f"{kind} {count}" for kind, count in found.most_common(_NAMED)]
    if rest := sum(found.values()) - sum(count for _kind, count in found.most_common(_NAMED)):
        said.append(_("其他 {n}").format(n=rest))
    return _("、").join(said)


def _ending(name: str) -> str:
    """Return the suffix of a file, or its name if it has no suffix or is a skipped `.txt` file."""
    stem, dot, ending = name.rpartition(".")
    return f".{ending.lower()}" if dot and stem and ending.lower() != "txt" else name
