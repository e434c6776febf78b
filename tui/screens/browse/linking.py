"""Following links of the open article: into other articles of the library, or out of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ...reading import Position, Visit
from .command_gate import CommandGate
from .move_commands import MoveCommands
from .panes import Pane
from .parts import Hooks, Parts

if TYPE_CHECKING:
    from ...session.link_destination import Destination


class Linking:
    """Opens the article that a link leads to. The command `back` returns to where the link was followed."""

    def __init__(self, parts: Parts, hooks: Hooks, gate: CommandGate, moves: MoveCommands) -> None:
        self._parts, self._hooks, self._gate, self._moves = parts, hooks, gate, moves

    def follow(self, address: str, elsewhere: Callable[[Destination], None]) -> None:
        """Follow a link of the open article. `elsewhere` is called if it leads to no article.

        The catalogue is read in a thread, because a link by name is compared with the id of every article.
        """
        article = self._parts.reader.article
        if article is None:
            return
        stores, id = self._parts.stores, article.id

        def find() -> Destination:
            from ...session.link_destination import destination  # not needed before the first link is followed

            catalogue = stores.catalogue.again()
            try:
                return destination(stores.root, catalogue, id, address)
            finally:
                if catalogue is not stores.catalogue:
                    catalogue.close()

        def arrive(found: Destination) -> None:
            if found.article:
                self._go(id, found)
            else:
                elsewhere(found)
            if found.said:
                self._hooks.notice(found.said)

        self._gate.work(find, arrive)

    def _go(self, from_id: str, found: Destination) -> None:
        reading, reader = self._parts.stores.reading, self._parts.reader
        if reader.article is None or reader.article.id != from_id:
            return
        reading.visit(from_id, reader.position)
        if found.article == from_id:
            to = found.position or Position(0, 0)
            reading.jump(from_id, to)
            reader.go_to(to)
            reader.read_on()
            self._hooks.to_pane(Pane.READER)
        else:
            self._moves.go_to(Visit(found.article, found.position or reading.position(found.article) or Position(0, 0)))
            self._moves.read()
            if found.position is not None:
                reader.read_on()
