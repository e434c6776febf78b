"""The index of an archive: candidates and texts from the server; see Index."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Literal, NamedTuple

from ..query.filters import MarkFilter
from ..query.tree import Node, Order, Regex, leaves
from ..search.index_search import partly_titled
from ..text.document import Document, lengths
from ..text.index import OutOfTime
from .archive_catalogue import ArchiveCatalogue
from .archive_memory import ArchiveMemory
from .archive_words import ArchiveWords, WordMemory
from .candidate_stream import CandidateStream
from .node_link import Statement, Stopped
from .node_links import Answers, Nodes
from .received_rows import Held, document_of
from .sql_condition import Marked, condition, day_range, is_settled, tsquery

FIRST_PAGE = 100
"""Articles of the first page: those of which a search compares the lengths."""
_VARIANTS = 2
"""Readings of a query whose first pages are fetched in advance; those of the others are fetched together."""
_COUNT_SECONDS = 8.0
_MAX_STREAMS = 64

_Kind = Literal["newest", "oldest", "titled"]


class _Key(NamedTuple):
    """The candidates of a node: newest or oldest first, or those with every term in the title."""

    node: Node
    kind: _Kind = "newest"


_BY_GRAMS = Statement("select set_config('enable_seqscan', 'off', true), set_config('enable_indexscan', 'off', true)")
_BOUNDED = Statement(f"select set_config('statement_timeout', '{round(1000 * _COUNT_SECONDS)}', true)")


class ArchiveIndex(ArchiveWords):
    """An index that asks the archive; see Index. Belongs to one thread."""

    is_small = False
    is_growing = False
    last_ordered = 0

    def __init__(
        self, catalogue: ArchiveCatalogue, memory: ArchiveMemory, nodes: Nodes, marked: Marked, words: WordMemory
    ) -> None:
        super().__init__(catalogue, self._ask_nodes, words)
        self._memory, self._nodes, self._marked = memory, nodes, marked
        self._is_over: Callable[[], bool] | None = None
        self._is_hurried = False
        self._streams: dict[_Key, CandidateStream] = {}
        self._expected: Sequence[Node] = ()
        self._foreseen: list[CandidateStream] = []
        self._held: dict[int, Held] = {}
        self._documents: dict[int, Document] = {}

    def begin(self) -> None:
        """See Index. Candidates that depend on marks are asked for again, since the marks may have changed."""
        super().begin()
        self._expected = ()
        self._foreseen.clear()
        self._streams = {key: stream for key, stream in self._streams.items() if not asks_marks(key.node)}

    @property
    def bulletins(self) -> Mapping[str, str]:
        """See Index."""
        return self._memory.titles

    def expect(self, nodes: Sequence[Node], order: Order) -> bool:
        """See Index. Fetches the first pages, and what was guessed, in one round trip."""
        questions = self.open_questions()
        self._expected = nodes
        streams = [*self._foreseen, *self._first_streams(nodes[:_VARIANTS], order)]
        self._foreseen.clear()
        answers = self._fetch_first(streams, questions)
        if questions:
            self.take([answer[: len(questions)] for answer in answers])
        else:
            self.end_guessing()
        return not questions

    def newest(self, node: Node) -> Iterator[int]:
        """See Index. While a query is interpreted, candidates that are not known yet are left out."""
        return self._numbers(_Key(node))

    def oldest(self, node: Node) -> Iterator[int]:
        """See Index."""
        return self._numbers(_Key(node, "oldest"))

    def titled(self, node: Node) -> Iterator[int]:
        """See Index."""
        return self._numbers(_Key(node, "titled"))

    def lengths(self, numbers: Sequence[int]) -> dict[int, tuple[int, int]]:
        """See Index. The articles have been fetched."""
        return {number: lengths(held.article) for number in numbers if (held := self._held.get(number))}

    def matching(self, numbers: Sequence[int], regex: Regex) -> Sequence[int]:
        """See Index."""
        return numbers

    def remainder(self, node: Node) -> Node:
        """See Index. Everything is verified on the cleaned text."""
        return node

    def count(self, node: Node) -> int | None:
        """See Index. Returns None at once if the caller is in a hurry; raises OutOfTime if the server takes long."""
        wanted = condition(node, self._marked)
        if self._is_hurried or not wanted.is_exact:
            return None
        first, last = day_range(node)
        parts = [f"day between {first} and {last}"]
        ahead = [_BOUNDED]
        if (query := tsquery(node)) is not None:
            parts.append("grams_v1(folded, headline, tokens) @@ %s::text::tsquery")
            ahead.append(_BY_GRAMS)
        if not is_settled(node):
            parts.append(wanted.sql.replace("%", "%%"))
        counting = Statement(f"select count(*) from article where {' and '.join(parts)}", (query,) if query else ())
        return sum(int(answer[-1][0][0]) for answer in self._ask_nodes([*ahead, counting], is_slow=True))

    def documents(self, numbers: Sequence[int], *, with_text: bool = True) -> Sequence[Document | None]:
        """See Index."""
        return [self._document(number) for number in numbers]

    @contextmanager
    def stopping(self, is_over: Callable[[], bool], *, soon: bool = False) -> Iterator[None]:
        """See Index."""
        before = self._is_over, self._is_hurried
        self._is_over, self._is_hurried = is_over, soon
        try:
            yield
        finally:
            self._is_over, self._is_hurried = before

    def _numbers(self, key: "_Key") -> Iterator[int]:
        stream = self._stream(key)
        if not stream.is_begun and self.is_guessing:
            self._foreseen.append(stream)
            return iter(())
        if not stream.is_begun and key.node in self._expected:
            first = self._expected.index(key.node)
            order: Order = "score" if key.kind == "titled" else "newest"
            self._fetch_first(self._first_streams(self._expected[first:], order))
        return stream.numbers(self._ask_nodes, self._keep)

    def _first_streams(self, nodes: Sequence[Node], order: Order) -> list[CandidateStream]:
        """Return the streams for the nodes in this order whose first pages are still to be fetched."""
        kinds: tuple[_Kind, ...] = ("titled", "newest")
        if order != "score":
            kinds = ("oldest",) if order == "oldest" else ("newest",)
        keys = [_Key(node, kind) for node in nodes for kind in kinds]
        if order == "score":
            keys += [_Key(part) for node in nodes if (part := partly_titled(node)) is not None]
        streams = [self._stream(key) for key in keys]
        return [stream for stream in streams if not stream.is_begun]

    def _fetch_first(self, streams: Sequence[CandidateStream], questions: Sequence[Statement] = ()) -> list[Answers]:
        """Fetch the first pages in one round trip; return the answers, which begin with those to the questions."""
        streams = list(dict.fromkeys(streams))
        sizes = [stream.first_size for stream in streams]
        statements = [stream.statement(size) for stream, size in zip(streams, sizes, strict=True)]
        answers = self._ask_nodes([*questions, *statements]) if questions or statements else []
        for at, (stream, size) in enumerate(zip(streams, sizes, strict=True), len(questions)):
            self._keep(stream.take([answer[at] for answer in answers], size))
        return answers

    def _stream(self, key: "_Key") -> CandidateStream:
        if key not in self._streams:
            if len(self._streams) >= _MAX_STREAMS:
                self._streams.clear()
                self._held.clear()
                self._documents.clear()
            self._streams[key] = CandidateStream(
                key.node,
                self._marked,
                title=key.kind == "titled",
                oldest=key.kind == "oldest",
                first_size=FIRST_PAGE,
            )
        return self._streams[key]

    def _keep(self, articles: Sequence[Held]) -> None:
        self._memory.hold(articles)
        self._held.update((one.number, one) for one in articles)

    def _document(self, number: int) -> Document | None:
        """Return the document of a candidate. Made when it is needed: parsing the body is most of the work."""
        if number not in self._documents and (held := self._held.get(number)) is not None:
            self._documents[number] = document_of(held)
        return self._documents.get(number)

    def _ask_nodes(self, statements: Sequence[Statement], *, is_slow: bool = False) -> list[Answers]:
        limit = _COUNT_SECONDS + 2.0
        try:
            return self._nodes.ask(statements, is_over=self._is_over, seconds=limit, is_slow=is_slow)
        except Stopped as error:
            raise OutOfTime(str(error)) from error


def asks_marks(node: Node) -> bool:
    """Return whether the query filters by the user's marks."""
    return any(isinstance(one, MarkFilter) for one in leaves(node, excluded=True))
