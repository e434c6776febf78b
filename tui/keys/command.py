"""What a command is."""

from typing import Literal, NamedTuple

from ..i18n import N_, _
from .names import ime_variants_of, shown

Focus = Literal["list", "reader", "search"]
"""What has the focus: the sidebar's list, the reader pane, or the search line."""
CommandGroup = Literal["move", "read", "search", "mark", "look", "program"]

_GROUPS: dict[CommandGroup, str] = {
    "move": N_("移动"),
    "read": N_("阅读"),
    "search": N_("搜索"),
    "mark": N_("标记"),
    "look": N_("样式"),
    "program": N_("程序"),
}


def group_label(group: CommandGroup) -> str:
    """The group's heading in the help, in the language chosen."""
    return _(_GROUPS[group])


class Command(NamedTuple):
    """One act, and how it is reached. `id` is the name of the action, of the binding and of the re-mapping."""

    id: str
    keys: tuple[str, ...]
    """Textual key names, the one shown in the footer first. Empty: reached through the palette alone."""
    label: str
    """What it does, in Chinese; shown through `title`."""
    pinyin: str
    """The label's syllables, by spaces, for the palette."""
    group: CommandGroup
    focus: tuple[Focus, ...] = ("list", "reader")
    footer: str = ""
    """Its word in the footer; commands that share one stand there together. Empty: not in the footer."""
    counts: bool = False
    """Takes a count: `5j`."""
    aliases: tuple[str, ...] = ()
    """Further names for the palette, typed in full: what the act is called in other programs."""

    @property
    def ime_variants(self) -> tuple[str, ...]:
        """The keys' twins: what the same keys give with a Chinese input method on, as Textual key names."""
        return tuple(dict.fromkeys(twin for key in self.keys for twin in ime_variants_of(key)))

    @property
    def title(self) -> str:
        """The label in the language chosen."""
        return _(self.label)

    @property
    def shown_keys(self) -> tuple[str, ...]:
        """The keys as a person reads them: `/`, `Ctrl+F`."""
        return tuple(shown(key) for key in self.keys)
