"""The hits of a search as a list model."""

from collections.abc import Sequence
from functools import cached_property

from ..reading import Reading
from ..search import Answer, Hit
from .list_model import CUT, ListItem, Section


class HitListModel:
    """The hits of an answer in its order. An entry shows headline, place and date, and a snippet."""

    height = 3

    def __init__(self, answer: Answer, reading: Reading) -> None:
        self.answer = answer
        self._reading = reading
        self.sections = (Section("hits", "", 0, len(answer.hits)),)

    def __len__(self) -> int:
        return len(self.answer.hits)

    def entries(self, start: int, stop: int) -> Sequence[ListItem]:
        hits = self.answer.hits[start:stop]
        ids = [hit.article for hit in hits]
        read, starred = self._reading.read_among(ids), self._reading.starred_among(ids)
        return [_entry(hit, hit.article not in read, hit.article in starred) for hit in hits]

    def ids(self, start: int, stop: int) -> Sequence[str]:
        return [hit.article for hit in self.answer.hits[start:stop]]

    def find(self, article_id: str) -> int | None:
        return self._numbers.get(article_id)

    def hit(self, article_id: str) -> Hit | None:
        """Return the hit for an article, or None if the answer does not contain it."""
        number = self.find(article_id)
        return None if number is None else self.answer.hits[number]

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {hit.article: number for number, hit in enumerate(self.answer.hits)}


def _entry(hit: Hit, unread: bool, starred: bool) -> ListItem:
    title_spans = tuple((start, end) for field, start, end in hit.spans if field == "title")
    meta = "  ".join(filter(None, (hit.place, hit.date)))
    return ListItem(
        hit.article,
        hit.title,
        meta,
        _cut_marks(hit.snippet),
        hit.snippet_spans,
        title_spans,
        unread,
        starred,
        hit.place or "",
    )


def _cut_marks(snippet: str) -> str:
    """Replace the ellipses at the ends of a snippet by `CUT`, which is one cell wide in every terminal."""
    inside = snippet.removeprefix("…").removesuffix("…")
    return CUT * snippet.startswith("…") + inside + CUT * (len(snippet) > 1 and snippet.endswith("…"))
