"""The nouns: what an article is, whatever file it came from and whatever shows it."""

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
    """A run of a block's text that is set apart; offsets are code points in the block's text."""

    kind: InlineKind
    start: int
    end: int
    target: str = ""
    """Address of a link, label of a footnote; empty otherwise."""


class Block(NamedTuple):
    """One piece of an article as it is read: plain text without markup, and what is marked in it.

    Every offset anywhere in the program (hits, marks, selection, bookmarks) counts code points of `text`.
    """

    kind: BlockKind
    text: str
    """A table's cells are parted by a tab, its rows by a line feed; lines of code by a line feed."""
    spans: tuple[InlineSpan, ...] = ()
    level: int = 0
    """Depth: 2–6 for a subhead, 0 and up for nested items and quotes."""
    marker: str = ""
    """What stands before an item or footnote: `1.`, `•`, `[1]`. For a table: its alignments, one of `lcr` a column."""
    target: str = ""
    """A caption's picture; empty where the page had none."""
    seams: tuple[int, ...] = ()
    """Offsets of the spaces that join the parts of a headline, ascending; empty for a headline of one part."""
    inside: str = ""
    """The containers around the block, outermost first: `q` for a quote, `i` for an item. Empty where kind and level
    say as much: an item in items, a quote in quotes, anything else in none."""


class Source(NamedTuple):
    """Where an article comes from: a file and its first and last line, counted from 1, or any words, and 0 for both."""

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
    """ISO 8601, as much as is known: 2023, 2023-06 or 2023-06-01."""
    source: Source | None = None
    tags: tuple[str, ...] = ()
    body: str = ""
    """Markdown, see docs/format.md."""
    description: str = ""
    """What the header says the article is about; it is no part of the body."""
    url: str = ""
    """Where the article is published, as its header says."""
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
        """The byline as readers see it: as printed, else the authors in brackets; empty without either."""
        return self.byline or (f"（{'、'.join(self.authors)}）" if self.authors else "")


class ArticleSummary(NamedTuple):
    """An article as lists show it, without its body."""

    number: int
    """The catalogue's number for the article as it was read: a changed article gets a new one, none is used twice.
    Numbers rise with the date; they are negative while a library is read for the first time, 0 outside a catalogue."""
    id: str
    title: tuple[str, ...]
    place: str | None
    date: str | None
    """As the article has it."""
    characters: int
    """Code points of the body without white space."""
    authors: tuple[str, ...] = ()
    place_id: int | None = None
    bulletin: str = ""
    """Title of the bulletin."""

    @property
    def bulletin_id(self) -> str:
        return self.id.rpartition("/")[0]


class Bulletin(NamedTuple):
    """One issue: a folder of articles. `issued` is an ISO date when known."""

    id: str
    title: str
    issued: str | None = None
    source: str = ""
