"""One sequence of keys, typed in one write and key by key, and the state of the app afterwards."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence

from textual.events import Key

from tests.program import PATIENCE
from tests.reading_room import Room, reading_room
from tests.small import SearchCall, SearchDouble, SmallCatalogue, SmallSearch, articles, stores
from tui.keys.names import character
from tui.search import Answer
from tui.search.answer import Cancelled

Snapshot = dict[str, object]


class SlowSearch(SearchDouble):
    """A search that gives the answers of `SmallSearch` first in part, then complete, each with a short delay."""

    def __init__(self, catalogue: SmallCatalogue, seconds: float) -> None:
        self._search = SmallSearch(catalogue)
        self._seconds = seconds

    def answer(self, call: SearchCall) -> Answer:
        end = time.monotonic() + self._seconds
        while time.monotonic() < end:
            if call.cancelled():
                raise Cancelled
            time.sleep(0.002)
        whole = self._search.answer(call._replace(limit=None))
        hits = tuple(sorted(whole.hits, key=lambda hit: hit.date or "", reverse=True)) if call.newest else whole.hits
        if call.budget is None:
            return whole._replace(hits=hits[: call.limit])
        return Answer(call.query, call.query, hits[1:3], None, partial=True)


def keys_of(typed: str) -> list[str]:
    """Return the names of the keys in a text, where special keys are in angle brackets: `:quit<enter>`."""
    keys: list[str] = []
    while typed:
        if typed[0] == "<" and ">" in typed:
            name, typed = typed[1:].split(">", 1)
            keys.append(name)
        else:
            keys.append(typed[0])
            typed = typed[1:]
    return keys


def key_event(key: str) -> Key:
    """Return the event of a key, named as Textual names it."""
    if len(key) > 1:
        return Key(key, character(key))
    from tui.keys import key_name

    return Key(key_name(key), key)


async def after(
    keys: Sequence[str], *, at_once: bool, seconds: float = 0.01, each: int = 3, size: tuple[int, int] = (90, 24)
) -> Snapshot:
    """Type the keys into a new app, in one write or each after the effect of the one before; return its state."""
    catalogue = SmallCatalogue(articles(each, long=3))
    given = stores(catalogue)._replace(open_search=lambda: SlowSearch(catalogue, seconds))
    async with reading_room(given, size=size) as room:
        await settle(room)
        for key in keys:
            room.app.post_message(key_event(key))
            if not at_once:
                await settle(room)
        await settle(room)
        return snapshot(room)


async def in_one_write(room: Room, *keys: str) -> None:
    """Type the keys in one write, and wait until the app has processed them."""
    for key in keys:
        room.app.post_message(key_event(key))
    await settle(room)


async def settle(room: Room) -> None:
    """Wait until no key, answer or article is pending."""
    quiet, end = 0, time.monotonic() + PATIENCE
    while time.monotonic() < end:
        await room.pilot.pause(0.002)
        screen = room.screen
        chooser = room.chooser
        busy = (
            (chooser or screen).waits
            or screen.gate.for_marks
            or screen.runner.search.is_waiting
            or screen.runner.is_behind
        )
        busy = busy or bool(room.app._keys.queued)
        quiet = 0 if busy else quiet + 1
        if quiet >= 3 or not room.app.is_running:
            return
    raise AssertionError("it never came to rest")


def snapshot(room: Room) -> Snapshot:
    """Return everything in which a user could see a difference."""
    screen, reading = room.screen, room.screen.stores.reading
    sidebar, chooser = screen.sidebar, room.chooser
    section = sidebar.section
    source = screen.session.rows
    ids = list(source.ids(0, len(source)))
    return {
        "pane": room.pane,
        "zen": screen.session.zen,
        "phase": room.phase,
        "query": screen.session.query,
        "newest": screen.session.newest,
        "line": (bool(screen.search_line.display), screen.search_line.text if screen.search_line.display else ""),
        "list": ids,
        "cursor": (section.key if section else None, room.under_cursor),
        "folded": sidebar.folded,
        "named list": screen.session.listing,
        "grouping": screen.runner.lists.grouping,
        "article": room.shown,
        "position": room.position,
        "hit": (room.session.match, room.session.matches),
        "kept": {id: reading.position(id) or (0, 0) for id in ids},
        "read": sorted(id for page in reading.all_read() for id in page),
        "starred": reading.starred(),
        "searches": reading.saved_searches(),
        "history": reading.history(),
        "theme": room.app.theme,
        "measure": screen.page.measure,
        "chooser": chooser and (chooser.line.text, chooser.choices.choice),
        "running": room.app.is_running,
    }


PARTS = (
    *("j", "k", "<down>", "<up>", "<space>", "<pageup>", "<ctrl+d>", "G", "g", "<tab>", "h", "l", "]", "[", "}", "{"),
    *("2", "3", "1", "u", "f", "<enter>", "<enter>", "<escape>", "<escape>", "<alt+left>", "<alt+right>", "o", "z"),
    *("s", "r", "A", "U", "<ctrl+y>", "w", "V", "v", "<f4>", "<shift+f4>", "+", "-", "t", "?", ":", "p", "n", "N"),
    *("/反诈", "/开鲁", "/无此", "赤峰", "p开", "pch", "/反诈<enter>", ":star<enter>", ":收藏", "<backspace>", "<f3>"),
    *("<ctrl+f>", "<ctrl+p>", "x", "刷单", "：", "／", "t<down>", "o<down>", "<f2>", "<f8>", "<home>", "<end>"),
)
"""Pieces from which random sequences of keys are built."""


def random_keys(seed: int, pieces: int = 10) -> list[str]:
    """Return a random sequence of keys that goes through search, palette, place line and dialogs."""
    draw = random.Random(seed)
    return [key for _ in range(pieces) for key in keys_of(draw.choice(PARTS))]
