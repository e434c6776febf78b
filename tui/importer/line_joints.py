"""Lines joined to one text, with a space only where the line end replaced one."""

import re
from collections.abc import Sequence

from .bylines import continued
from .source_lines import SourceLine

_WORD_BEFORE, _WORD_AFTER = re.compile(r"[a-z]{2}[,.;]?$"), re.compile(r"^[A-Za-z]?[a-z]+\b", re.ASCII)
_OPEN_BRACKET, _CLOSE_BRACKET = re.compile(r"\([^()]+$"), re.compile(r"^[^()]*\)")
_NEAR = 40
"""Characters on each side of a line end that are looked at."""


def joined(lines: Sequence[SourceLine]) -> tuple[str, str]:
    """Return the lines as one text, as printed and folded.

    A space goes between Latin words and between names in a bracketed byline.
    """
    printed, folded = [lines[0].text], [lines[0].folded]
    for line in lines[1:]:
        above = folded[-1][-_NEAR:]
        if (_WORD_BEFORE.search(above) and _WORD_AFTER.match(line.folded)) or _names_part(above, line.folded[:_NEAR]):
            printed.append(" ")
            folded.append(" ")
        printed.append(line.text)
        folded.append(line.folded)
    return "".join(printed), "".join(folded)


def _names_part(above: str, below: str) -> bool:
    """Return whether the line end replaced the space between two names of a bracketed byline."""
    opening, closing = _OPEN_BRACKET.search(above), _CLOSE_BRACKET.match(below)
    if not opening or not closing:
        return False
    return continued(opening[0], closing[0]) == f"{opening[0]} {closing[0]}"
