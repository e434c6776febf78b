"""The index of an archive: candidates and texts from the server; see Index."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from typing import Literal, NamedTuple

from ..catalogue.fts import is_exact
from ..query.filters import MarkFilter
from ..query.tree import Node, Order, Regex, leaves
from ..search.index_search import partly_titled
from ..text.document import Document
from ..text.index import OutOfTime
from .archive_catalogue import ArchiveCatalogue
from .archive_memory import ArchiveMemory
from .archive_words import ArchiveWords, WordMemory
from .candidate_stream import CandidateStream, FirstPage, Sorting, fetch_first
from .node_link import Statement, Stopped
from .node_links import Answers, Nodes
from .received_rows import ARTICLE, Candidate, candidates_of, document_of, held_of, titled_of
from .sql_condition import Marked, condition, day_range, is_settled, tsquery

_COUNT_SECONDS = 8.0
_MAX_STREAMS = 64
"""Lists of candidates that are kept from one query to the next."""
_TEXTS = 200
"""Articles whose texts are fetched together."""
_FORESEEN = -1
"""The variant of streams that the interpretation of a query needs."""

_Kind = Literal["newest", "oldest", "titled"]


class _Key(NamedTuple):
    """The candidates of a node: newest or oldest first, or those with every term in the title."""

    node: Node
    kind: _Kind = "newest"


_BY_GRAMS = Statement("select set_config('enable_seqscan', 'off', true), set_config('enable_indexscan', 'off', true)")
_WHOLE = f"select {ARTICLE} from article where (day, number) in (select * from unnest(%s::int[], %s::bigint[]))"
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
        self._candidates: dict[int, Candidate] = {}
        self._documents: dict[int, Document] = {}

    def begin(self) -> None:
        """See Index. Candidates that depend on marks are asked for again, since the marks may have changed."""
        super().begin()
        self._expected = ()
        self._foreseen.clear()
        if len(self._streams) >= _MAX_STREAMS:
            self._streams.clear()
            self._candidates.clear()
            self._documents.clear()
        self._streams = {key: stream for key, stream in self._streams.items() if not asks_marks(key.node)}

    @property
    def bulletins(self) -> Mapping[str, str]:
        """See Index."""
        return self._memory.titles

    def expect(self, nodes: Sequence[Node], order: Order) -> bool:
        """See Index. Fetches the first pages, and what was guessed, in one round trip."""
        questions = self.open_questions()
        self._expected = nodes
        pages = [FirstPage(stream, _FORESEEN, "date") for stream in dict.fromkeys(self._foreseen)]
        self._foreseen.clear()
        if pages or questions or not self._is_begun(nodes[0], order):
            answers = self._fetch_first([*pages, *self._first_streams(nodes, order)], questions)
            self.take(answers)
        if not questions:
            self.end_guessing()
        return not questions and not pages

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
        return {number: one.lengths for number in numbers if (one := self._candidates.get(number))}

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
        if with_text:
            self._fetch_texts(numbers)
        return [self._document(number, with_text) for number in numbers]

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

    def _is_begun(self, node: Node, order: Order) -> bool:
        """Return whether the first pages of a variant of the query have been fetched."""
        return all(self._stream(key).is_begun for key in _keys(node, order))

    def _first_streams(self, nodes: Sequence[Node], order: Order) -> list[FirstPage]:
        """Return what is still to be fetched of the first pages for these variants of the query, in this order."""
        found: dict[CandidateStream, FirstPage] = {}
        for variant, node in enumerate(nodes):
            for key, sorting in _keys(node, order).items():
                stream = self._stream(key)
                if not stream.is_begun and stream not in found:
                    found[stream] = FirstPage(stream, variant, sorting if is_exact(key.node) else "date")
        return list(found.values())

    def _fetch_first(self, pages: Sequence[FirstPage], questions: Sequence[Statement] = ()) -> list[Answers]:
        """Fetch first pages in one round trip; return the answers to the questions."""
        answers, found = fetch_first(pages, self._ask_nodes, questions)
        self._keep(found)
        return answers

    def _stream(self, key: "_Key") -> CandidateStream:
        if key not in self._streams:
            is_title, is_oldest = key.kind == "titled", key.kind == "oldest"
            self._streams[key] = CandidateStream(key.node, self._marked, title=is_title, oldest=is_oldest)
        return self._streams[key]

    def _keep(self, found: Sequence[Candidate]) -> None:
        self._candidates.update(
            (one.number, one) for one in found if one.is_whole or one.number not in self._candidates
        )

    def _fetch_texts(self, numbers: Sequence[int]) -> None:
        """Fetch the texts of candidates that came without them; if one is missing, those of others too."""
        known = self._candidates
        missing = [number for number in numbers if number in known and not known[number].is_whole]
        if not missing:
            return
        others = (number for number, one in known.items() if not one.is_whole)
        chosen = [known[number] for number in islice(dict.fromkeys(chain(missing, others)), max(_TEXTS, len(missing)))]
        keys = ([one.day for one in chosen], [one.number for one in chosen])
        for answer in self._ask_nodes([Statement(_WHOLE, keys)]):
            self._keep(candidates_of((True, *row) for row in answer[0]))

    def _document(self, number: int, with_text: bool) -> Document | None:
        """Return the document of a candidate. Made when it is needed: parsing the body is most of the work."""
        if number not in self._documents and (one := self._candidates.get(number)) is not None:
            if not one.is_whole:
                return None if with_text else titled_of(one)
            held = held_of(one.row)
            self._memory.hold([held])
            self._documents[number] = document_of(held)
        return self._documents.get(number)

    def _ask_nodes(self, statements: Sequence[Statement], *, is_slow: bool = False) -> list[Answers]:
        limit = _COUNT_SECONDS + 2.0
        try:
            return self._nodes.ask(statements, is_over=self._is_over, seconds=limit, is_slow=is_slow)
        except Stopped as error:
            raise OutOfTime(str(error)) from error


def _keys(node: Node, order: Order) -> dict[_Key, Sorting]:
    """Return the candidates that a variant of a query needs, and which of them the search takes first."""
    if order != "score":
        return {_Key(node, "oldest" if order == "oldest" else "newest"): "date"}
    keys: dict[_Key, Sorting] = {_Key(node, "titled"): "title", _Key(node): "body"}
    return keys if (part := partly_titled(node)) is None else keys | {_Key(part): "title"}


def asks_marks(node: Node) -> bool:
    """Return whether the query filters by the user's marks."""
    return any(isinstance(one, MarkFilter) for one in leaves(node, excluded=True))
