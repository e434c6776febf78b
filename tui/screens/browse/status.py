"""What the title, the folio and the status line say."""

from collections.abc import Sequence
from typing import Protocol

from ...cells import cell_len
from ...keys import Command, footer
from ...look import Role
from ...words import _
from .finding import Finding
from .layout import Layout, Pane
from .reader import Reader
from .shelves import ALL, Shelves, label
from .stores import Stores

Words = list[tuple[str, Role]]


class Shown(Protocol):
    """What these lines speak of."""

    stores: Stores
    shelf: str
    shelves: Shelves
    finding: Finding
    reader: Reader

    @property
    def layout_now(self) -> Layout: ...


def title_words(shown: Shown) -> tuple[Words, Words]:
    """The library's name or the list's; the counts when there is no folio beside it."""
    name = shown.stores.title if shown.shelf == ALL else label(shown.shelf)
    return [(name, "title")], [] if shown.layout_now.reader else _counts(shown)


def folio(shown: Shown) -> tuple[Words, Words]:
    """Above the article: counts at the right; where the sidebar is hidden, the place at the left."""
    article = shown.reader.article
    hidden = not shown.layout_now.sidebar
    return [(article.place or "", "quiet")] if hidden and article else [], _counts(shown)


def footer_words(pane: Pane, commands: Sequence[Command], room: int) -> Words:
    """The footer from the table of commands: keys, and what they do, as many as fit whole in so many cells."""
    words: Words = []
    for keys, word in footer(pane.where, commands):
        entry: Words = [(" ".join(keys), "key"), (f" {_(word)}   ", "quiet")]
        room -= sum(cell_len(text) for text, _role in entry)
        if room < -2:
            break
        words += entry
    return words


def _counts(shown: Shown) -> Words:
    total = _("{n} 篇").format(n=shown.stores.catalogue.total)
    unread = _("{n} 未读").format(n=shown.shelves.unread)
    return [(f"{total}  {unread}", "quiet")]
