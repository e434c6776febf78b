"""The roles of a colour theme as Rich styles, on the background of a widget."""

from functools import cache
from typing import Literal

from rich.style import Style

from ..theme import BUILTIN, ColourTheme, Role

Ground = Literal["page", "side", "bar"]
_OWN_GROUND: tuple[Role, ...] = ("hit", "here", "selection")


class RoleStyles:
    """Styles by role, for one colour theme and one background."""

    def __init__(self, look: ColourTheme, ground: Ground) -> None:
        self._look = look
        behind = getattr(look.colours, ground)
        self.plain = Style.parse(f"{look.colours.text} on {behind}".replace("ansi_", ""))

    def __getitem__(self, role: Role) -> Style:
        return self.plain + role_style(self._look, role)

    def under(self, cursor: Role | None, role: Role) -> Style:
        """Return the role's style in the cursor's row. Highlights and the selection keep their own background."""
        if cursor is None or role in _OWN_GROUND:
            return self[role]
        return self[role] + role_style(self._look, cursor)


@cache
def role_style(look: ColourTheme, role: Role) -> Style:
    """Return the role's style without a background of the widget."""
    return Style.parse(look.role_style(role).style or "none")


def default_styles(ground: Ground) -> RoleStyles:
    """Return the styles that a widget has until its first `use`."""
    return RoleStyles(BUILTIN[0], ground)
