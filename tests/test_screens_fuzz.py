"""Random keys, commits, pastes, clicks, sizes and vanishing articles do not end the app."""

import gc
import random

import pytest
from textual._styles_cache import StylesCache
from textual.events import Key, Paste
from textual.pilot import OutOfBounds

from tests.reading_room import Room, reading_room
from tests.small import SmallCatalogue, articles, stores
from tui.keys import COMMANDS
from tui.keys.names import character
from tui.screens.chooser import Chooser
from tui.theme import BUILTIN

KEYS = sorted({key for c in COMMANDS for key in (*c.keys, *c.ime_variants) if c.id not in ("quit", "suspend")})
TYPED = ["反诈", "fz", "kailu", '"', "place:开鲁", "-", "(", "is:unread", "\u3000", "７"]


@pytest.mark.parametrize("seed", range(4))
async def test_app_survives_random_actions_in_any_order(seed: int) -> None:
    draw = random.Random(seed)
    catalogue = SmallCatalogue(articles((1, 3, 40, 0)[seed], long=1 + 4 * (seed % 2)))
    size = draw.choice([(120, 36), (80, 24), (44, 20), (39, 11)])
    async with reading_room(stores(catalogue), size=size) as room:
        for _ in range(120):
            await _do(draw, room, catalogue)
            if draw.random() < 0.2:
                await room.pilot.pause()
        await room.pilot.resize_terminal(120, 36)
        await room.pilot.pause()
        assert room.app.is_running


async def _do(draw: random.Random, room: Room, catalogue: SmallCatalogue) -> None:
    """Perform one random action."""
    match draw.choices(["key", "text", "escape", "paste", "size", "gone", "click"], [70, 8, 6, 4, 3, 3, 5])[0]:
        case "key":
            key = draw.choice(KEYS)
            room.app.post_message(Key(key, character(key)))
        case "text":
            for typed in draw.choice(TYPED):
                room.app.post_message(Key(typed, typed))
        case "escape":
            room.app.post_message(Key("escape", None))
        case "paste":
            room.app.post_message(Paste("反诈\n宣传" * draw.randint(1, 50)))
        case "size":
            await room.pilot.resize_terminal(draw.randint(1, 200), draw.randint(1, 60))
        case "gone":
            if catalogue.held:
                del catalogue.held[draw.randrange(len(catalogue.held))]
                catalogue.dirty = True
                room.screen.updates.show_changes()
        case "click":
            width, height = room.app.size
            try:
                await room.pilot.click(offset=(draw.randrange(width), draw.randrange(height)))
            except OutOfBounds:
                return


async def test_theme_is_applied_while_the_next_chooser_opens() -> None:
    async with reading_room() as room:
        chooser = Chooser("目录", lambda typed: [], BUILTIN[0], COMMANDS)
        for look in BUILTIN:
            chooser.apply(look)
        await room.app.push_screen(chooser)
        await room.press("escape", "t", "j", "enter")
        for _ in range(20):
            for key in ("t", "enter", "question_mark", "escape", "t", "j", "enter", "question_mark", "escape"):
                room.app.post_message(Key(key, character(key)))
            await room.pilot.pause()
        assert room.app.is_running


async def test_closed_choosers_are_not_kept_in_memory() -> None:
    """Textual's cache of colours is keyed by each widget's drawn content and could hold a thousand widgets."""
    async with reading_room() as room:
        for _ in range(12):
            await room.press("question_mark", "escape", "t", "escape", "o", "escape")
        await room.pilot.pause()
        gc.collect()
        drawn = [one for one in gc.get_objects() if type(one) is StylesCache]
        widgets = len(list(room.app.screen.walk_children()))
        assert len(drawn) <= 2 * widgets + 10, f"{len(drawn)} kept for {widgets} widgets"
