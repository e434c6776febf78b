"""Whether an article is found by a query, and where the words stand in it: the truth that every index is held to."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from ..query.dates import within
from ..query.tree import And, AuthorFilter, DateFilter, MarkFilter, Node, Not, Or, PlaceFilter, Term, words
from .document import About, Document
from .fold import dense

_DIGITS = frozenset("0123456789零〇一二三四五六七八九十百千万亿两几数abcdefghijklmnopqrstuvwxyz")
_POINTS = frozenset("．，")


class ReadingMarks(Protocol):
    """What this reader has marked; `reading.Reading` is one."""

    def read_among(self, ids: Sequence[str], /) -> Collection[str]:
        """Which of these are read."""
        ...

    def starred_among(self, ids: Sequence[str], /) -> Collection[str]:
        """Which of these are starred."""
        ...


class NoMarks:
    """Somebody who has marked nothing."""

    def read_among(self, _ids: Sequence[str], /) -> Collection[str]:
        return ()

    def starred_among(self, _ids: Sequence[str], /) -> Collection[str]:
        return ()


@dataclass(frozen=True, slots=True)
class MarkSets:
    """The marks of the articles that are looked at."""

    read: Collection[str] = ()
    starred: Collection[str] = ()


UNMARKED = MarkSets()


def marking(node: Node, marks: ReadingMarks, ids: Sequence[str]) -> MarkSets:
    """The marks of these articles, if the query asks for marks."""
    return MarkSets(marks.read_among(ids), marks.starred_among(ids)) if asks_marks(node) else UNMARKED


def asks_marks(node: Node) -> bool:
    """Whether the query asks for marks at all."""
    match node:
        case MarkFilter():
            return True
        case Not(part):
            return asks_marks(part)
        case And(parts) | Or(parts):
            return any(asks_marks(part) for part in parts)
    return False


def matches_query(node: Node, text: Document, marked: MarkSets = UNMARKED) -> bool:
    """Whether the article is found."""
    match node:
        case Term(bounded=False, title=False):
            return node.text in text.folded_for(node.text) or bool(_in_headline(node, text))
        case Term():
            return bool(occurrences(node, text, 1))
        case And(parts):
            return all(matches_query(part, text, marked) for part in parts)
        case Or(parts):
            return any(matches_query(part, text, marked) for part in parts)
        case Not(part):
            return not matches_query(part, text, marked)
        case PlaceFilter() | AuthorFilter() | DateFilter():
            return lets_through(node, text.about)
        case MarkFilter("starred"):
            return text.article in marked.starred
        case MarkFilter(mark):
            return (text.article in marked.read) == (mark == "read")


def lets_through(node: PlaceFilter | AuthorFilter | DateFilter, about: About) -> bool:
    """Return whether a filter lets an article through: the one meaning of places, authors and dates everywhere."""
    match node:
        case PlaceFilter():
            return about.place_id in node.codes or (about.place is not None and dense(about.place) in node.labels)
        case AuthorFilter():
            return any(dense(name).startswith(node.name) for name in about.authors)
        case DateFilter():
            return within(about.when, node.first, node.last)


def occurrences(word: Term, text: Document, most: int = 1 << 30) -> list[int]:
    """Where the word begins in the folded text, no two overlapping, at most so many.

    Below zero, counted back from -1, it stands in the headline without gaps, across one. `Searched.stretch` knows both.
    """
    folded = text.folded if word.bounded else text.folded_for(word.text)
    found = _in_headline(word, text)
    found += _begins(word, folded, text.folded_title_end if word.title else len(folded), most)
    return found[:most]


def _in_headline(word: Term, text: Document) -> list[int]:
    """Where the word begins in the headline without gaps, if it stands across one; counted back from its end."""
    if len(word.text) < 2 or not text.may_cross(word.text) or not (joined := text.headline):
        return []
    begins = _begins(word, joined.text, len(joined.text), len(joined.text))
    return [at - len(joined.text) - 1 for at in begins if joined.crosses(at, at + len(word.text))]


def _begins(word: Term, folded: str, end: int, most: int) -> list[int]:
    found: list[int] = []
    at = folded.find(word.text, 0, end)
    while at >= 0 and len(found) < most:
        if not word.bounded or _stands_alone(folded, at, at + len(word.text)):
            found.append(at)
            at += len(word.text)
        else:
            at += 1
        at = folded.find(word.text, at, end)
    return found


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether the number there is not part of a longer one: 12 in 2012, 12.5, mp12; 十二 in 二十二, 十二万."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    if before[-1:] in _DIGITS or after[:1] in _DIGITS:
        return False
    if before[-1:] in _POINTS and before[:1] in _DIGITS and len(before) == 2:
        return False
    return not (after[:1] in _POINTS and after[1:] in _DIGITS)


def needs_text(node: Node) -> bool:
    """Whether the text must be looked at to say if the article is found."""
    match node:
        case Term():
            return True
        case And(parts) | Or(parts):
            return any(needs_text(part) for part in parts)
        case Not(part):
            return needs_text(part)
    return False


def matches(node: Node, text: Document) -> list[tuple[int, int]]:
    """Everything in the text that matched, in order, overlapping stretches made one."""
    return merged(
        text.stretch(at, len(word.text)) for word in dict.fromkeys(words(node)) for at in occurrences(word, text)
    )


def merged(stretches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches in order; those that overlap are one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
