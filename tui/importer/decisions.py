"""The user's decisions on doubtful lines, stored so that the next import of the same page keeps them.

A page is known by the digest of its characters without white space, and a line by the offset of its first character
there. White space, blank lines and line ends therefore change nothing.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .scores import LABELS, Label
from .source_lines import SourceLine

VERSION = 1
Decided = Mapping[int, Label]
"""Labels that the user chose, by the offset of the line."""


@dataclass
class Decisions:
    """All decisions on the pages of one bulletin, by the digest of the page."""

    pages: dict[str, dict[int, Label]] = field(default_factory=dict)
    is_unknown: bool = False
    """Whether the file holds something else, such as decisions of a later version. It must not be replaced."""

    def of_page(self, digest: str) -> dict[int, Label]:
        """Return the decisions on a page, to read or to add to."""
        return self.pages.setdefault(digest, {})


def digest_of(lines: Iterable[SourceLine]) -> str:
    """Return the digest of a page."""
    return hashlib.sha256("".join(_solid(line) for line in lines).encode("utf-8", "surrogatepass")).hexdigest()


def offsets_of(lines: Sequence[SourceLine]) -> dict[int, int]:
    """Return the offset of each line in the page without white space, by line number."""
    offsets: dict[int, int] = {}
    at = 0
    for line in lines:
        offsets.setdefault(line.number, at)
        at += len(_solid(line))
    return offsets


def decisions_text(decisions: Decisions) -> str:
    """Return the text of the file that holds the decisions."""
    pages = {
        digest: {str(at): label for at, label in sorted(page.items())}
        for digest, page in decisions.pages.items()
        if page
    }
    return json.dumps({"version": VERSION, "pages": pages}, ensure_ascii=False, indent=1) + "\n"


def read_decisions(text: str) -> Decisions:
    """Return the decisions in the text of a file. Entries of an unknown form are left out."""
    try:
        said = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        return Decisions(is_unknown=True)
    if not isinstance(said, dict) or said.get("version") != VERSION or not isinstance(said.get("pages"), dict):
        return Decisions(is_unknown=True)
    pages = {str(digest): dict(_page(page)) for digest, page in said["pages"].items() if isinstance(page, dict)}
    return Decisions(pages)


def _page(page: Mapping[str, object]) -> Iterable[tuple[int, Label]]:
    for at, said in page.items():
        label = next((one for one in LABELS if one == said), None)
        if label is not None and at.isascii() and at.isdigit() and len(at) < 12:
            yield int(at), label


def _solid(line: SourceLine) -> str:
    return "".join(line.folded.split())
