"""Commands that exist only where lines are typed; they extend the command table there."""

from collections.abc import Sequence

from ..i18n import N_
from .command import Command
from .keymap import bindings
from .names import key_name

LINE_COMMANDS: tuple[Command, ...] = (
    Command("list", ("l", "h"), N_("列表"), "lie biao", "move", ()),
    Command("places", (), N_("地方列表"), "di fang lie biao", "move", (), aliases=(N_("地方"),)),
    Command("where", (), N_("在哪里"), "zai na li", "move", ()),
    Command("repeat", (key_name("."),), N_("再说一遍"), "zai shuo yi bian", "read", ()),
    Command("read_all", (), N_("读到底"), "du dao di", "read", (), aliases=("all",)),
    Command("unit", (), N_("单位"), "dan wei", "read", ()),
    Command("saved", (), N_("存过的搜索"), "cun guo de sou suo", "search", ()),
    Command("set", (), N_("设置"), "she zhi", "program", (), aliases=("settings",)),
    Command("import", (), N_("导入"), "dao ru", "program", ()),
)
"""Commands without focus: no key of the screen reaches them."""

SHORT_NAMES = {
    "history": "list_history",
    N_("读过"): "list_history",
    "starred": "list_starred",
    N_("收藏"): "list_starred",
    "unread": "list_unread",
    N_("未读"): "list_unread",
    N_("全部"): "list_all",
    "links": "open_link",
    N_("链接"): "open_link",
    "subheads": "outline",
    N_("目录"): "outline",
    "next": "next_article",
    "previous": "previous_article",
    "exit": "quit",
}
"""Names of commands of the table that are shorter to type."""

_GIVEN_UP = frozenset(("reader_pane", "list_pane", "other_pane"))
"""Commands about panes: their keys are free where there are none."""


def line_bindings(commands: Sequence[Command]) -> dict[str, Command]:
    """Return which key runs which command where lines are typed, IME variants included."""
    bound = bindings("list", commands)
    for command in LINE_COMMANDS:
        for key in (*command.keys, *command.ime_variants):
            if key not in bound or bound[key].id in _GIVEN_UP:
                bound[key] = command
    return bound
