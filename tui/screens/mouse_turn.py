"""The turn of a mouse event in the key queue: it ends when all widgets have handled the event and its effects."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.dom import NoScreen
from textual.errors import NoWidget
from textual.message_pump import MessagePump
from textual.screen import Screen

MAX_TURN_SECONDS = 0.5
"""Seconds. A turn ends after this time even if a widget was removed before it answered."""


def when_handled(screen: Screen[Any], x: int, y: int, done: Callable[[], None]) -> None:
    """Call `done` once, when the widget at `x`, `y` and those that contain it have handled what was sent to them.

    A widget answers a click with messages to itself, which then rise to the screen. A callback is handled after the
    messages that were sent before it, so one callback follows the click and another follows the widget's own messages.
    """
    try:
        widget, _region = screen.get_widget_at(x, y)
    except (NoWidget, NoScreen):
        widget = screen
    waiting: list[MessagePump] = [widget, *widget.ancestors_with_self]
    is_done = False

    def step() -> None:
        nonlocal is_done
        while waiting and not is_done:
            node = waiting.pop(0)
            if node.call_later(step):
                return
            if node is screen:
                break
        if not is_done:
            is_done = True
            done()

    def give_up() -> None:
        waiting.clear()
        step()

    screen.app.set_timer(MAX_TURN_SECONDS, give_up)
    step()
