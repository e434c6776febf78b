"""With the setting `still`, nothing on the screen moves unless a key asks for it."""

from pathlib import Path

import pytest

from tests.keys_in_order import settle
from tests.reading_room import Room, reading_room
from tests.small import SmallCatalogue, articles, stores
from tui.indexer.progress import Progress
from tui.reading import Reading


def painted(room: Room) -> list[str]:
    """Return the text of every widget's rows."""
    widgets = (room.screen.title_line, room.screen.sidebar, room.screen.folio, room.screen.page, room.screen.status)
    return [widget.render_line(y).text for widget in widgets for y in range(widget.size.height)]


@pytest.mark.parametrize("still", [True, False])
async def test_changes_from_outside_wait_for_a_key(still: bool, tmp_path: Path) -> None:
    catalogue = SmallCatalogue(articles(each=3))
    reading, other = Reading(f"{tmp_path}/state.sqlite"), Reading(f"{tmp_path}/state.sqlite")
    async with reading_room(stores(catalogue, reading)) as room:
        room.screen.use(room.app._preferences.display_options._replace(still=still))
        await settle(room)
        before = painted(room)
        catalogue.held = catalogue.held[1:]
        catalogue.dirty = True
        other.mark_all_read([catalogue.held[0].id])
        room.screen.updates.indexed(Progress("reading", 5, 10))
        room.screen.updates.indexed(Progress("done", next_look=60.0))
        room.screen.updates.show_changes()
        await settle(room)
        assert (painted(room) == before) == still
        await room.press("j")
        await settle(room)
        assert len(room.session.rows) == 11
        entry = room.session.rows.entries(0, 1)[0]
        assert (entry.id, entry.unread) == ("2023-06/开鲁-1", False)
    other.close()
    reading.close()


async def test_still_screen_shows_what_a_key_asked_for() -> None:
    """The reader follows the cursor, and hits come while the user types."""
    async with reading_room() as room:
        room.screen.use(room.app._preferences.display_options._replace(still=True))
        await room.press("j")
        await room.until(lambda: room.shown == room.under_cursor == "2023-06/开鲁-1")
        await room.press("slash")
        await room.type("赤峰")
        await room.found("赤峰")
        assert room.under_cursor == "2023-06/赤峰-0"
