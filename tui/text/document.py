"""The searchable text of an article: its fields in reading order. No match crosses from one field into the next."""

import re
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from ..article import Article
from ..fold import INVISIBLE, bulk_fold, dense, fold_variants, has_invisible
from ..markdown import blocks

Field = str | int
"""`title`, `dateline`, `byline`, or a paragraph's number: the index in `markdown.blocks(body)`."""
FieldSpan = tuple[Field, int, int]
"""A field and two code point offsets in its text; the title's text is its parts joined by one space."""

_ONE_LINE = str.maketrans("\n\t", "  ")
_GAP = re.compile(" +")
_LATIN = frozenset("0123456789abcdefghijklmnopqrstuvwxyz")


def fields(article: Article) -> list[tuple[Field, str]]:
    """Return the fields: title (parts joined by one space), dateline, block texts, byline or authors.

    Line feeds and tabs become spaces.
    """
    found: list[tuple[Field, str]] = [("title", " ".join(article.title))]
    if article.dateline:
        found.append(("dateline", article.dateline))
    found.extend((number, block.text) for number, block in enumerate(blocks(article.body)))
    if article.signature:
        found.append(("byline", article.signature))
    return [(name, text.translate(_ONE_LINE) if "\n" in text or "\t" in text else text) for name, text in found]


def is_plain(body: str, found: Sequence[tuple[Field, str]]) -> bool:
    """Return whether the paragraphs are exactly the text between empty lines, so that Markdown need not be parsed."""
    return "\t" not in body and [text for name, text in found if isinstance(name, int)] == body.split("\n\n")


def paragraphs(body: str, plain: bool) -> list[str]:
    """Return the texts of a body's blocks, one line each; for a plain body a single text with line feeds."""
    return [body.replace("\n\n", "\n")] if plain else [block.text.translate(_ONE_LINE) for block in blocks(body)]


def lengths(article: Article) -> tuple[int, int]:
    """Return the characters of headline and body, without white space."""
    return len("".join("".join(article.title).split())), len("".join(article.body.split()))


@lru_cache(1_000)
def _overlaps_itself(word: str) -> bool:
    """Return whether two occurrences of the word can overlap, as those of 反反 do."""
    return any(word[:end] == word[-end:] for end in range(1, len(word)))


class Headline(NamedTuple):
    """A folded headline without the spaces between its parts and next to Chinese characters, as copied from print."""

    text: str
    origins: tuple[int, ...]
    """The position of each character in the headline with spaces."""

    def crosses(self, start: int, end: int) -> bool:
        """Return whether a space was left out within the range `start` to `end`."""
        return self.origins[end - 1] - self.origins[start] >= end - start


def headline(folded: str, parts: Sequence[str]) -> Headline | None:
    """Return the folded headline without its gaps, None if it has none. `parts` are the title parts before joining."""
    if " " not in folded:
        return None
    seams: set[int] = set()
    at = -1
    for part in parts[:-1]:
        at += len(dense(part)) + 1
        seams.add(at)
    left_out: set[int] = set()
    for gap in _GAP.finditer(folded):
        start, end = gap.span()
        beside = (folded[start - 1] if start else "", folded[end : end + 1])
        if not seams.isdisjoint(range(start, end)) or not all(one in _LATIN for one in beside):
            left_out.update(range(start, end))
    origins = tuple(at for at in range(len(folded)) if at not in left_out)
    return Headline("".join(folded[at] for at in origins), origins) if left_out else None


@dataclass(frozen=True, slots=True)
class About:
    """The metadata of an article."""

    place: str | None
    place_id: int | None
    date: str | None
    """The article's own date."""
    when: str | None
    """The article's own date, else its bulletin's."""
    authors: tuple[str, ...]
    tags: tuple[str, ...] = ()


