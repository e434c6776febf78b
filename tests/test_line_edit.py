"""The edited line of text, and the part of it that is visible."""

from hypothesis import given
from hypothesis import strategies as st

from tui.cells import cell_len
from tui.widgets.line_edit import MAX_CHARACTERS, LineEdit, window

TYPED = st.text(alphabet="反诈禁毒派出所“”（）aB1 －", max_size=60)


@given(TYPED, st.integers(0, 60), st.integers(2, 40))
def test_window_contains_the_caret_and_fits(text: str, cursor: int, width: int) -> None:
    cursor = min(cursor, len(text))
    start, end = window(text, cursor, width)
    assert 0 <= start <= cursor
    assert end >= cursor or cell_len(text[start:cursor]) <= width
    assert cell_len(text[start:end]) <= width
    assert cell_len(text[start:cursor]) < width


@given(TYPED, st.integers(2, 40))
def test_window_shows_as_much_before_the_caret_as_fits(text: str, width: int) -> None:
    start, _end = window(text, len(text), width)
    assert start == 0 or cell_len(text[start - 1 :]) > width - 1


def test_pasted_page_is_cut_at_the_maximum_length() -> None:
    assert len(LineEdit.at_end("公安" * 5_000).text) == MAX_CHARACTERS
