"""The interface of an index, in memory or in a database, as a search uses it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from ..query.places import Labels
from ..query.tree import Node, Order, Regex
from .document import Document


class OutOfTime(Exception):
    """The caller's `is_over` returned True: the search must stop."""


class Index(Protocol):
    """The articles of a library by number. A higher number is newer, except for articles indexed out of order.

    An index belongs to one thread.
    """

    @property
    def is_small(self) -> bool:
        """Whether the index is small enough to score all hits before the first is shown."""
        ...

    @property
    def is_growing(self) -> bool:
        """Whether articles are still to be added."""
        ...

    @property
    def last_ordered(self) -> int:
        """The highest number such that dates rise with the numbers up to it."""
        ...

    @property
    def places(self) -> Labels:
        """The folded place labels that articles have."""
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

    def expect(self, nodes: Sequence[Node], order: Order) -> bool:
        """Prepare for the candidates of these nodes in this order: a far index asks for all at once.

        Return whether `counts`, `sounding`, `may_occur` and `newest` gave certain answers since `begin`. If not, they
        were guesses, and now there are better ones: the caller interprets the query again.
        """
        ...

    def counts(self, words: Sequence[str], /) -> Mapping[str, int]:
        """Return approximate counts of folded words; words that do not occur are left out. One word is not counted."""
        ...

    def sounding(self, syllables: Sequence[str], /) -> Mapping[str, int]:
        """Return the texts that occur and may be pronounced as these syllables, with approximate counts."""
        ...

    def may_occur(self, text: str, /) -> bool:
        """Return False only if the folded text occurs nowhere."""
        ...

    def newest(self, node: Node) -> Iterator[int]:
        """Yield the numbers of all candidates for `node`, newest first."""
        ...

    def oldest(self, node: Node) -> Iterator[int]:
        """Yield the same numbers, oldest first."""
        ...

    def titled(self, node: Node) -> Iterator[int]:
        """Yield the candidates that may have every term in the title, newest first; none for a small index."""
        ...

    def lengths(self, numbers: Sequence[int], /) -> Mapping[int, tuple[int, int]]:
        """Return `document.lengths` of the articles with these numbers, without those that no longer exist."""
        ...

    def matching(self, numbers: Sequence[int], regex: Regex) -> Sequence[int]:
        """Return the numbers in the same order; some in which the expression has no match may be left out."""
        ...

    def remainder(self, node: Node) -> Node:
        """Return the part of `node` that must still be verified on its candidates."""
        ...

    def count(self, node: Node) -> int | None:
        """Return the number of candidates if the index alone shows that all are hits, else None."""
        ...

    def documents(self, numbers: Sequence[int], *, with_text: bool = True) -> Sequence[Document | None]:
        """Return the articles with these numbers, in the same order; None for one that no longer exists.

        With `with_text=False` the documents may have empty texts.
        """
        ...

    def stopping(self, is_over: Callable[[], bool], *, soon: bool = False) -> AbstractContextManager[None]:
        """Raise OutOfTime inside the context after `is_over` returns True. `soon` calls `is_over` more often."""
        ...
