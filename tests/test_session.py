"""The session without a user interface: pure commands, and the runner on stores in memory."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.small import articles, stores
from tui.article import Article
from tui.keys import COMMANDS
from tui.keys.line_commands import LINE_COMMANDS
from tui.plain.run import ask
from tui.reading import Position
from tui.session import commands, navigation, searching
from tui.session.article_text import UNIT_KINDS, ArticleText
from tui.session.effects import ForScreen
from tui.session.runner import Runner
from tui.session.state import Session

NAMES = [command.id for command in (*COMMANDS, *LINE_COMMANDS)]
FOR_SCREENS = {
    *("half_page_down", "half_page_up", "wider", "narrower", "zen", "theme", "mouse", "redraw", "suspend"),
    *("toggle_group", "palette"),
}
STEPS = st.lists(
    st.tuples(st.sampled_from([*NAMES, "反诈", "number"]), st.one_of(st.none(), st.integers(1, 12))), max_size=30
)


def sound(session: Session) -> None:
    """Assert the invariants of a session."""
    assert session.entry is None or 0 <= session.entry < max(len(session.rows), 1)
    assert len(session.rows) <= session.total or not session.query
    assert session.listed <= max(len(session.rows), session.listed)
    if session.text is None:
        assert session.pane == "list" and session.matches == () and session.match == -1
        return
    units = session.text.units(session.unit)
    number, count = navigation.at_unit(session)
    assert count == len(units) and 1 <= number <= max(count, 1)
    assert -1 <= session.match < max(len(session.matches), 1)
    assert session.text.position(session.text.place(session.position)) == session.position


@settings(max_examples=80, deadline=None)
@given(STEPS)
def test_random_commands_keep_the_invariants_of_a_session(steps: list[tuple[str, int | None]]) -> None:
    runner = Runner(stores(articles()), ask)
    runner.show_list("all")
    for name, count in steps:
        before = runner.session
        if name == "反诈":
            changes = runner.perform(searching.search(before, name))
        elif name == "number":
            changes = runner.perform(navigation.open_number(before, count or 0))
        else:
            assert commands.run(name, before, count) == commands.run(name, before, count)
            changes = runner.command(name, count)
        list(changes)
        sound(runner.session)


def test_every_command_is_handled_by_the_session_or_a_screen() -> None:
    left = [name for name in NAMES if isinstance(next(iter(commands.run(name, Session())[1]), None), ForScreen)]
    assert set(left) <= FOR_SCREENS
    assert {"star", "undo", "next_match", "back", "next_unread", "mark_all_read"} <= set(commands.COMMANDS)


@given(
    st.lists(
        st.sampled_from(
            [
                "一句。",
                "问？",
                "“他说。”",
                "没有句号",
                "\n\n",
                "## 小标题\n\n",
                "- 项\n\n",
                "| a | b |\n|-|-|\n| 1 | 2 |\n\n",
            ]
        ),
        max_size=14,
    )
)
@settings(max_examples=80, deadline=None)
def test_units_of_every_kind_cover_the_text_in_order(pieces: list[str]) -> None:
    text = ArticleText(Article(id="a/1", title=("题",), body="".join(pieces)))
    for kind in UNIT_KINDS:
        units = text.units(kind)
        assert [unit.start for unit in units] == sorted(unit.start for unit in units)
        assert all(one.end <= other.start for one, other in pairwise(units))
        for number, unit in enumerate(units):
            assert text.number_at(kind, unit.start) == number
            assert text.number_at(kind, text.place(text.position(unit.start))) == number
    held = {number for unit in text.units("sentence") for number in range(unit.start[0], unit.end[0] + 1)}
    assert set(text.readable) <= held


def test_position_counts_paragraphs_and_code_points_without_the_dateline() -> None:
    text = ArticleText(Article(id="a/1", title=("题",), dateline="双河讯", body="## 头\n\n甲。乙。\n\n丙。"))
    starts = [text.position(unit.start) for unit in text.units("sentence")]
    assert starts == [Position(0, 0), Position(1, 0), Position(1, 2), Position(2, 0)]
