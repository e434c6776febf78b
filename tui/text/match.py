"""The definition of a hit, and of where the terms occur in it. Every index must give the same answers."""

from collections.abc import Collection, Iterable, Sequence
from typing import Protocol, assert_never

from ..query.filters import UNMARKED, Filter, MarkSets
from ..query.tree import And, Near, Node, Not, Or, Regex, Term, leaves, words
from .document import Document
from .regex_match import regex_spans

DIGITS = frozenset(
    "0123456789零〇一二三四五六七八九十百千万亿两几数壹贰叁肆伍陆柒捌玖拾佰仟廿卅卌abcdefghijklmnopqrstuvwxyz"
)
POINTS = frozenset("．，")
"""Characters that belong to a number, and those that may stand between two of its digits, folded."""


class ReadingMarks(Protocol):
    """The user's marks; `reading.Reading` is one."""

    def read_among(self, ids: Sequence[str], /) -> Collection[str]:
        """Return the ids of read articles among `ids`."""
        ...

    def starred_among(self, ids: Sequence[str], /) -> Collection[str]:
        """Return the ids of starred articles among `ids`."""
        ...


class NoMarks:
    """Marks of a user who has marked nothing."""

    def read_among(self, _ids: Sequence[str], /) -> Collection[str]:
        return ()

    def starred_among(self, _ids: Sequence[str], /) -> Collection[str]:
        return ()


def marking(node: Node, marks: ReadingMarks, ids: Sequence[str]) -> MarkSets:
    """Return the marks of the articles `ids` if the query filters by mark, else `UNMARKED`."""
    asked = any(isinstance(one, Filter) and one.asks_marks for one in leaves(node, excluded=True))
    return MarkSets(marks.read_among(ids), marks.starred_among(ids)) if asked else UNMARKED


def matches_query(node: Node, text: Document, marked: MarkSets = UNMARKED) -> bool:
    """Return whether the article is a hit."""
    match node:
        case Term(bounded=False, title=False):
            return node.text in text.folded_for(node.text) or bool(_in_headline(node, text))
        case Term():
            return bool(occurrences(node, text, 1))
        case Regex():
            return any(True for _ in regex_spans(node, text))
        case Filter():
            return node.passes(text.article, text.about, marked)
        case And(parts):
            return all(matches_query(part, text, marked) for part in parts)
        case Or(parts):
            return any(matches_query(part, text, marked) for part in parts)
        case Near(parts, distance):
            return all(matches_query(part, text, marked) for part in parts) and _is_near(parts, distance, text)
        case Not(part):
            return not matches_query(part, text, marked)
        case _:
            assert_never(node)


def _is_near(parts: Sequence[Node], distance: int, text: Document) -> bool:
    """Return whether one field has matches of all parts with at most `distance` characters between neighbours."""
    found = sorted(
        (text.position(at), text.position(at) + len(word.text), number)
        for number, part in enumerate(parts)
        for word in words(part)
        for at in occurrences(word, text)
    )
    run: set[int] = set()
    last = 0
    for start, end, number in found:
        if start - last > distance or "\n" in text.folded[last:start]:
            run.clear()
        run.add(number)
        last = max(last, end)
        if len(run) == len(parts):
            return True
    return False


def occurrences(word: Term, text: Document, most: int = 1 << 30) -> list[int]:
    """Return the positions in the folded text where the word begins: no overlaps, at most `most`.

    A negative position counts back from the end of the headline without gaps; `Document.stretch` accepts both kinds.
    """
    folded = text.folded if word.bounded else text.folded_for(word.text)
    found = _in_headline(word, text)
    if word.text in folded:
        found += _begins(word, folded, text.folded_title_end if word.title else len(folded), most)
    return found[:most]


def _in_headline(word: Term, text: Document) -> list[int]:
    """Return the negative positions where the word crosses a gap of the headline; see `occurrences`."""
    length = len(word.text)
    if length < 2 or not text.may_cross(word.text) or not (joined := text.headline):
        return []
    end = len(joined.text)
    return [at - end - 1 for at in _begins(word, joined.text, end, end) if joined.crosses(at, at + length)]


def _begins(word: Term, folded: str, end: int, most: int) -> list[int]:
    found: list[int] = []
    text, length, bounded = word.text, len(word.text), word.bounded
    at = folded.find(text, 0, end)
    while at >= 0 and len(found) < most:
        if not bounded or _stands_alone(folded, at, at + length):
            found.append(at)
            at += length
        else:
            at += 1
        at = folded.find(text, at, end)
    return found


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Return False if the number is part of a longer one: 12 in 2012, 12.5, mp12; 十二 in 二十二, 十二万.

    A side where the term has other characters, such as that of 届 in 18届, needs no check.
    """
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    if text[start] in DIGITS and (
        before[-1:] in DIGITS or (before[-1:] in POINTS and before[:1] in DIGITS and len(before) == 2)
    ):
        return False
    return text[end - 1] not in DIGITS or not (after[:1] in DIGITS or (after[:1] in POINTS and after[1:] in DIGITS))


def needs_text(node: Node) -> bool:
    """Return whether deciding on a hit needs the article's text."""
    return any(isinstance(one, (Term, Regex)) for one in leaves(node, excluded=True))


def matches(node: Node, text: Document) -> list[tuple[int, int]]:
    """Return start and end of everything that matched in the text, in order, with overlapping stretches joined."""
    return merged(
        text.stretch(at, len(word.text)) for word in dict.fromkeys(words(node)) for at in occurrences(word, text)
    )


def merged(stretches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the stretches in order, with overlapping ones joined."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
