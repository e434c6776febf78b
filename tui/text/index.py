"""What a search needs of an index, in memory or in a database."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from ..query.places import Labels
from ..query.tree import Node
from .document import Document


class OutOfTime(Exception):
    """The caller's `is_over` said that the search must stop."""


class Index(Protocol):
    """The articles of a library under numbers: a higher number is newer, except for articles indexed out of order.

    An index belongs to one thread.
    """

    @property
    def is_small(self) -> bool:
        """Whether all hits are scored before the first is shown."""
        ...

    @property
    def is_growing(self) -> bool:
        """Whether articles are still missing."""
        ...

    @property
    def last_ordered(self) -> int:
        """The number up to which dates rise with the numbers."""
        ...

    @property
    def places(self) -> Labels:
        """The folded places that articles name."""
        ...

    @property
    def bulletins(self) -> Mapping[str, str]:
        """The titles of the bulletins, by their ids."""
        ...

    def authors(self) -> Iterable[str]:
        """Return the names of the authors, the most frequent first."""
        ...

    def begin(self) -> None:
        """Prepare for the next query."""
        ...

    def counts(self, words: Sequence[str], /) -> Mapping[str, int]:
        """Return about how often folded words occur, without those that do not."""
        ...

    def sounding(self, syllables: Sequence[str], /) -> Mapping[str, int]:
        """Return what occurs that may be read as these syllables, and about how often."""
        ...

    def may_occur(self, text: str, /) -> bool:
        """Return False only if the folded text occurs nowhere."""
        ...

    def newest(self, node: Node) -> Iterator[int]:
        """Yield the numbers of all candidates for the node, newest first."""
        ...

    def titled(self, node: Node) -> Iterator[int]:
        """Yield the numbers of the candidates that may have every term in the title; none for a small index."""
        ...

    def remainder(self, node: Node) -> Node:
        """Return what must still be verified for a candidate for the node."""
        ...

    def count(self, node: Node) -> int | None:
        """Return the number of candidates if all of them are hits, else None."""
        ...

    def documents(self, numbers: Sequence[int], *, with_text: bool = True) -> Sequence[Document | None]:
        """Return the articles with these numbers, in order; None for one that has gone.

        `with_text=False` allows documents whose text is empty.
        """
        ...

    def stopping(self, is_over: Callable[[], bool], *, soon: bool = False) -> AbstractContextManager[None]:
        """Raise OutOfTime inside the context soon after `is_over` returns True; `soon`: within a tenth of that time."""
        ...
