"""The session without a user interface: pure commands, and the runner on stores in memory."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.small import SmallCatalogue, articles, stores
from tui.article import Article
from tui.keys import COMMANDS
from tui.keys.line_commands import LINE_COMMANDS
from tui.plain.run import ask
from tui.reading import Position, Reading
from tui.search import Answer
from tui.session import commands, list_cursor, navigation, pane_commands, searching
from tui.session.article_text import UNIT_KINDS, ArticleText
from tui.session.effects import AskSearch, ForScreen
from tui.session.hit_list import HitListModel
from tui.session.line_runner import LineRunner
from tui.session.list_cursor import ListCursor
from tui.session.named_lists import NamedLists
from tui.session.state import Session

NAMES = [command.id for command in (*COMMANDS, *LINE_COMMANDS)]
FOR_SCREENS = {
    *("half_page_down", "half_page_up", "wider", "narrower", "zen", "theme", "mouse", "redraw", "suspend"),
    *("toggle_group", "palette"),
}
FOR_APPS = {"wider", "narrower", "theme", "mouse", "redraw", "suspend"}
ON_SCREEN = Session(face="screen")
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
    runner = LineRunner(stores(articles()), ask)
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


def value(session: Session) -> tuple[object, ...]:
    """Return a session for comparison: its geometry is an object of its own after each change of a group."""
    cursor = session.cursor
    before = session.before and value(session.before)
    seen = session.seen and session.seen[::2]
    rest = session._replace(cursor=ListCursor(), seen=None, before=None)
    return (cursor.rows, cursor.at, cursor.geometry.folded, seen, before, *rest)


@settings(max_examples=80, deadline=None)
@given(STEPS, st.integers(0, 20))
def test_random_commands_of_a_screen_are_pure_and_keep_the_cursor_in_the_list(
    steps: list[tuple[str, int | None]], rows: int
) -> None:
    lists = NamedLists(SmallCatalogue(articles()), Reading(":memory:"), lambda count: None)
    cursor = list_cursor.opened(lists.open("all"), (), 0)
    session = navigation.with_cursor(Session(face="screen", total=8, list_rows=rows), cursor)
    for name, count in steps:
        before = session
        if name == "反诈":
            session, asked = searching.type_query(searching.open_search(before), name)
            assert session.before and asked == (AskSearch(name, newest=before.newest),)
        elif name == "number":
            session, _asked = pane_commands.nth_section(before, count or 1)
        else:
            session, asked = commands.run(name, before, count)
            again, asked_again = commands.run(name, before, count)
            assert (value(session), asked) == (value(again), asked_again)
        assert session.cursor.geometry.has(session.cursor.at)
        assert session.entry is None or session.wanted == session.under_cursor
        assert session.before is None or session.before.before is None


def test_search_on_a_screen_returns_to_the_list_from_before_it() -> None:
    lists = NamedLists(SmallCatalogue(articles()), Reading(":memory:"), lambda count: None)
    cursor = list_cursor.to_entry(list_cursor.opened(lists.open("all"), {"赤峰"}, 0), 3)
    session = navigation.with_cursor(Session(face="screen"), cursor)
    searched, _asked = searching.type_query(searching.open_search(session), "反诈")
    answer = Answer("反诈", "反诈", (), 0)
    hits = searched._replace(cursor=list_cursor.opened(HitListModel(answer, Reading(":memory:")), (), 0))
    left, _effects = commands.run("leave", hits)
    assert (left.cursor, left.seen, left.query, left.pane) == (cursor, session.seen, "", "list")


def test_every_command_is_handled_by_the_session_or_a_screen() -> None:
    left = [name for name in NAMES if isinstance(next(iter(commands.run(name, Session())[1]), None), ForScreen)]
    assert set(left) <= FOR_SCREENS
    on_screen = [name for name in NAMES if isinstance(next(iter(commands.run(name, ON_SCREEN)[1]), None), ForScreen)]
    assert set(on_screen) <= FOR_APPS
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
