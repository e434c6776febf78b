"""Compressed frames show the same cells."""

from hypothesis import given
from hypothesis import strategies as st

from tui.terminal.frame_compressor import compact

from .terminal import Screen, Style

ATTRIBUTES = st.sets(st.sampled_from(["1", "2", "3", "4", "7", "9"]), max_size=3).map(sorted)
INKS = st.sampled_from([(), ("31",), ("38;5;9",), ("38;2;24;25;29",), ("97",)])
GROUNDS = st.sampled_from([(), ("41",), ("48;5;9",), ("48;2;24;25;29",), ("107",)])
PENS = st.tuples(ATTRIBUTES, INKS, GROUNDS).map(lambda parts: ";".join(one for part in parts for one in part))
TEXTS = st.sampled_from(["反诈", " ", "   ", "App", "　", "禁毒 防线", "▪ "])
RUNS = st.lists(st.tuples(PENS, TEXTS), min_size=1, max_size=5)
ROWS = st.lists(st.tuples(st.integers(1, 12), st.integers(1, 30), RUNS), min_size=1, max_size=8)


def frame(rows: list[tuple[int, int, list[tuple[str, str]]]]) -> str:
    """Return a frame as Textual writes it."""
    lines = []
    for y, x, runs in rows:
        text = "".join(f"\x1b[{pen}m{text}\x1b[0m" if pen else text for pen, text in runs)
        lines.append(f"\x1b[{y};{x}H{text}\x1b[{y};40H")
    return "\x1b[?2026h" + "\n".join(lines) + "\x1b[1;1H\x1b[?2026l"


def shown(*frames: str) -> list[list[tuple[str, Style]]]:
    """Return the cells on the terminal after the frames."""
    screen = Screen(60, 14)
    for one in frames:
        screen.feed(one.replace("\n", "\r\n"))
    assert screen.unexpected == []
    return screen.styled()


@given(st.lists(ROWS, min_size=1, max_size=3))
def test_compact_frame_shows_the_same_cells_in_no_more_bytes(
    frames: list[list[tuple[int, int, list[tuple[str, str]]]]],
) -> None:
    written = [frame(rows) for rows in frames]
    short = [compact(one) for one in written]
    assert shown(*short) == shown(*written)
    assert all(len(one) <= len(other) for one, other in zip(short, written, strict=True))


def test_style_is_written_once_as_a_difference() -> None:
    dark = "48;2;15;17;20"
    mark, title = f"\x1b[38;2;9;9;9;{dark}m   \x1b[0m", f"\x1b[1;38;2;8;8;8;{dark}m反诈\x1b[0m"
    row = f"\x1b[3;1H{mark}{title}\x1b[38;2;8;8;8;{dark}m  \x1b[0m"
    assert compact(row) == f"\x1b[3;1H\x1b[38;2;9;9;9;{dark}m   \x1b[1;38;2;8;8;8m反诈  \x1b[0m"


def test_unexpected_output_is_unchanged() -> None:
    for text in ("\x1b]52;c;5Y+N6K+I\x07", "\x1b[?1000h\x1b[>1u", "\x1b[1mA\x1b[3mB\x1b[0m", "\x1b7反诈\x1b8", ""):
        assert compact(text) == text
