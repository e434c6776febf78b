"""The type of a command."""

from typing import Literal, NamedTuple

from ..i18n import N_, _
from .names import ime_variants_of, shown

Focus = Literal["list", "reader", "search"]
"""What receives the keys: the list in the sidebar, the reader pane, or the search line."""
CommandGroup = Literal["move", "read", "search", "mark", "display", "program"]

_GROUPS: dict[CommandGroup, str] = {
    "move": N_("移动"),
    "read": N_("阅读"),
    "search": N_("搜索"),
    "mark": N_("标记"),
    "display": N_("样式"),
    "program": N_("程序"),
}


def group_label(group: CommandGroup) -> str:
    """Return the heading of the group in the help, translated."""
    return _(_GROUPS[group])


class Command(NamedTuple):
    """A command, its names and its keys. The settings refer to it by `id`."""

    id: str
    keys: tuple[str, ...]
    """Textual key names; the footer shows the first. Empty: only the palette offers the command."""
    label: str
    """What the command does, in Chinese; `title` is the translation."""
    pinyin: str
    """The syllables of the label, separated by spaces; typed in the palette."""
    group: CommandGroup
    focus: tuple[Focus, ...] = ("list", "reader")
    footer: str = ""
    """Word in the footer. Commands with the same word share an entry; empty means no entry."""
    takes_count: bool = False
    """Whether the command takes a count prefix, as in `5j`."""
    aliases: tuple[str, ...] = ()
    """Names that the command has in other programs. They match in the palette when typed in full."""

    @property
    def ime_variants(self) -> tuple[str, ...]:
        """The Textual names of the characters that the keys type while a Chinese input method is on."""
        return tuple(dict.fromkeys(variant for key in self.keys for variant in ime_variants_of(key)))

    @property
    def title(self) -> str:
        """The translated label."""
        return _(self.label)

    @property
    def shown_keys(self) -> tuple[str, ...]:
        """The keys as the user reads them: `/`, `Ctrl+F`."""
        return tuple(shown(key) for key in self.keys)
