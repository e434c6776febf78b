"""A colour theme: colours by purpose, and the style of each role on screen."""

from typing import Literal, NamedTuple

from ..i18n import _
from .colour import nearest_256

Depth = Literal[0, 16, 256, 16777216]
"""Number of colours that the terminal shows; 0 with NO_COLOR."""
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
"""The role of a piece of text on screen. A role has one style everywhere."""


class Colours(NamedTuple):
    """The colours of a theme: `#rrggbb`, or a colour of the terminal from `ansi_black` to `ansi_default`."""

    page: str
    """Background of the reader pane."""
    side: str
    """Background of the sidebar."""
    bar: str
    """Background of header, footer and search line."""
    text: str
    quiet: str
    """Secondary text: place and reading time under a headline, counts, words of the footer."""
    accent: str
    """Stars, keys in the footer, links."""
    wrong: str
    """Warnings and errors."""
    cursor: str
    """Background of the row under the cursor. `on_cursor` is its text colour; the next colours pair up likewise."""
    on_cursor: str
    cursor_away: str
    """Background of that row while another pane has the focus."""
    on_cursor_away: str
    hit: str
    """Background of a match."""
    on_hit: str
    here: str
    """Background of the current match."""
    on_here: str
    selection: str
    on_selection: str


class RoleStyle(NamedTuple):
    """How a role is drawn. An empty colour leaves the present one."""

    colour: str = ""
    behind: str = ""
    bold: bool = False
    underline: bool = False
    reverse: bool = False

    @property
    def style(self) -> str:
        """The style in Rich's notation: `bold #d6d8dc on #16181d`."""
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
    without_colour: bool = False
    """Whether roles differ only by bold, underline and reverse video."""

    @property
    def title(self) -> str:
        """The translated label."""
        return _(self.label)

    def role_style(self, role: Role) -> RoleStyle:
        """Return the style of the role."""
        return _colourless_style(role) if self.without_colour else _role_style(role, self.colours)

    def variables(self) -> dict[str, str]:
        """Return every colour by its name in a style sheet: `page`, `cursor-away`, …"""
        return {name.replace("_", "-"): colour for name, colour in self.colours._asdict().items()}

    def at_depth(self, depth: Depth) -> "ColourTheme":
        """Return the theme with its colours reduced to the palette if `depth` is 256, else unchanged."""
        if depth != 256:
            return self
        changed = {name: nearest_256(value) for name, value in self.colours._asdict().items() if value.startswith("#")}
        return self._replace(colours=self.colours._replace(**changed))


def _role_style(role: Role, colours: Colours) -> RoleStyle:
    styles: dict[Role, RoleStyle] = {
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
    return styles[role]


def _colourless_style(role: Role) -> RoleStyle:
    styles: dict[Role, RoleStyle] = {
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
    return styles.get(role, RoleStyle())
