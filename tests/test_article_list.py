"""The geometry of the article list, and the lines of an entry."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.cells import cell_len
from tui.session import list_cursor
from tui.session.list_geometry import ListGeometry, ListPosition
from tui.session.list_model import CUT, EmptyModel, ListItem, Section
from tui.widgets.list_items import fit, lines_of


def sections(counts: Sequence[int], named_lists: int = 0) -> list[Section]:
    made = [Section(f"list{n}", f"书架{n}", is_named_list=True, number=n) for n in range(named_lists)]
    start = 0
    for n, count in enumerate(counts):
        made.append(Section(str(n), f"地方{n}", start, count))
        start += count
    return made


COUNTS = st.lists(st.integers(1, 5), min_size=1, max_size=6)
SHAPES = st.builds(
    lambda counts, named_lists, height, folds: ListGeometry(
        sections(counts, named_lists), height, {str(n) for n, fold in enumerate(folds) if fold}
    ),
    COUNTS,
    st.integers(0, 3),
    st.integers(1, 3),
    st.lists(st.booleans(), max_size=6),
)


@given(SHAPES)
def test_every_stop_is_found_by_its_number_and_its_line(shape: ListGeometry) -> None:
    for stop in range(shape.stops):
        at = shape.at_stop(stop)
        assert shape.stop_of(at) == stop
        assert shape.has(at)
        assert shape.spot(shape.line_of(at)) == (at, 0)


@given(SHAPES)
def test_stops_follow_one_another_and_never_overlap(shape: ListGeometry) -> None:
    end = 0
    for stop in range(shape.stops):
        at = shape.at_stop(stop)
        assert shape.line_of(at) >= end
        end = shape.line_of(at) + shape.height_of(at)
    assert end <= shape.lines


@given(SHAPES)
def test_every_line_belongs_to_a_stop_except_one_gap(shape: ListGeometry) -> None:
    empty = [line for line in range(shape.lines) if shape.spot(line) is None]
    assert len(empty) == any(section.is_named_list for section in shape.sections)
    assert shape.spot(shape.lines) is None
    assert shape.spot(-1) is None


@given(SHAPES)
def test_entry_is_in_its_section_or_behind_its_collapsed_header(shape: ListGeometry) -> None:
    for number, section in enumerate(shape.sections):
        for entry in range(section.start, section.start + section.count):
            assert shape.of_entry(entry) == ListPosition(number, None if shape.is_folded(number) else entry)


def test_geometry_of_a_million_entries_needs_only_their_sections() -> None:
    shape = ListGeometry([Section("a", "甲", 0, 600_000), Section("b", "乙", 600_000, 400_000)], 2)
    assert shape.lines == 2_000_002
    assert shape.at_stop(999_999) == ListPosition(1, 999_999)


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        (("筑牢禁毒防线", "守护一方净土"), ["筑牢禁毒防线", "守护一方净土"]),
        (("短题",), ["短题", "2023-06"]),
        (("民警走进社区开展反诈宣传活动守护钱袋子",), ["民警走进社区开展反诈", "宣传活动守护钱袋子"]),
        (("民警走进社区开展反诈，宣传活动",), ["民警走进社区开展反", "诈，宣传活动"]),
        (("民警走进社区开展反“诈”宣传",), ["民警走进社区开展反", "“诈”宣传"]),
        (("一", "二", "三"), ["一", "二 三"]),
        (("这一个部分长得一行之内放不下", "短"), ["这一个部分长得一行" + CUT, "短"]),
    ],
)
def test_headline_takes_two_lines_and_obeys_line_break_rules(title: tuple[str, ...], lines: list[str]) -> None:
    assert [line.text for line in lines_of(ListItem("x", title, "2023-06"), 20)] == lines


@given(st.text(alphabet="反诈a1，“”⋯ ", max_size=40), st.integers(0, 30))
def test_fitted_text_is_no_wider_than_the_limit(text: str, width: int) -> None:
    assert cell_len(fit(text, width)) <= width
    assert fit(text, 100) == text


@given(st.text(alphabet="甲乙a，", max_size=60), st.integers(0, 60), st.integers(4, 60))
def test_first_match_of_a_snippet_is_visible_and_highlighted(before: str, more: int, width: int) -> None:
    snippet = before + "反诈" + "丙" * more
    span = (len(before), len(before) + 2)
    line = lines_of(ListItem("x", ("题",), "", snippet, (span,)), width)[2]
    assert cell_len(line.text) <= width
    start, end = line.spans[0]
    assert line.text[start:end].startswith("反")


class Rows(EmptyModel):
    """A list with the sections of a geometry."""

    def __init__(self, shape: ListGeometry) -> None:
        self.sections, self.height = shape.sections, shape.height

    def __len__(self) -> int:
        return sum(section.count for section in self.sections)


MOVES = st.lists(
    st.one_of(
        st.tuples(st.just(list_cursor.move), st.integers(-9, 9)),
        st.tuples(st.just(list_cursor.move_section), st.integers(-4, 4)),
        st.tuples(st.just(list_cursor.to_nth_section), st.integers(1, 9)),
        st.tuples(st.just(list_cursor.to_entry), st.integers(-2, 30)),
        st.tuples(st.sampled_from([list_cursor.toggle_fold, list_cursor.to_top, list_cursor.to_end])),
    ),
    max_size=12,
)


@given(SHAPES, MOVES)
def test_cursor_is_on_a_stop_after_any_moves(shape: ListGeometry, moves: list[tuple[Any, ...]]) -> None:
    cursor = list_cursor.opened(Rows(shape), shape.folded, 0)
    for move, *arguments in moves:
        before, cursor = cursor, move(cursor, *arguments)
        assert cursor.geometry.has(cursor.at)
        if move is list_cursor.move:
            assert abs(cursor.stop - before.stop) <= abs(arguments[0])
        if move is list_cursor.to_entry and 0 <= arguments[0] < len(cursor.rows):
            assert cursor.at.entry == arguments[0]
        if move is list_cursor.toggle_fold and cursor != before:
            assert list_cursor.toggle_fold(cursor).geometry.folded == before.geometry.folded
