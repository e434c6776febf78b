"""Optimised searches in an article's text give the same results as simple ones."""

import sys
import time
from bisect import bisect_right

from hypothesis import given
from hypothesis import strategies as st

from tui.clean import clean, may_change
from tui.fold import fold
from tui.query.tree import Term
from tui.text.document import About, Document, FieldSpan
from tui.text.match import matches_query, occurrences
from tui.text.score import NEAR, NEAR_HALF, nearness
from tui.word_tables import word_tables

LETTERS = "国國警察ＡaＡ１1①，,。 \u3000赤峯峰里裡裏\U0001f6a8"
TEXTS = st.lists(st.text(LETTERS, min_size=1, max_size=12), min_size=1, max_size=6).map("\n".join)


def text(value: str, dateline: bool = False, byline: bool = False) -> Document:
    return Document(1, "b/a", ("题",), value, About(None, None, None, None, ()), dateline=dateline, byline=byline)


@given(TEXTS, st.text(LETTERS, min_size=1, max_size=3).map(fold))
def test_occurrences_are_those_in_the_folded_text(value: str, word: str) -> None:
    value = "题\n" + value  # below a headline, because a headline with gaps is also searched without them
    folded, found, at = fold(value), [], 0
    while (at := folded.find(word, at)) >= 0:
        found.append(at)
        at += len(word)
    assert occurrences(Term(word, word), text(value)) == found
    assert matches_query(Term(word, word), text(value)) == bool(found)


@given(TEXTS, st.booleans(), st.booleans(), st.data())
def test_spans_are_relative_to_their_field(value: str, dateline: bool, byline: bool, data: st.DataObject) -> None:
    one = text(value + "\n讯\n文\n（名）", dateline, byline)
    starts, names = one.starts(), one.names()
    begins = sorted(data.draw(st.sets(st.integers(0, len(one.text) - 1), max_size=8)))
    fields = [bisect_right(starts, begin) - 1 for begin in begins]
    wanted: list[FieldSpan] = [
        (names[at], begin - starts[at], begin + 1 - starts[at]) for at, begin in zip(fields, begins, strict=True)
    ]
    assert list(one.spans([(begin, begin + 1) for begin in begins])) == wanted


def test_spans_of_a_long_paragraph_take_linear_time() -> None:
    def seconds(matches: int) -> float:
        one = text("题\n" + "甲乙" * matches)
        begin = time.process_time()
        one.spans([(at, at + 1) for at in range(2, 2 * matches, 2)])
        return time.process_time() - begin

    assert any(seconds(60_000) < 8 * seconds(15_000) for _ in range(3))


def test_characters_changed_by_cleaning_are_detected_in_bytes() -> None:
    changed = [code for code in range(sys.maxunicode + 1) if clean(chr(code)) != chr(code)]
    assert changed
    assert not [hex(code) for code in changed if chr(code).isprintable() and not may_change(chr(code).encode())]


@given(st.lists(st.integers(0, 60), unique=True).map(sorted), st.lists(st.integers(0, 60), unique=True).map(sorted))
def test_nearness_depends_on_the_nearest_occurrences(ones: list[int], others: list[int]) -> None:
    every = [max(other - one - 2, one - other - 3, 0) for one in ones for other in others]
    wanted = NEAR / (1 + min(every) / NEAR_HALF) if every else 0.0
    assert nearness([(ones, 2), (others, 3)]) == wanted


def test_words_listed_under_initials_have_these_initials() -> None:
    for initials in ("aj", "fz", "jd", "kl", "gaj", "hhht"):
        for reading in word_tables().of_initials(initials):
            assert [syllable[:1] for syllable in reading.syllables] == list(initials)
