"""The help of the linear mode: ten lines to begin with, all commands on request."""

from collections.abc import Iterator, Sequence

from ..i18n import N_, _
from ..keys import Command, group_label
from ..keys.line_commands import LINE_COMMANDS
from ..session.commands import COMMANDS
from .input_line import TypedCommand, understand


def first() -> Iterator[str]:
    """Yield ten lines with examples that explain how to begin."""
    yield _("l 听列表，回车听后面的。输入编号打开一篇，例如 3。")
    yield _("打开以后回车往下读，b 往回读，g 从头读，all 读到底，按 Ctrl C 停。")
    yield _("j 下一条，k 上一条，5j 往下五条。] 下一篇，[ 上一篇。u 下一篇未读。")
    yield _("输入词语就搜索，例如 反诈 赤峰。词语像命令时前面加 /。n 下一处，N 上一处。")
    yield _("places 听各地方，p 加地名到那里，例如 p 赤峰。")
    yield _("o 听小标题，2o 到第二个。O 听链接。")
    yield _("s 收藏，r 已读或未读，A 全部已读，U 撤销，redo 重做。Y 听出处，y 听全文。")
    yield _("unit sentence 按句读，unit paragraph 按段读，unit section 按节读。")
    yield _("where 在哪里，点号再说一遍，set 听设置，problems 听问题。")
    yield _("? all 听全部命令，? 加一个命令听它的说明。q 退出。")


def everything(commands: Sequence[Command]) -> Iterator[str]:
    """Yield a line for every command that works in the linear mode."""
    for command in (*LINE_COMMANDS, *commands):
        if command.id in COMMANDS:
            yield line(command)


def line(command: Command) -> str:
    """Return the help line of a command: its title, its one-character keys, its id."""
    typed = [shown for shown in command.shown_keys if len(shown) == 1]
    names = [*typed, command.id.replace("_", " ")]
    return _("{act}：{keys}").format(act=command.title, keys=" ".join(names))


def about(name: str, commands: Sequence[Command]) -> Iterator[str]:
    """Yield the help for the command called `name`, or for all commands if it is `all`."""
    if name.casefold() in ("all", N_("全部")):
        yield from everything(commands)
        return
    meant = understand(name, commands)
    found = [
        command for command in (*LINE_COMMANDS, *commands) if isinstance(meant, TypedCommand) and command.id == meant.id
    ]
    if not found:
        yield _("没有这个命令，? all 听全部。")
        return
    yield line(found[0])
    yield group_label(found[0].group) if found[0].id in COMMANDS else _("只用于屏幕。")
