"""What a look is: colours by what they are for, and the inks made from them."""

from typing import Literal, NamedTuple

from ..i18n import _
from .colour import nearest_256

Depth = Literal[0, 16, 256, 16777216]
"""How many colours the terminal shows; 0: it was asked for none (NO_COLOR)."""
Role = Literal[
    "text",
    "quiet",
    "accent",
    "wrong",
    "title",
    "unread",
    "cursor",
    "cursor_away",
    "hit",
    "here",
    "selection",
    "key",
]
"""What a piece of the screen is, wherever it stands: its ink is the same everywhere."""


class Colours(NamedTuple):
    """Each `#rrggbb`, or one of the terminal's own: `ansi_red`, `ansi_bright_black`, …, `ansi_default`."""

    page: str
    """Behind the reader's text."""
    side: str
    """Behind the sidebar."""
    bar: str
    """Behind header, footer and search line."""
    text: str
    quiet: str
    """What stands back: place and minutes under a headline, counts, the footer's words."""
    accent: str
    """The one accent: stars, keys in the footer, links."""
    wrong: str
    """What must be noticed."""
    cursor: str
    """Behind the row under the cursor; `on_cursor` stands on it, and so with the next three."""
    on_cursor: str
    cursor_away: str
    """The same while the focus is elsewhere."""
    on_cursor_away: str
    hit: str
    """Behind what was found."""
    on_hit: str
    here: str
    """Behind the hit the person is at."""
    on_here: str
    selection: str
    on_selection: str


class RoleStyle(NamedTuple):
    """How a role is drawn; an empty colour is the one already there."""

    colour: str = ""
    behind: str = ""
    bold: bool = False
    underline: bool = False
    reverse: bool = False

    @property
    def style(self) -> str:
        """As Rich writes styles: `bold #d6d8dc on #16181d`."""
        words = [name for name in ("bold", "underline", "reverse") if getattr(self, name)]
        if self.colour:
            words.append(self.colour.removeprefix("ansi_"))
        if self.behind:
            words += ["on", self.behind.removeprefix("ansi_")]
        return " ".join(words)


class ColourTheme(NamedTuple):
    """A theme: its name in the settings, its label on screen, whether it is dark, and its colours."""

    name: str
    label: str
    dark: bool
    colours: Colours
    by_shape: bool = False
    """Cursor and hits are told by reverse video, underline and bold alone: no colour may be counted on."""

    @property
    def title(self) -> str:
        """The label in the language chosen."""
        return _(self.label)

    def role_style(self, role: Role) -> RoleStyle:
        """How this role is drawn."""
        return _shape(role) if self.by_shape else _role_style(role, self.colours)

    def variables(self) -> dict[str, str]:
        """Every colour by name, for a style sheet: `page`, `cursor-away`, …"""
        return {name.replace("_", "-"): colour for name, colour in self.colours._asdict().items()}

    def at_depth(self, depth: Depth) -> "ColourTheme":
        """The look with colours a terminal of 256 has; unchanged where it has more or its own are used."""
        if depth != 256:
            return self
        changed = {name: nearest_256(value) for name, value in self.colours._asdict().items() if value.startswith("#")}
        return self._replace(colours=self.colours._replace(**changed))


def _role_style(role: Role, colours: Colours) -> RoleStyle:
    inks: dict[Role, RoleStyle] = {
        "text": RoleStyle(colours.text),
        "quiet": RoleStyle(colours.quiet),
        "accent": RoleStyle(colours.accent),
        "wrong": RoleStyle(colours.wrong, bold=True),
        "title": RoleStyle(colours.text, bold=True),
        "unread": RoleStyle(colours.text, bold=True),
        "cursor": RoleStyle(colours.on_cursor, colours.cursor),
        "cursor_away": RoleStyle(colours.on_cursor_away, colours.cursor_away),
        "hit": RoleStyle(colours.on_hit, colours.hit),
        "here": RoleStyle(colours.on_here, colours.here, bold=True),
        "selection": RoleStyle(colours.on_selection, colours.selection),
        "key": RoleStyle(colours.accent, bold=True),
    }
    return inks[role]


def _shape(role: Role) -> RoleStyle:
    inks: dict[Role, RoleStyle] = {
        "wrong": RoleStyle(bold=True),
        "title": RoleStyle(bold=True),
        "unread": RoleStyle(bold=True),
        "cursor": RoleStyle(reverse=True),
        "cursor_away": RoleStyle(underline=True),
        "hit": RoleStyle(underline=True),
        "here": RoleStyle(bold=True, reverse=True),
        "selection": RoleStyle(reverse=True),
        "key": RoleStyle(bold=True),
    }
    return inks.get(role, RoleStyle())
