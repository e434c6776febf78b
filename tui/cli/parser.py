"""A line of words in, Arguments out.

By hand and from the one table: argparse takes no table, measures Chinese by the character when it lays out its help,
speaks English, and costs the app's start ten milliseconds.
"""

from collections.abc import Sequence

from ..words import _
from .arguments import Arguments, UsageError
from .commands import commands
from .definitions import Command, Operand, Option


def parse(words: Sequence[str]) -> Arguments:
    """What the line says; raises UsageError. `--help` and `--version` are options like others."""
    line = _Line(words)
    line.read()
    arguments = Arguments(line.command, tuple(line.operands), line.options)
    if not (arguments.flag("help") or arguments.flag("version")):
        _check_operands(arguments)
        _check_exclusive(arguments)
    return arguments


class _Line:
    """The words not read yet and what was read; options before the subcommand's name are its own too.

    No option begins with a Chinese character: `search 禁毒 -罂粟` leaves 罂粟 out.
    """

    def __init__(self, words: Sequence[str]) -> None:
        self._left = list(reversed(words))
        self.command = commands()[""]
        self.operands: list[str] = []
        self.options: dict[str, str] = {}

    def read(self) -> None:
        only_operands = False
        while self._left:
            word = self._left.pop()
            if only_operands or not word.startswith("-") or not word[1:2].isascii() or word == "-":
                self._operand(word)
            elif word == "--":
                only_operands = True
            elif word.startswith("--"):
                name, equals, value = word[2:].partition("=")
                self._option(self._known(name, word), value if equals else None)
            else:
                self._letters(word)

    def _operand(self, word: str) -> None:
        if not self.command.name and not self.operands and word and word in commands():
            self.command = commands()[word]
            for name in self.options:
                self._known(name, f"--{name}")
        else:
            self.operands.append(word)

    def _letters(self, word: str) -> None:
        """`-n5`, `-n 5` and flags together."""
        rest = word[1:]
        while rest:
            option = self._known(rest[0], f"-{rest[0]}")
            rest = rest[1:]
            if option.value:
                self._option(option, rest or None)
                return
            self._option(option, None)

    def _known(self, name: str, word: str) -> Option:
        option = self.command.option(name)
        if option is None or (len(name) == 1 and word.startswith("--")):
            raise UsageError(_("没有 {option} 这个选项。").format(option=word.partition("=")[0]) + self._meant(name))
        return option

    def _meant(self, name: str) -> str:
        from difflib import get_close_matches

        near = get_close_matches(name, [option.name for option in self.command.options], 1)
        return _("是不是 --{option}？").format(option=near[0]) if near else ""

    def _option(self, option: Option, value: str | None) -> None:
        if not option.value:
            if value is not None:
                raise UsageError(_("--{option} 后面不带值。").format(option=option.name))
            self.options[option.name] = ""
            return
        if value is None:
            if not self._left:
                raise UsageError(_("--{option} 后面要有{value}。").format(option=option.name, value=option.value))
            value = self._left.pop()
        self.options[option.name] = _valid(option, value)


def _valid(option: Option, value: str) -> str:
    if option.choices and value not in option.choices:
        choices = _("、").join(option.choices)
        raise UsageError(_("--{option} 只能是 {choices}。").format(option=option.name, choices=choices))
    if option.number and not (value.isascii() and value.isdigit() and int(value[:9]) > 0 and len(value) < 9):
        raise UsageError(_("--{option} 应为正整数，不是“{value}”。").format(option=option.name, value=value))
    return value


def _check_operands(arguments: Arguments) -> None:
    command, given = arguments.command, arguments.operands
    operand = command.operands[0] if command.operands else Operand("", "", 0, 0)
    if len(given) < operand.least:
        raise UsageError(_("要给出{operand}。").format(operand=operand.name))
    if operand.most is not None and len(given) > operand.most:
        raise UsageError(_("多了“{word}”。").format(word=given[operand.most]))
    for word in given:
        if operand.choices and word not in operand.choices:
            choices = _("、").join(operand.choices)
            raise UsageError(_("“{word}”不对，只能是 {choices}。").format(word=word, choices=choices))


def _check_exclusive(arguments: Arguments) -> None:
    given = [name for name in arguments.command.exclusive if arguments.flag(name)]
    if len(given) > 1:
        raise UsageError(_("--{one} 和 --{other} 只能选一个。").format(one=given[0], other=given[1]))


def usage(command: Command) -> str:
    """The one line that shows the command's shape."""
    parts = ["ganews-tui", *([command.name] if command.name else []), _("[选项]")]
    for operand in command.operands:
        shape = "|".join(operand.choices) or operand.name
        many = "…" if operand.most is None else ""
        parts.append(f"{shape}{many}" if operand.least else f"[{shape}{many}]")
    return " ".join(parts)
