"""The subcommand `manual`: print the manual page, made from the table of subcommands."""

import re
from collections.abc import Iterator

from .. import __version__
from ..i18n import _
from .arguments import Arguments
from .command_line import usage
from .definitions import Subcommand
from .help import option_help, option_syntax
from .subcommands import subcommands

_BREAK = re.compile("(?<=[\u3001-\u9fff\uff00-\uffef])(?=[\u4e00-\u9fff（“])")
"""Break opportunities in Chinese text. The formatter itself breaks lines only at spaces."""


def run(arguments: Arguments) -> int:
    """Print the page in roff with man macros."""
    print(page(), end="")
    return 0


def page() -> str:
    """Return the page for section 1."""
    return "\n".join(_page()) + "\n"


def _page() -> Iterator[str]:
    yield f'.TH GANEWS\\-TUI 1 "" "ganews\\-tui {__version__}" "{_roff(_("用户命令"))}"\n.ad l'
    yield f".SH {_roff(_('名称'))}\nganews\\-tui \\- {_roff(_('中文公报的终端阅读器'))}"
    yield f".SH {_roff(_('用法'))}"
    for command in subcommands().values():
        yield f".B {_roff(usage(command))}\n.br"
    yield f".SH {_roff(_('说明'))}\n" + _roff(
        _("不带子命令时打开阅读器；子命令把同样的内容送到标准输出，供管道和脚本使用。数据在标准输出，说明在标准错误。")
    )
    for command in subcommands().values():
        yield from _command(command)
    yield f".SH {_roff(_('退出状态'))}"
    meanings = {0: _("有结果"), 1: _("没有结果"), 2: _("用法不对，或内容有误"), 70: _("程序出错，详情记在日志里")}
    for status, meaning in meanings.items():
        yield f".TP\n{status}\n{_roff(meaning)}"
    yield f".SH {_roff(_('环境变量'))}"
    for name, meaning in _environment():
        yield f".TP\n.B {_roff(name)}\n{_roff(meaning)}"


def _environment() -> tuple[tuple[str, str], ...]:
    return (
        ("GANEWS_LIBRARY", _("没有给出文件夹时打开这里的公报")),
        ("LC_ALL, LC_MESSAGES, LANG", _("界面语言")),
        ("NO_COLOR, FORCE_COLOR", _("不用颜色，或总用颜色；FORCE_COLOR=0 不算")),
        ("ACCESSIBLE", _("不画屏幕，用编号菜单阅读；0、no、off、false 不算")),
        ("PAGER", _("--pager 所用的程序")),
        ("XDG_CONFIG_HOME, XDG_STATE_HOME, XDG_CACHE_HOME", _("设置、阅读记录和索引所在的文件夹")),
    )


def _command(command: Subcommand) -> Iterator[str]:
    yield f".SH {_roff(command.name or _('阅读器'))}\n{_roff(command.summary + _('。'))}"
    for operand in command.operands:
        yield f".TP\n.I {_roff(operand.name)}\n{_roff(operand.help)}"
    for option in command.options:
        yield f".TP\n.B {_roff(option_syntax(option))}\n{_roff(option_help(option))}"
    for example in command.examples:
        yield f".PP\n{_roff(example.what)}{_('：')}\n.PP\n.RS\n.EX\n{_roff(example.line)}\n.EE\n.RE"


def _roff(text: str) -> str:
    """Return `text` with the characters escaped that roff would interpret."""
    escaped = _BREAK.sub(r"\\:", text.replace("\\", "\\e").replace("-", "\\-"))
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped
