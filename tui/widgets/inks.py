"""The inks of a look as Rich styles, on the ground a widget stands on."""

from functools import cache
from typing import Literal, Protocol

from rich.style import Style

from ..look import OURS, Look, Role

Ground = Literal["page", "side", "bar"]
_OWN_GROUND: tuple[Role, ...] = ("hit", "here", "selection")


class Inks:
    """Styles by role, for one look and one ground."""

    def __init__(self, look: Look, ground: Ground) -> None:
        self._look = look
        behind = getattr(look.colours, ground)
        self.plain = Style.parse(f"{look.colours.text} on {behind}".replace("ansi_", ""))

    def __getitem__(self, role: Role) -> Style:
        return self.plain + ink(self._look, role)

    def under(self, cursor: Role | None, role: Role) -> Style:
        """The role's style in a row the cursor is on; what was found keeps its own ground there."""
        if cursor is None or role in _OWN_GROUND:
            return self[role]
        return self[role] + ink(self._look, cursor)


@cache
def ink(look: Look, role: Role) -> Style:
    """The role's ink alone."""
    return Style.parse(look.ink(role).style or "none")


class Inked(Protocol):
    """A widget that draws in inks."""

    def use(self, inks: Inks) -> None: ...


def standing(ground: Ground) -> Inks:
    """The inks a widget has before it is given any."""
    return Inks(OURS[0], ground)
