"""The inks of a look as Rich styles, on the ground a widget stands on."""

from functools import cache
from typing import Literal, Protocol

from rich.style import Style

from ..theme import BUILTIN, ColourTheme, Role

Ground = Literal["page", "side", "bar"]
_OWN_GROUND: tuple[Role, ...] = ("hit", "here", "selection")


class RoleStyles:
    """Styles by role, for one look and one ground."""

    def __init__(self, look: ColourTheme, ground: Ground) -> None:
        self._look = look
        behind = getattr(look.colours, ground)
        self.plain = Style.parse(f"{look.colours.text} on {behind}".replace("ansi_", ""))

    def __getitem__(self, role: Role) -> Style:
        return self.plain + role_style(self._look, role)

    def under(self, cursor: Role | None, role: Role) -> Style:
        """The role's style in a row the cursor is on; what was found keeps its own ground there."""
        if cursor is None or role in _OWN_GROUND:
            return self[role]
        return self[role] + role_style(self._look, cursor)


@cache
def role_style(look: ColourTheme, role: Role) -> Style:
    """The role's ink alone."""
    return Style.parse(look.role_style(role).style or "none")


class UsesRoleStyles(Protocol):
    """A widget that draws in inks."""

    def use(self, inks: RoleStyles) -> None: ...


def default_styles(ground: Ground) -> RoleStyles:
    """The inks a widget has before it is given any."""
    return RoleStyles(BUILTIN[0], ground)
