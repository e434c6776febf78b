"""The help text of a subcommand, in columns measured in cells."""

from ..i18n import _
from .command_line import usage
from .definitions import Option, Subcommand
from .subcommands import subcommands


def help_text(command: Subcommand) -> str:
    """Return the help for a subcommand: usage, operands, options and examples."""
    parts = [f"{usage(command)}\n\n{command.summary}{_('。')}"]
    if not command.name:
        parts.append(_section(_("子命令"), [(one.name, one.summary) for one in subcommands().values() if one.name]))
    if command.operands:
        parts.append(_section(_("参数"), [(one.name, one.help) for one in command.operands]))
    parts.append(_section(_("选项"), [(option_syntax(option), option_help(option)) for option in command.options]))
    parts.append(_section(_("例"), [(example.line, example.what) for example in command.examples]))
    if not command.name:
        parts.append(
            _("各子命令的用法见 ganews-tui 子命令 --help。退出状态：0 有结果，1 没有，2 用法或内容有误，70 程序出错。")
        )
    return "\n".join(line.rstrip() for line in "\n\n".join(filter(None, parts)).split("\n")) + "\n"


def option_syntax(option: Option) -> str:
    """Return the option as it is typed: `-n, --limit N`."""
    letter = f"-{option.short}, " if option.short else ""
    return f"{letter}--{option.name}" + (f" {option.value}" if option.value else "")


def option_help(option: Option) -> str:
    """Return the description of the option, with its choices."""
    return option.help + (_("：") + _("、").join(option.choices) if option.choices else "")


def _section(title: str, rows: list[tuple[str, str]]) -> str:
    if not rows:
        return ""
    from ..cells import cell_len  # the manual page imports this module but needs no widths

    column = min(max(cell_len(left) for left, _right in rows), 40) + 2
    lines = [f"{title}{_('：')}"]
    for left, right in rows:
        gap = column - cell_len(left)
        lines.append(f"  {left}{' ' * gap}{right}" if gap >= 2 else f"  {left}\n  {' ' * column}{right}")
    return "\n".join(lines)
