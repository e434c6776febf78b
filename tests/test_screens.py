"""The browse screen, driven by keys and mouse."""

import pytest
from textual.events import Key, Paste

from tests import words
from tests.reading_room import reading_room, source_text
from tests.small import SmallCatalogue, articles, stores
from tui.cells import is_ambiguous
from tui.keys import COMMANDS
from tui.reading import Reading
from tui.session.commands import ON_SCREEN
from tui.session.effects import OpenList
from tui.session.list_geometry import ListPosition

FIRST = "2023-06/开鲁-0"


async def test_every_command_of_the_table_has_a_handler() -> None:
    async with reading_room() as room:
        answered = set(ON_SCREEN) | {each.id for each in COMMANDS if hasattr(room.app, f"action_{each.id}")}
        assert {command.id for command in COMMANDS} <= answered


async def test_moving_down_the_list_shows_articles_without_marking_them_read() -> None:
    async with reading_room() as room:
        assert room.shown == FIRST
        await room.press("j", "down")
        await room.until(lambda: room.shown == "2023-06/呼和浩特-0")
        assert not room.screen.stores.reading.is_read("2023-06/呼和浩特-0")


async def test_reader_follows_a_resting_cursor_and_commands_without_delay(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # On a busy machine a key takes longer than the usual pause.
    monkeypatch.setattr("tui.screens.browse.reader_sync.PAUSE_SECONDS", 1.5)
    async with reading_room() as room:
        await room.press("j")
        assert room.shown == FIRST
        await room.until(lambda: room.shown == room.under_cursor != FIRST)
        await room.press("]")
        assert room.shown == room.under_cursor
        await room.press("j", "enter")
        assert room.shown == room.under_cursor


async def test_enter_focuses_the_reader_and_marks_the_article_read() -> None:
    async with reading_room() as room:
        assert not room.screen.stores.reading.is_read(FIRST)
        await room.press("enter")
        assert room.pane == "reader"
        assert room.screen.stores.reading.is_read(FIRST)
        await room.press("escape")
        assert room.pane == "list"


async def test_count_repeats_a_key_and_alone_goes_to_a_place() -> None:
    async with reading_room() as room:
        await room.press("3", "j")
        assert room.screen.sidebar.number == 3
        await room.press("2")
        assert room.screen.sidebar.section and room.screen.sidebar.section.label == "呼和浩特"
        await room.press("escape", "１", "２")
        assert room.said == "12"


async def test_text_after_a_slash_is_searched_and_escape_steps_back() -> None:
    async with reading_room() as room:
        await room.press("j", "slash", "刷", "单")
        await room.found("刷单")
        assert room.session.matches
        await room.press("enter")
        assert room.pane == "reader"
        await room.press("escape")
        assert (room.pane, room.phase) == ("list", "result")
        await room.press("escape")
        assert room.phase == "closed"
        assert len(room.session.rows) == 8
        assert room.under_cursor == "2023-06/开鲁-1"


async def test_next_and_previous_match_continue_in_the_neighbouring_article() -> None:
    async with reading_room() as room:
        await room.press("slash", "反", "诈", "enter")
        await room.found("反诈")
        count, first = len(room.session.matches), room.shown
        assert room.hits_said.startswith(f"1/{count}")
        await room.press("n")
        assert room.hits_said.startswith(f"2/{count}")
        await room.press(*["n"] * (count - 1))
        assert room.shown != first
        assert room.session.match == 0
        await room.press("N")
        assert (room.shown, room.session.match) == (first, count - 1)


@pytest.mark.parametrize("commit", ["诈", "电信网络", "电信网络诈", "防范电信网络诈骗的意识，"])
async def test_committed_chinese_starts_a_search_in_the_typed_order(commit: str) -> None:
    async with reading_room() as room:
        await room.type(commit)
        await room.until(lambda: room.session.query == commit)
        assert room.pane == "search"
        line = room.screen.search_line
        await room.until(lambda: room.app.cursor_position == line.caret)
        assert line.region.contains_point(line.caret)


async def test_key_typed_right_after_the_slash_is_text() -> None:
    async with reading_room() as room:
        for character, name in (("/", "slash"), ("q", "q"), ("j", "j")):
            room.app.post_message(Key(name, character))
        await room.pilot.pause()
        assert room.session.query == "qj"


@pytest.mark.parametrize("command", [c for c in COMMANDS if c.ime_variants], ids=lambda c: c.id)
async def test_every_ime_variant_runs_its_command(command: object) -> None:
    from tui.keys import Command, bindings

    assert isinstance(command, Command)
    for where in command.focus:
        if where != "search":
            bound = bindings(where)
            assert [bound[twin].id for twin in command.ime_variants] == [command.id] * len(command.ime_variants)


async def test_ime_slash_and_question_mark_act_like_the_plain_ones() -> None:
    async with reading_room() as room:
        await room.press("ideographic_comma")
        assert room.pane == "search"
        await room.press("escape", "fullwidth_question_mark")
        assert room.chooser is not None


async def test_paste_into_the_search_becomes_one_line() -> None:
    async with reading_room() as room:
        room.app.post_message(Paste("反诈\n宣传\x1b[2J"))
        await room.until(lambda: room.session.query.startswith("反诈 宣传"))
        assert "\x1b" not in room.session.query


async def test_every_mark_can_be_undone_and_redone() -> None:
    async with reading_room() as room:
        reading = room.screen.stores.reading
        await room.press("s", "j", "r", "A")
        assert reading.starred() == [FIRST]
        assert len(room.session.rows) == 8
        assert "未读" in room.session.rows.sections[0].label
        assert room.session.rows.sections[0].number == 0
        await room.press("U")
        assert room.session.rows.sections[0].number == 7
        await room.press("U", "U")
        assert reading.starred() == []
        await room.press("ctrl+y")
        assert reading.starred() == [FIRST]


async def test_article_read_in_the_unread_list_stays_under_the_cursor() -> None:
    async with reading_room() as room:
        room.screen.perform("list_unread")
        await room.press("j", "enter")
        assert room.under_cursor == room.shown == "2023-06/开鲁-1"
        assert len(room.session.rows) == 8
        await room.press("escape", "escape")
        assert room.screen.session.listing == "all"
        assert room.under_cursor == "2023-06/开鲁-1"


async def test_next_unread_skips_read_articles_and_wraps_at_the_end() -> None:
    async with reading_room() as room:
        room.screen.stores.reading.mark_all_read([a.id for a in articles() if a.id != FIRST])
        room.screen.show(room.screen.runner.marks_changed())
        await room.press("j", "u")
        assert room.under_cursor == FIRST


async def test_collapsed_group_is_one_stop_and_expands_again() -> None:
    async with reading_room() as room:
        await room.press("f", "j")
        assert room.under_cursor == "2023-06/呼和浩特-0"
        await room.press("k", "enter")
        assert room.under_cursor == FIRST
        assert room.pane == "list"


async def test_typed_initials_go_to_a_place_and_escape_returns() -> None:
    async with reading_room() as room:
        await room.press("p", *"hhht")
        assert room.under_cursor == "2023-06/呼和浩特-0"
        await room.press("escape")
        assert room.under_cursor == FIRST
        await room.press("p", *"chifeng", "enter")
        assert room.under_cursor == "2023-06/赤峰-0"
        assert room.pane == "list"


async def test_back_and_forward_return_to_earlier_positions() -> None:
    async with reading_room() as room:
        await room.press("enter", "escape", "3", "enter", "alt+left")
        assert room.shown == FIRST
        await room.press("alt+right")
        assert room.shown == "2023-06/锡林郭勒-0"


async def test_saved_search_is_listed_in_the_sidebar() -> None:
    async with reading_room() as room:
        await room.press("slash", "赤", "峰", "enter")
        await room.found("赤峰")
        await room.press("w", "escape", "escape")
        assert "搜索：赤峰" in [section.label for section in room.session.rows.sections]
        room.screen.obey((room.session, (OpenList("saved:赤峰"),)))
        await room.found("赤峰")
        assert room.phase == "result"


async def test_reading_alone_hides_the_sidebar_until_escape() -> None:
    async with reading_room() as room:
        await room.press("z")
        assert not room.screen.side.display
        assert not room.screen.status.display
        await room.press("escape")
        assert room.screen.side.display


async def test_copy_gives_the_whole_article_or_its_standard_reference() -> None:
    async with reading_room() as room:
        await room.press("y")
        assert room.app.clipboard.startswith("开鲁反诈第1课 守护群众钱袋子\n开鲁讯\u3000为进一步")
        assert room.app.clipboard.endswith("（王晓）\n")
        await room.press("Y")
        assert room.app.clipboard.startswith("王晓.开鲁反诈第1课 守护群众钱袋子[N]")


async def test_second_start_restores_article_position_and_list() -> None:
    reading = Reading(":memory:")
    held = articles(long=8)
    async with reading_room(stores(held, reading), size=(100, 20)) as room:
        await room.press("j", "enter", "space", "v")
        place = room.screen.page.page_position
        assert place != (0, 0)
    async with reading_room(stores(held, reading), size=(80, 24)) as room:
        assert room.shown == room.under_cursor == "2023-06/开鲁-1"
        assert room.screen.page.page_position[0] == place[0]
        assert room.screen.runner.lists.grouping == "month"
        assert room.pane == "reader"


async def test_second_start_restores_the_search_and_its_article() -> None:
    reading = Reading(":memory:")
    async with reading_room(stores(None, reading)) as room:
        await room.press("slash", "反", "诈")
        await room.found("反诈")
        await room.press("down", "down")
        await room.until(lambda: room.shown == "2023-06/呼和浩特-0")
    async with reading_room(stores(None, reading)) as room:
        await room.found("反诈")
        assert room.under_cursor == "2023-06/呼和浩特-0"


async def test_screen_narrower_than_72_columns_shows_one_pane() -> None:
    async with reading_room(size=(44, 20)) as room:
        assert (room.screen.side.display, room.screen.paper.display) == (True, False)
        await room.press("enter")
        assert (room.screen.side.display, room.screen.paper.display) == (False, True)
        await room.press("escape")
        assert (room.screen.side.display, room.screen.paper.display) == (True, False)


async def test_low_screen_drops_header_and_footer_or_reports_its_size() -> None:
    async with reading_room(size=(80, 14)) as room:
        assert not room.screen.status.display
        await room.pilot.resize_terminal(39, 11)
        await room.until(lambda: bool(room.screen.small.display))
        assert "40 列 12 行" in "".join(text for text, _role in room.screen.small.left)


async def test_rapid_resizes_to_any_size_cause_no_error() -> None:
    async with reading_room(stores(articles(6, long=3))) as room:
        for width, height in [(1, 1), (400, 120), (2, 50), (39, 11), (40, 12), (71, 15), (72, 14), (110, 36), (3, 3)]:
            await room.pilot.resize_terminal(width, height)
            await room.press("enter", "slash", "escape")
        await room.pilot.resize_terminal(120, 36)
        await room.until(lambda: bool(room.screen.side.display))


async def test_changed_content_appears_while_the_app_runs() -> None:
    catalogue = SmallCatalogue(articles())
    async with reading_room(stores(catalogue)) as room:
        catalogue.held[0] = catalogue.held[0]._replace(body="改过的一段。")
        del catalogue.held[-1]
        catalogue.dirty = True
        room.screen.updates.show_changes()
        await room.pilot.pause()
        assert room.session.text and room.session.text.article.body == "改过的一段。"
        assert len(room.session.rows) == 7


async def test_article_of_the_same_length_is_redrawn() -> None:
    """The page keeps its size and position then; only its text changes."""
    async with reading_room() as room:
        for _ in range(4):
            await room.press("j")
            await room.until(lambda: room.shown == room.under_cursor)
            await room.pilot.pause()
            page = room.screen.page
            painted = "".join(strip.text for strip in page.render_lines(page.size.region))
            assert room.session.text is not None
            assert room.session.text.article.title[0] in painted


async def test_unreadable_article_is_reported_and_the_others_open() -> None:
    catalogue = SmallCatalogue(articles())
    async with reading_room(stores(catalogue)) as room:
        del catalogue.held[1]
        await room.press("j")
        await room.until(lambda: "打不开" in room.said)
        await room.press("j")
        await room.until(lambda: room.shown == "2023-06/呼和浩特-0")


async def test_library_without_articles_is_an_empty_list() -> None:
    async with reading_room(stores([])) as room:
        await room.press("j", "enter", "s", "r", "A", "n", "y", "o", "G", "u", "}", "3", "z", "slash", "反", "enter")
        assert room.shown == ""


async def test_mouse_selects_opens_and_collapses() -> None:
    async with reading_room() as room:
        line = room.screen.sidebar._list.geometry.line_of(ListPosition(2, 2))
        await room.pilot.click("#list", offset=(8, line))
        assert room.under_cursor == "2023-06/呼和浩特-0"
        assert room.pane == "list"
        await room.pilot.click("#list", offset=(8, line + 1))
        await room.until(lambda: room.pane == "reader")
        assert room.screen.stores.reading.is_read("2023-06/呼和浩特-0")
        await room.pilot.click("#list", offset=(2, line - 1))
        assert room.screen.sidebar.folded == {"呼和浩特"}
        await room.pilot.click("#list", offset=(4, 0))
        assert room.screen.session.listing == "unread"


async def test_click_on_the_article_focuses_the_reader() -> None:
    async with reading_room() as room:
        await room.pilot.click("#page", offset=(20, 12))
        await room.until(lambda: room.pane == "reader")


async def test_copy_takes_the_mouse_selection() -> None:
    async with reading_room() as room:
        page = room.screen.page
        top = page._setting.row_of(2, 0) + 1 if page._setting else 0
        await room.pilot.mouse_down("#page", offset=(page._left + 4, top))
        await room.pilot.hover("#page", offset=(page._left + 12, top))
        await room.pilot.mouse_up("#page", offset=(page._left + 12, top))
        await room.press("y")
        assert room.app.clipboard in source_text(page)
        assert 3 <= len(room.app.clipboard) <= 6
        await room.press("escape")
        assert not room.screen.selections


def test_messages_have_no_characters_of_ambiguous_width() -> None:
    """A terminal may draw such a character in one cell or two, which would shift everything after it."""
    ours = ("tui/app/", "tui/screens/", "tui/widgets/", "tui/keys/", "tui/theme/")
    said = [
        message.id for message in words.in_the_code() if any(path.startswith(ours) for path, _line in message.locations)
    ]
    assert len(said) > 80
    assert [text for text in said if any(is_ambiguous(character) for character in text)] == []


async def test_more_hits_are_loaded_when_the_cursor_nears_the_last() -> None:
    async with reading_room(stores(articles(160))) as room:
        await room.press("slash", "反", "诈", "enter")
        await room.found("反诈")
        assert len(room.session.rows) == 500
        await room.press("escape", "G")
        await room.until(lambda: len(room.session.rows) == 640)
        await room.pilot.pause()
        assert room.under_cursor == "2023-06/赤峰-159"
        assert room.screen.sidebar.number == 639


async def test_query_without_hits_says_so_and_clears_the_highlights() -> None:
    async with reading_room() as room:
        await room.press("slash", "反")
        await room.found("反")
        await room.press("鲸")
        await room.until(lambda: room.said.startswith("0 篇"))
        await room.until(lambda: room.session.matches == ())
        await room.press("enter", "n", "escape", "escape")
        assert len(room.session.rows) == 8


async def test_unread_articles_are_counted_when_very_many_are_read() -> None:
    reading = Reading(":memory:")
    held = articles(600)
    reading.mark_all_read([article.id for article in held[:2100]])
    async with reading_room(stores(held, reading)) as room:
        await room.until(lambda: room.screen.runner.lists.unread == 300)
        assert room.session.rows.sections[0].number == 300


async def test_chinese_replaces_the_query_and_slash_extends_it() -> None:
    async with reading_room() as room:
        await room.press("slash", "反", "诈", "enter", "escape")
        await room.found("反诈")
        await room.press("slash", "宣")
        await room.until(lambda: room.session.query == "反诈宣")
        await room.press("enter", "escape")
        await room.type("赤峰")
        await room.until(lambda: room.session.query == "赤峰")
