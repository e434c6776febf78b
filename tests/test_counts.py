"""Count prefixes, and what the settings may do with digits and keys."""

from pathlib import Path

import pytest

from tests.keys_in_order import in_one_write, keys_of
from tests.reading_room import Room, reading_room
from tests.small import SmallCatalogue, articles, stores
from tui.cli import main
from tui.config import load
from tui.keys import COMMANDS, Command

COUNTED = [command for command in COMMANDS if command.takes_count]
BACKWARDS = {"up", "page_up", "half_page_up", "previous_article", "previous_place", "previous_match"}


async def begin(room: Room, command: Command, pane: str) -> None:
    """Bring list and reader to a position from which the command can move."""
    await in_one_write(room, *keys_of("<escape><escape><escape>g9<alt+right>"))
    if command.id in ("next_match", "previous_match"):
        await in_one_write(room, *keys_of("/反诈<enter><escape>"))
        await room.found("反诈")
    if command.id == "forward":
        await in_one_write(room, "9", "alt+left")
    elif command.id != "back":
        await in_one_write(room, "G" if command.id in BACKWARDS else "g")
    if pane == "reader":
        await in_one_write(room, "enter", "G" if command.id in BACKWARDS else "g")


def where(room: Room) -> tuple[object, ...]:
    screen, on_header = room.screen, not room.under_cursor
    shown = None if on_header else (room.shown, screen.page.scroll_offset.y, room.session.match)
    return room.session.cursor.at, shown


@pytest.mark.parametrize("pane", ["list", "reader"])
async def test_count_repeats_every_command_that_takes_one(pane: str) -> None:
    async with reading_room(stores(SmallCatalogue(articles(4, long=8))), size=(90, 24)) as room:
        await in_one_write(room, *keys_of("<enter>]]]]]]<escape>"))
        for command in COUNTED:
            if command.id == "next_unread":
                continue  # each article passed would be marked as read
            await begin(room, command, pane)
            start = room.screen.page.measure
            await in_one_write(room, "3", command.keys[0])
            counted = where(room)
            if command.id in ("wider", "narrower"):
                assert abs(room.screen.page.measure - start) == 6
                continue
            await begin(room, command, pane)
            before = where(room)
            await in_one_write(room, *[command.keys[0]] * 3)
            assert (command.id, where(room)) == (command.id, counted)
            assert (command.id, before) != (command.id, counted)


@pytest.mark.parametrize("count", [4, 7, 30, 9999])
async def test_count_of_matches_continues_into_the_next_articles(count: int) -> None:
    async with reading_room(stores(SmallCatalogue(articles(3, long=1)))) as room:
        await in_one_write(room, *keys_of("/反诈<enter>"))
        await room.found("反诈")
        each = len(room.session.matches)
        await in_one_write(room, *str(count), "n")
        article, hit = divmod(min(count, 12 * each - 1), each)
        assert (room.screen.sidebar.number, room.session.match) == (article, hit)
        await in_one_write(room, *str(count), "N")
        assert (room.screen.sidebar.number, room.session.match) == (0, 0)


@pytest.mark.parametrize("digit", ["1", "9", "５"])
def test_digit_given_to_a_command_is_a_problem(tmp_path: Path, digit: str) -> None:
    file = tmp_path / "config.yaml"
    file.write_text(f"keys:\n  zen: ['{digit}']\n  nth_place: ['{digit}']\n", "utf-8")
    _settings, problems = load(file)
    assert [(problem.line, problem.code) for problem in problems] == [(2, "config-keys")]


def test_check_says_which_keys_the_settings_take_from_other_commands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "ganews-tui"
    folder.mkdir()
    (folder / "config.yaml").write_text("keys:\n  next_article: [n, J]\n", "utf-8")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert main(["config", "check"]) == 0
    said = capsys.readouterr()
    assert said.err.count("原是") == 1
    assert "n 原是“下一处”的键，现在归“下一篇”。" in said.err


PLACE_KEYS = sorted({key for command in COMMANDS if "search" in command.focus for key in command.keys if len(key) > 1})


@pytest.mark.parametrize("typed", ["", "ch"])
async def test_no_key_leaves_the_place_line_without_a_way_out(typed: str) -> None:
    async with reading_room() as room:
        for key in PLACE_KEYS:
            if key in ("ctrl+q", "ctrl+c"):
                continue
            await in_one_write(room, "p", *typed, key)
            assert room.chooser or room.screen.search_line.display == room.session.is_typing
            await in_one_write(room, "escape", "escape", "escape")
            assert not room.screen.search_line.display
            assert (room.chooser, room.pane) == (None, "list")
