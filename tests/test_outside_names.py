"""Names that users, scripts and files outside the project rely on. Adding a name is fine; losing one is not."""

import json
from pathlib import Path
from typing import Any, get_args

import pytest

from tui import keys
from tui.catalogue import GROUPINGS
from tui.cli.article_json import FIELDS
from tui.cli.subcommands import subcommands
from tui.config import Settings
from tui.keys import COMMANDS
from tui.reading import Mark, SavedSession, identity, migrations
from tui.reading.marks import Kind
from tui.session.named_list_keys import ALL, HISTORY, SAVED, STARRED, UNREAD
from tui.terminal import crash
from tui.theme import BUILTIN, Colours

DOCS = Path(__file__).resolve().parent.parent / "docs"

COMMAND_IDS = [
    "down",
    "up",
    "page_down",
    "page_up",
    "half_page_down",
    "half_page_up",
    "top",
    "end",
    "other_pane",
    "list_pane",
    "reader_pane",
    "next_article",
    "previous_article",
    "next_place",
    "previous_place",
    "nth_place",
    "find_place",
    "toggle_group",
    "next_unread",
    "back",
    "forward",
    "read",
    "leave",
    "outline",
    "copy_article",
    "copy_reference",
    "open_link",
    "search",
    "next_match",
    "previous_match",
    "save_search",
    "readings",
    "order",
    "grouping",
    "star",
    "toggle_read",
    "mark_all_read",
    "undo",
    "redo",
    "list_all",
    "list_unread",
    "list_starred",
    "list_history",
    "wider",
    "narrower",
    "zen",
    "theme",
    "mouse",
    "redraw",
    "help",
    "problems",
    "palette",
    "suspend",
    "quit",
]
FORMER_COMMAND_IDS = {"next_hit": "next_match", "previous_hit": "previous_match", "fold": "toggle_group"}
SETTINGS = [
    "theme",
    "measure",
    "indent",
    "blank_lines",
    "hanging",
    "justify",
    "optimal",
    "quotes",
    "ambiguous_width",
    "language",
    "mouse",
    "plain",
    "libraries",
    "keys",
]
THEMES = ["light", "dark", "contrast", "terminal", "plain"]
COLOURS = [
    "page",
    "side",
    "bar",
    "text",
    "quiet",
    "accent",
    "wrong",
    "cursor",
    "on_cursor",
    "cursor_away",
    "on_cursor_away",
    "hit",
    "on_hit",
    "here",
    "on_here",
    "selection",
    "on_selection",
]
SUBCOMMANDS = [
    "list",
    "show",
    "search",
    "places",
    "stats",
    "export",
    "import",
    "check",
    "state",
    "index",
    "config",
    "completion",
    "manual",
]
OPTIONS = {
    "": "theme measure indent blank-lines hanging justify optimal quotes ambiguous mouse plain library lang color"
    " version",
    "list": "place author bulletin date limit json jsonl csv md html pager library lang color",
    "show": "width json jsonl md html pager",
    "search": "limit newest json jsonl csv md html pager",
    "places": "all json jsonl csv pager",
    "stats": "by words json csv pager",
    "export": "format into title replace place author bulletin date limit",
    "import": "into bulletin title issued source dry-run replace undo json",
    "check": "json jsonl",
    "state": "into replace",
    "completion": "values typed",
}
ARTICLE_FIELDS = ["id", "title", "place", "place_id", "dateline", "authors", "byline", "date", "bulletin", "characters"]
JSON_FIELDS = {
    "list": "articles",
    "search": "query read_as total hits",
    "places": "places",
    "stats": "by total groups",
    "check": "articles problems",
    "article": " ".join(ARTICLE_FIELDS),
    "hit": "article title place date score snippet spans",
    "place": "id label name level above seat pinyin lat lon articles",
    "problem": "file line code message remedy",
}
FRONT_MATTER = ["title", "place", "place_id", "dateline", "authors", "byline", "date", "source", "tags"]
STATE_TABLES = {
    "mark": "library kind id is_on change at device",
    "change": "library number window kind is_on count undone",
    "item": "library change id was_on was_change",
    "position": "library id block offset",
    "visit": "library number id block offset",
    "session": "library article listing grouping newest query focus top",
    "choice": "name value settled",
    "library": "key samples seen",
    "name": "uid library",
    "folder": "path library device inode opened",
    "device": "key name host",
}


def schema(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((DOCS / name).read_text("utf-8"))
    return found


@pytest.mark.parametrize("id", COMMAND_IDS)
def test_command_id_stays_valid(id: str) -> None:
    assert id in {command.id for command in COMMANDS}


@pytest.mark.parametrize(("old", "new"), FORMER_COMMAND_IDS.items())
def test_former_command_id_names_the_present_command(old: str, new: str) -> None:
    command = keys.by_id(old)
    assert command is not None and command.id == new


@pytest.mark.parametrize("name", SETTINGS)
def test_setting_keeps_its_name(name: str) -> None:
    assert name in Settings._fields


def test_themes_and_their_colours_keep_their_names() -> None:
    assert set(THEMES) <= {theme.name for theme in BUILTIN}
    assert set(COLOURS) <= set(Colours._fields)


@pytest.mark.parametrize("name", SUBCOMMANDS)
def test_subcommand_keeps_its_name(name: str) -> None:
    assert name in subcommands()


@pytest.mark.parametrize(("command", "names"), OPTIONS.items())
def test_options_keep_their_names(command: str, names: str) -> None:
    assert set(names.split()) <= {option.name for option in subcommands()[command].options}


@pytest.mark.parametrize(("kind", "names"), JSON_FIELDS.items())
def test_json_fields_keep_their_names(kind: str, names: str) -> None:
    """tests/test_export.py checks the output against this schema."""
    assert set(names.split()) <= set(schema("cli.schema.json")["$defs"][kind]["properties"])
    assert FIELDS[: len(ARTICLE_FIELDS)] == tuple(ARTICLE_FIELDS)


def test_fields_of_the_file_format_keep_their_names() -> None:
    """tests/test_library_schema.py checks the parser against this schema."""
    definitions = schema("format.schema.json")["$defs"]
    assert set(FRONT_MATTER) <= set(definitions["front-matter"]["properties"])
    assert {"id", "body"} <= set(definitions["line"]["properties"])
    assert {"id", "title", "issued", "source"} <= set(definitions["bulletin"]["properties"])


def test_crash_keeps_its_exit_status() -> None:
    """tests/test_cli.py checks the statuses 0, 1 and 2."""
    assert crash.STATUS == 70


def test_stored_marks_and_sessions_keep_their_values() -> None:
    assert {"read", "star", "search"} <= set(get_args(Kind))
    assert Mark._fields == ("kind", "article", "is_on", "at", "device")
    assert SavedSession() == (None, "all", "place", False, "", "list", 0)
    assert (ALL, UNREAD, STARRED, HISTORY, SAVED) == ("all", "unread", "starred", "history", "saved:")
    assert GROUPINGS[:4] == ("place", "month", "bulletin", "author")


@pytest.mark.parametrize(("table", "columns"), STATE_TABLES.items())
def test_state_file_keeps_its_tables(table: str, columns: str) -> None:
    assert migrations.COLUMNS[table].split()[: len(columns.split())] == columns.split()


def test_library_marker_and_ids_keep_their_form() -> None:
    assert (identity.MARKER, identity.BUNDLED) == (".ganews-tui-library", "0" * 31 + "1")
    assert migrations.APPLICATION_ID == 0x67616E65
