"""The data model: articles, blocks and bulletins, independent of file formats and of the screen."""

from typing import Literal, NamedTuple

BlockKind = Literal[
    "headline",
    "meta",
    "byline",
    "paragraph",
    "subhead",
    "quote",
    "item",
    "table",
    "caption",
    "code",
    "rule",
    "footnote",
]
InlineKind = Literal["strong", "emphasis", "code", "strike", "link", "note"]


class InlineSpan(NamedTuple):
    """A run of a block's text with inline markup; offsets are code points in the block's text."""

    kind: InlineKind
    start: int
    end: int
    target: str = ""
    """Address of a link, label of a footnote; empty otherwise."""


class Block(NamedTuple):
    """One paragraph-level piece of an article: plain text without markup, and its inline spans.

    Every offset in the program (matches, spans, selection, positions) counts code points of `text`.
    """

    kind: BlockKind
    text: str
    """Tabs separate the cells of a table; line feeds separate its rows, and the lines of code."""
    spans: tuple[InlineSpan, ...] = ()
    level: int = 0
    """Depth: 2 to 6 for a subhead, 0 or more for items and quotes."""
    marker: str = ""
    """Label of an item or footnote: `1.`, `•`, `[1]`. For a table: one alignment letter of `lcr` per column."""
    target: str = ""
    """The address of a caption's picture, or a subhead's name in addresses as `#name`; empty without one."""
    seams: tuple[int, ...] = ()
    """Offsets of the spaces that join the parts of a headline, ascending; empty for a headline of one part."""
    inside: str = ""
    """The containers around the block, outermost first: `q` for a quote, `i` for an item. Empty if `kind` and `level`
    already determine them: an item nested in items only, a quote in quotes only, any other block in no container."""


class Source(NamedTuple):
    """Origin of an article: a file and its first and last line, from 1; or free text, with both lines 0."""

    file: str
    first: int = 0
    last: int = 0


class Article(NamedTuple):
    """One article of a bulletin.

    Its identity is `id`, `bulletin/stem`: the bulletin's id and the file's name without suffix (or the `id`
    field of its line). Reading state, index and messages all refer to it.
    """

    id: str
    title: tuple[str, ...]
    """Headline parts, in order; at least one."""
    place: str | None = None
    """Label of a place of the gazetteer."""
    place_id: int | None = None
    """Its GB/T 2260 code."""
    dateline: str | None = None
    """As printed, 讯 included: 双河讯. It is not repeated in the body."""
    authors: tuple[str, ...] = ()
    byline: str = ""
    """As printed, brackets included: （刘星）."""
    date: str | None = None
    """ISO 8601, as precise as known: 2023, 2023-06 or 2023-06-01."""
    source: Source | None = None
    tags: tuple[str, ...] = ()
    body: str = ""
    """Markdown, see docs/format.md."""
    description: str = ""
    """The summary in the header; not part of the body."""
    url: str = ""
    """Web address of the published article, from the header."""
    slug: str = ""
    draft: bool = False

    @property
    def bulletin(self) -> str:
        return self.id.rpartition("/")[0]

    @property
    def stem(self) -> str:
        return self.id.rpartition("/")[2]

    @property
    def signature(self) -> str:
        """The displayed byline: as printed, else the authors in brackets, else empty."""
        return self.byline or (f"（{'、'.join(self.authors)}）" if self.authors else "")


class ArticleSummary(NamedTuple):
    """An article as lists show it, without its body."""

    number: int
    """Number in the catalogue. A changed article gets a new number; numbers are never reused. They increase with the
    date. Negative while a library is indexed for the first time, 0 outside a catalogue."""
    id: str
    title: tuple[str, ...]
    place: str | None
    date: str | None
    """ISO 8601, as precise as `Article.date`."""
    characters: int
    """Code points of the body without white space."""
    authors: tuple[str, ...] = ()
    place_id: int | None = None
    bulletin: str = ""
    """Title of the bulletin."""
    tags: tuple[str, ...] = ()

    @property
    def bulletin_id(self) -> str:
        return self.id.rpartition("/")[0]


class Bulletin(NamedTuple):
    """One issue: a folder of articles. `issued` is an ISO date when known."""

    id: str
    title: str
    issued: str | None = None
    source: str = ""


class GroupCount(NamedTuple):
    """The numbers of articles and characters of a group."""

    articles: int
    characters: int


class GroupCounts(NamedTuple):
    """The number of articles, and the counts of each group by its key, which is empty for articles without one."""

    total: int
    groups: dict[str, GroupCount]
    """Places are in the order of the sidebar."""
