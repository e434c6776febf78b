"""What the catalogue needs of a library. `library.Library` is one; tests may hand in a small one of their own."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from ..article import Article, Bulletin


class SourceFile(Protocol):
    """A file that holds articles, as a walk of the folder sees it: nothing of it is read."""

    @property
    def path(self) -> Path: ...
    @property
    def bulletin(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def size(self) -> int: ...
    @property
    def mtime_ns(self) -> int: ...


class SourceArticle(Protocol):
    """An article and where it lies in its file: bytes from the start, length in bytes, line counted from 1."""

    @property
    def article(self) -> Article: ...
    @property
    def offset(self) -> int: ...
    @property
    def length(self) -> int: ...
    @property
    def line(self) -> int: ...


class Source(Protocol):
    """A library."""

    @property
    def root(self) -> Path: ...
    def bulletins(self) -> Sequence[Bulletin]: ...
