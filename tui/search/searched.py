"""An article's text as it is searched: its fields in reading order, no match running from one into the next."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..article import Article
from ..markdown import blocks
from .answer import Field, Span
from .fold import alike, bulk_fold

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


def is_plain(body: str, found: Sequence[tuple[Field, str]]) -> bool:
    """Whether the paragraphs among an article's fields are simply what stands between empty lines of its body, and can
    be had without reading Markdown."""
    return "\t" not in body and [text for name, text in found if isinstance(name, int)] == body.split("\n\n")


def paragraphs(body: str, plain: bool) -> list[str]:
    """The texts of a body's blocks, each on one line; of a plain one together, parted by line feeds."""
    return [body.replace("\n\n", "\n")] if plain else [block.text.translate(_ONE_LINE) for block in blocks(body)]


@dataclass(frozen=True, slots=True)
class About:
    """What is known of an article beside its text."""

    place: str | None
    place_id: int | None
    date: str | None
    """Its own."""
    when: str | None
    """Its own date, or its bulletin's."""
    authors: tuple[str, ...]


class Searched:
    """An article as the search holds it while it looks at it. Very many are made: it is kept small."""

    __slots__ = ("_about", "_folded", "article", "byline", "dateline", "number", "text", "title", "title_end")

    def __init__(
        self,
        number: int,
        article: str,
        title: tuple[str, ...],
        text: str,
        about: About | Callable[[], About],
        *,
        dateline: bool = False,
        byline: bool = False,
    ) -> None:
        """`text` are the fields, parted by line feeds: title, dateline if there is one, paragraphs, byline if any.

        `about` may be asked for later.
        """
        self.number = number
        """Higher is newer."""
        self.article = article
        """Its id."""
        self.title = title
        self.text = text
        """The fields, parted by line feeds; offsets in it are the matcher's own."""
        self._folded: str | None = None
        self.title_end = text.find("\n") if "\n" in text else len(text)
        self.dateline, self.byline = dateline, byline
        self._about = about

    @property
    def about(self) -> About:
        if not isinstance(self._about, About):
            self._about = self._about()
        return self._about

    @property
    def folded(self) -> str:
        """The text, folded."""
        if self._folded is None:
            self._folded = bulk_fold()(self.text)
        return self._folded

    def folded_for(self, word: str) -> str:
        """The folded text for who looks for a folded word; the text itself where it need not be folded for that."""
        if self._folded is None and (others := alike(word)) is not None:
            text = self.text
            for other in others:
                if other in text:
                    break
            else:
                return text
        return self.folded

    def names(self) -> list[Field]:
        """Of the fields, in reading order."""
        body = self.text.count("\n") - self.dateline - self.byline
        return ["title", *(["dateline"] if self.dateline else ()), *range(body), *(["byline"] if self.byline else ())]

    def starts(self) -> list[int]:
        """Where each field begins in the text."""
        starts = [0]
        while (feed := self.text.find("\n", starts[-1])) >= 0:
            starts.append(feed + 1)
        return starts

    def spans(self, stretches: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
        """Stretches of the text, in order, as fields and offsets in them."""
        text, last = self.text, self.text.count("\n")
        at = begins = 0
        found = []
        for start, end in stretches:
            if passed := text.count("\n", begins, start):
                at += passed
                begins = text.rfind("\n", begins, start) + 1
            found.append((self._name(at, last), start - begins, end - begins))
        return tuple(found)

    def _name(self, at: int, last: int) -> Field:
        """Of the field at this place in the reading order."""
        if at == 0:
            return "title"
        if at == 1 and self.dateline:
            return "dateline"
        return "byline" if at == last and self.byline else at - 1 - self.dateline


def searched(number: int, article: Article, issued: str | None = None) -> Searched:
    """An article at hand, and the date of its bulletin."""
    when = article.date or issued
    return Searched(
        number,
        article.id,
        article.title,
        "\n".join(text for _, text in fields(article)),
        About(article.place, article.place_id, article.date, when, article.authors),
        dateline=bool(article.dateline),
        byline=bool(article.byline),
    )
