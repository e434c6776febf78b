"""The headings that the part of an address after `#` names."""

import re
from collections.abc import Iterable

from ..article import Block

_DROPPED = re.compile(r"[^\w\- ]")
_NUMBERED = re.compile(r"(.+)-(\d{1,3})")


def heading_block(blocks: Iterable[Block], anchor: str) -> int | None:
    """Return the index of the headline or subhead that `anchor` names, None without one.

    An anchor is a heading as written, as in Obsidian (`甲#乙` is 乙 below 甲), or its slug, as on GitHub: lower case,
    no punctuation, `-` for spaces. `-1` at the end of a slug means the second heading of that name.
    """
    blocks = list(blocks)
    for n, block in enumerate(blocks):
        if block.kind == "subhead" and block.target[1:] == anchor != "":
            return n
    headings = [(n, block.text) for n, block in enumerate(blocks) if block.kind in ("headline", "subhead")]
    wanted = _slug(anchor.rpartition("#")[2])
    named = [n for n, text in headings if _slug(text) == wanted]
    if not named and (numbered := _NUMBERED.fullmatch(wanted)):
        named = [n for n, text in headings if _slug(text) == numbered[1]][int(numbered[2]) :]
    if not named:
        named = [n for n, text in headings if _squeezed(text) == _squeezed(wanted)]
    return named[0] if named and wanted else None


def _slug(text: str) -> str:
    return _DROPPED.sub("", text.strip().casefold()).replace(" ", "-")


def _squeezed(text: str) -> str:
    """Return only the letters and digits. Site generators differ in what they make of the rest."""
    return "".join(filter(str.isalnum, text.casefold()))
