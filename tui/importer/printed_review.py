"""Doubtful decisions on the lines of printed pages, and what the user decided about them.

A file is known by the digest of the characters of its lines, and a line by the number of characters before it, both in
the order in which the lines were read from the file.
"""

import hashlib
from collections.abc import Iterator, Sequence

from ..i18n import _
from .decisions import Decisions
from .geometry.glyphs import PrintedLine, PrintedPage
from .geometry.roles import PlacedLine
from .notes import AROUND, label_name
from .result import Doubt, Note
from .scores import Label
from .source_lines import SourceLine

_CONFIDENCE = 0.7


class PrintedReview:
    """The lines of one file's pages: labels that the user chose, and those that are doubtful."""

    def __init__(self, pages: Sequence[PrintedPage], decisions: Decisions | None) -> None:
        self._offsets: dict[PrintedLine, int] = {}
        solid: list[str] = []
        length = 0
        for line in (line for page in pages for line in page.lines):
            self._offsets.setdefault(line, length)
            solid.append("".join(line.text.split()))
            length += len(solid[-1])
        self.digest = hashlib.sha256("".join(solid).encode("utf-8", "surrogatepass")).hexdigest()
        self._decided = decisions.pages.get(self.digest, {}) if decisions else {}
        self._seen: list[tuple[SourceLine, Label, Label | None]] = []

    def label_of(self, line: SourceLine, placed: PlacedLine) -> tuple[Label, bool]:
        """Return the label of a line, and whether it continues the headline part above it. Remember doubts."""
        chosen = self._decided.get(self._offsets.get(placed.line, -1))
        heads = placed.label == "more"
        self._seen.append((line, "join" if heads and placed.broken else placed.label, placed.instead))
        if chosen is None:
            return placed.label, placed.broken
        if heads and chosen in ("more", "join"):
            return "more", chosen == "join"
        return chosen, False

    def doubts(self) -> Iterator[Doubt]:
        """Yield the doubtful lines that the user has not decided, in reading order."""
        for at, (line, label, instead) in enumerate(self._seen):
            offset = self._offsets.get(line.printed, -1) if line.printed else -1
            if instead is None or offset < 0 or offset in self._decided:
                continue
            question = _("当作{this}，也可能是{other}。").format(this=label_name(label), other=label_name(instead))
            code = "paragraph" if {label, instead} == {"paragraph", "join"} else "heading-or-text"
            first = max(0, at - AROUND)
            context = tuple(seen.text for seen, _label, _instead in self._seen[first : at + AROUND + 1])
            note = Note(line.number, code, question, _CONFIDENCE)
            yield Doubt(line.number, offset, label, instead, note, context, at - first)
