"""Composition of an article into displayed blocks, and the mapping between fields and those blocks.

The search and the library refer to fields by name (`title`, `dateline`, `byline`) and to paragraphs by number, as
`markdown.blocks(body)` counts them. The display differs: the dateline and an em space precede the first paragraph.
"""

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from .article import Article, Block, InlineSpan
from .i18n import _

FieldRef = str | int
"""A field by name or a paragraph by number."""

_EM = "\u3000"
_NO_BREAK = "\u00a0"
_READ_A_MINUTE = 300
"""Characters per minute, for careful reading."""


class ComposedArticle(NamedTuple):
    """The displayed blocks of an article: headline, meta, body, byline. Offsets count code points in a block."""

    blocks: tuple[Block, ...]
    body: int
    """Index of the first body block."""
    end: int
    """Index after the last body block."""
    opened: int = -1
    """Index of the block that begins with the dateline; -1 without a dateline."""
    dateline: str = ""
    names: tuple[str, ...] = ()
    """Names of persons and places. A headline is not broken inside them."""

    def locate(self, where: FieldRef, start: int = 0, end: int = 0) -> tuple[int, int, int]:
        """Return a span of a field or paragraph as block index, start and end.

        Raises KeyError for a field or paragraph that the article does not have.
        """
        if isinstance(where, int):
            index = self.body + self._own_dateline + where
            if where < 0 or index >= self.end:
                raise KeyError(where)
            shift = len(self.dateline) + 1 if index == self.opened else 0
            return index, start + shift, end + shift
        if where == "title":
            return 0, start, end
        if where == "dateline" and self.opened >= 0:
            return self.opened, start, end
        if where == "byline" and self.end < len(self.blocks):
            return self.end, start, end
        raise KeyError(where)

    def origin(self, index: int, offset: int) -> tuple[FieldRef, int]:
        """Return the field or paragraph at `offset` of block `index`, and the offset within it. Inverts `locate`."""
        if index < self.body:
            return ("title", offset) if index == 0 else ("meta", offset)
        if index >= self.end:
            return "byline", offset
        if index == self.opened:
            if self._own_dateline or offset <= len(self.dateline):
                return "dateline", min(offset, len(self.dateline))
            offset -= len(self.dateline) + 1
        return index - self.body - self._own_dateline, offset

    @property
    def _own_dateline(self) -> int:
        """1 if the dateline is a separate block, because the body has no paragraph; else 0."""
        return int(self.opened == self.body and self.blocks[self.opened].text == self.dateline)


def compose(
    article: Article, blocks: Iterable[Block], *, above: Sequence[str] = (), chrome: bool = True
) -> ComposedArticle:
    """Return the displayed article. `above` names the enclosing places; without `chrome` the meta line is omitted."""
    head = [_headline(article.title)]
    body = list(blocks)
    if chrome and (line := _meta(article, body, above)):
        head.append(Block("meta", line))
    opened = -1
    if article.dateline:
        nth = next((n for n, block in enumerate(body) if block.kind == "paragraph"), -1)
        if nth < 0:
            body.insert(0, Block("paragraph", article.dateline))
            nth = 0
        else:
            body[nth] = _opened(body[nth], article.dateline)
        opened = len(head) + nth
    foot = [Block("byline", article.signature)] if article.signature else []
    start = len(head)
    names = filter(None, (*article.authors, article.place, *above))
    return ComposedArticle(
        (*head, *body, *foot), start, start + len(body), opened, article.dateline or "", tuple(names)
    )


def reading_minutes(body: Sequence[Block]) -> int:
    """Return the reading time in minutes: 0 for an empty text, else at least 1."""
    characters = sum(len(block.text) for block in body)
    return max(1, round(characters / _READ_A_MINUTE)) if characters else 0


def _headline(title: Sequence[str]) -> Block:
    ends = accumulate(len(part) + 1 for part in title[:-1])
    return Block("headline", " ".join(title), seams=tuple(end - 1 for end in ends))


def _opened(block: Block, dateline: str) -> Block:
    shift = len(dateline) + 1
    marks = tuple(InlineSpan(m.kind, m.start + shift, m.end + shift, m.target) for m in block.spans)
    return block._replace(text=f"{dateline}{_EM}{block.text}", spans=marks)


def _meta(article: Article, body: Sequence[Block], above: Sequence[str]) -> str:
    minutes = reading_minutes(body)
    places = (_NO_BREAK * 2).join(filter(None, (article.place, *above)))
    parts = (
        places,
        (_NO_BREAK * 2).join(article.authors),
        article.date,
        _("约 {n} 分钟").format(n=minutes) if minutes else "",
        (_NO_BREAK * 2).join(f"#{tag}" for tag in article.tags),
    )
    return "    ".join(part.replace(" ", _NO_BREAK) for part in parts if part)
