"""An article's text as it is searched: its fields in reading order, no match running from one into the next."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..article import Article
from ..markdown import blocks
from .answer import Field, Span
from .fold import bulk_fold

_ONE_LINE = str.maketrans("\n\t", "  ")


def fields(article: Article) -> list[tuple[Field, str]]:
    """Title parts joined by one space, dateline, the blocks' texts, byline; line feeds within a field are spaces."""
    found: list[tuple[Field, str]] = [("title", " ".join(article.title))]
    if article.dateline:
        found.append(("dateline", article.dateline))
    found.extend((number, block.text) for number, block in enumerate(blocks(article.body)))
    if article.byline:
        found.append(("byline", article.byline))
    return [(name, text.translate(_ONE_LINE) if "\n" in text or "\t" in text else text) for name, text in found]


def is_plain(article: Article) -> bool:
    """Whether the paragraphs are simply what stands between empty lines, and can be had without reading Markdown."""
    if "\t" in article.body:
        return False
    return [block.text for block in blocks(article.body)] == article.body.split("\n\n")


def paragraphs(body: str, plain: bool) -> list[str]:
    """The texts of a body's blocks, each on one line."""
    if plain:
        return body.split("\n\n")
    return [block.text.translate(_ONE_LINE) for block in blocks(body)]


@dataclass
class Searched:
    """An article as the search holds it while it looks at it. The text is read when it is first needed."""

    number: int
    """Higher is newer."""
    article: str
    """Its id."""
    title: tuple[str, ...]
    place: str | None
    place_id: int | None
    date: str | None
    """Its own."""
    when: str | None
    """Its own date, or its bulletin's."""
    authors: tuple[str, ...]
    fields: Callable[[], Sequence[tuple[Field, str]]]

    @cached_property
    def names(self) -> list[Field]:
        """Of the fields, in reading order."""
        return self._read[0]

    @cached_property
    def text(self) -> str:
        """The fields, parted by line feeds; offsets in it are the matcher's own."""
        return self._read[1]

    @cached_property
    def _read(self) -> tuple[list[Field], str]:
        found = self.fields()
        return [name for name, _ in found], "\n".join([text for _, text in found])

    @cached_property
    def folded(self) -> str:
        return bulk_fold()(self.text)

    @cached_property
    def starts(self) -> list[int]:
        """Where each field begins in the text."""
        starts = [0]
        while (feed := self.text.find("\n", starts[-1])) >= 0:
            starts.append(feed + 1)
        return starts

    @property
    def title_end(self) -> int:
        end = self.text.find("\n")
        return len(self.text) if end < 0 else end

    def span(self, start: int, end: int) -> Span:
        """A stretch of the text as a field and offsets in it."""
        at = bisect_right(self.starts, start) - 1
        return self.names[at], start - self.starts[at], end - self.starts[at]


def searched(number: int, article: Article, issued: str | None = None) -> Searched:
    """An article at hand, and the date of its bulletin."""
    return Searched(
        number,
        article.id,
        article.title,
        article.place,
        article.place_id,
        article.date,
        article.date or issued,
        article.authors,
        lambda: fields(article),
    )