class Document:
    """An article as a search reads it. Small, because a search creates thousands."""

    __slots__ = (
        *("_about", "_folded", "_headline", "_origins", "_spaced", "_squeezed", "article", "byline", "dateline"),
        *("number", "text", "title", "title_end", "unseen"),
    )

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
        unseen: bool | None = None,
    ) -> None:
        """Take the `text` with its fields separated by line feeds: title, dateline if any, paragraphs, byline if any.

        `about` may be a function; it is called when the metadata are first used. `unseen` tells whether the text has
        invisible characters; None makes the constructor look.
        """
        self.number = number
        """A higher number is newer."""
        self.article = article
        """The id of the article."""
        self.title = title
        self.text = text
        """The fields, separated by line feeds."""
        self.unseen = has_invisible(text) if unseen is None else unseen
        self._folded: str | None = None
        self._origins: array[int] | None = None
        self._spaced = ""
        self._squeezed = ""
        self._headline: Headline | Literal[False] | None = None
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
        """The folded text, without invisible characters."""
        if self._folded is None:
            folded = bulk_fold()(self.text)
            self._folded = folded.replace(INVISIBLE, "") if self.unseen else folded
        return self._folded

    @property
    def folded_with_joined_title(self) -> str:
        """The folded text and, if the title has gaps, the folded title without its spaces on a line of its own."""
        return f"{self.folded}\n{self._squeezed}" if self._has_gap() else self.folded

    @property
    def folded_title_end(self) -> int:
        """The position in the folded text where the title ends."""
        return len(self.folded.partition("\n")[0]) if self.unseen else self.title_end

    @property
    def folded_length(self) -> int:
        """The length of the folded text. Does not fold it."""
        return len(self.folded) if self.unseen else len(self.text)

    @property
    def headline(self) -> Headline | None:
        """The folded title without its gaps, None if it has none."""
        if self._headline is None:
            self._headline = headline(dense(self.text[: self.title_end]), self.title) or False
        return self._headline or None

    def may_cross(self, word: str) -> bool:
        """Return False only if a folded word cannot occur in the headline without gaps; faster than `headline`."""
        if len(word) > self.title_end or not self._has_gap():
            return False
        bare = word.replace(" ", "")
        if bare not in self._squeezed:
            return False
        # occurrences that do not overlap are as many in both, unless one crosses a gap
        return _overlaps_itself(bare) or self._squeezed.count(bare) != self._spaced.count(word)

    def _has_gap(self) -> bool:
        """Return whether the title has a space; fill in `_spaced` and `_squeezed`."""
        if not self._spaced:
            self._spaced = dense(self.text[: self.title_end])
            self._squeezed = self._spaced.replace(" ", "")
        return len(self._squeezed) < len(self._spaced)

    def position(self, at: int) -> int:
        """Return the position in the folded text of the match that `match.occurrences` reports as `at`."""
        return at if at >= 0 or self.headline is None else self.headline.origins[at + len(self.headline.text) + 1]

    def stretch(self, at: int, length: int) -> tuple[int, int]:
        """Return start and end, in the unfolded text, of the match that `match.occurrences` reports as `at`."""
        start, end = at, at + length
        if at < 0 and (joined := self.headline):
            first = at + len(joined.text) + 1
            start, end = joined.origins[first], joined.origins[first + length - 1] + 1
        if not self.unseen:
            return start, end
        if self._origins is None:
            folded = bulk_fold()(self.text)
            self._origins = array("I", (at for at, one in enumerate(folded) if one != INVISIBLE))
            self._origins.append(len(folded))
        return self._origins[start], self._origins[end]

    def folded_for(self, word: str) -> str:
        """Return the text to search for `word`. Skips folding when no variant of its characters occurs."""
        if self._folded is None and not self.unseen and (others := fold_variants(word)) is not None:
            text = self.text
            for other in others:
                if other in text:
                    break
            else:
                return text
        return self.folded

    def names(self) -> list[Field]:
        """Return the names of the fields, in reading order."""
        body = self.text.count("\n") - self.dateline - self.byline
        return ["title", *(["dateline"] if self.dateline else ()), *range(body), *(["byline"] if self.byline else ())]

    def starts(self) -> list[int]:
        """Return the position in the text where each field begins."""
        starts = [0]
        while (feed := self.text.find("\n", starts[-1])) >= 0:
            starts.append(feed + 1)
        return starts

    def spans(self, stretches: Sequence[tuple[int, int]]) -> tuple[FieldSpan, ...]:
        """Convert ascending stretches of the text to fields and offsets within each field."""
        text, last = self.text, self.text.count("\n")
        at = begins = counted = 0
        found = []
        for start, end in stretches:
            if passed := text.count("\n", counted, start):
                at += passed
                begins = text.rfind("\n", counted, start) + 1
            counted = start
            found.append((self._name(at, last), start - begins, end - begins))
        return tuple(found)

    def _name(self, at: int, last: int) -> Field:
        """Return the name of field `at`."""
        if at == 0:
            return "title"
        if at == 1 and self.dateline:
            return "dateline"
        return "byline" if at == last and self.byline else at - 1 - self.dateline


def document(number: int, article: Article, issued: str | None = None) -> Document:
    """Return the document of an article; `issued` is the date of its bulletin, used if the article has none."""
    when = article.date or issued
    return Document(
        number,
        article.id,
        article.title,
        "\n".join(text for _, text in fields(article)),
        About(article.place, article.place_id, article.date, when, article.authors, article.tags),
        dateline=bool(article.dateline),
        byline=bool(article.signature),
    )
