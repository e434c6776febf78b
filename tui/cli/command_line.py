"""The parser of the command line, driven by the table of subcommands.

Not argparse: it counts characters instead of cells in the columns of its help, speaks English only, and costs ten
milliseconds of start-up.
"""

from collections.abc import Sequence

from ..i18n import _
from .arguments import Arguments, UsageError
from .definitions import Option, Subcommand
from .subcommands import subcommands


def parse(words: Sequence[str]) -> Arguments:
    """Parse the words of a command line. Raises UsageError, except where `--help` or `--version` is given."""
    line = _Line(words)
    line.read()
    arguments = Arguments(line.command, tuple(line.operands), line.options)
    if not (arguments.flag("help") or arguments.flag("version")):
        _check_operands(arguments)
        _check_folder(arguments)
        _check_exclusive(arguments)
    return arguments


def nearest_command(word: str) -> str:
    """Return the subcommand with a name similar to `word`, or an empty string."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(word.lower(), [name for name in subcommands() if name], 1)), "")


class _Line:
    """A command line while it is parsed. Options may precede the name of the subcommand.

    A dash before a Chinese character begins no option: `search 禁毒 -罂粟` excludes 罂粟.
    """

    def __init__(self, words: Sequence[str]) -> None:
        self._left = list(reversed(words))
        self.command = subcommands()[""]
        self.operands: list[str] = []
        self.options: dict[str, str] = {}

    def read(self) -> None:
        only_operands = False
        while self._left:
            word = self._left.pop()
            if only_operands or not word.startswith("-") or not word[1:2].isascii() or word == "-":
                self._add_operand(word)
            elif word == "--":
                only_operands = True
            elif word.startswith("--"):
                name, equals, value = word[2:].partition("=")
                self._add_option(self._find_option(name, word), value if equals else None)
            else:
                self._parse_letters(word)

    def _add_operand(self, word: str) -> None:
        if not self.command.name and not self.operands and word and word in subcommands():
            self.command = subcommands()[word]
            for name in self.options:
                self._find_option(name, f"--{name}")
        else:
            self.operands.append(word)

    def _parse_letters(self, word: str) -> None:
        """Parse short options: `-n5`, `-n 5`, or several flags in one word."""
        rest = word[1:]
        try:
            while rest:
                letter, rest = rest[0], rest[1:]
                option = self._find_option(letter, f"-{letter}")
                if option.value:
                    self._add_option(option, rest or None)
                    return
                self._add_option(option, None)
        except UsageError as error:
            raise UsageError(_with_hint(str(error), self._hint_for_text(word))) from None

    def _find_option(self, name: str, word: str) -> Option:
        option = self.command.option(name)
        if option is None or (len(name) == 1 and word.startswith("--")):
            wrong = _("没有 {option} 这个选项。").format(option=word.partition("=")[0])
            raise UsageError(_with_hint(wrong, self._suggest_option(word)))
        return option

    def _suggest_option(self, word: str) -> str:
        """Return a suggestion for an unknown option, or an empty string."""
        from difflib import get_close_matches

        if not self.command.name and self.operands:
            return _suggest_command(self.operands[0])
        if not word.startswith("--"):
            return ""
        name = word[2:].partition("=")[0]
        near = get_close_matches(name, [option.name for option in self.command.options], 1)
        return _("是不是 --{option}？").format(option=near[0]) if near else self._hint_for_text(word)

    def _hint_for_text(self, word: str) -> str:
        """Return how to pass `word` as an operand, or an empty string if the subcommand takes no free text."""
        takes_text = self.command.name and any(not operand.choices for operand in self.command.operands)
        return _("“{word}”若不是选项，就写在 -- 后面。").format(word=word) if takes_text else ""

    def _add_option(self, option: Option, value: str | None) -> None:
        if not option.value:
            if value is not None:
                raise UsageError(_("--{option} 后面不带值。").format(option=option.name))
            self.options[option.name] = ""
            return
        if value is None:
            if not self._left:
                raise UsageError(_("--{option} 后面要有{value}。").format(option=option.name, value=option.value))
            value = self._left.pop()
        if option.name in self.options:
            raise UsageError(_("--{option} 只能给一次。").format(option=option.name))
        self.options[option.name] = _checked_value(option, value)


def _checked_value(option: Option, value: str) -> str:
    if not value.strip():
        raise UsageError(_("--{option} 后面的{value}不能是空的。").format(option=option.name, value=option.value))
    if option.choices and value not in option.choices:
        choices = _("、").join(option.choices)
        raise UsageError(_("--{option} 只能是 {choices}。").format(option=option.name, choices=choices))
    if option.number and not (value.isascii() and value.isdigit() and int(value[:9]) > 0 and len(value) < 9):
        raise UsageError(_("--{option} 应为正整数，不是“{value}”。").format(option=option.name, value=value))
    return value


def _check_operands(arguments: Arguments) -> None:
    """Match the words to the operands of the subcommand in order. Raises UsageError."""
    command, left = arguments.command, list(arguments.operands)
    for operand in command.operands:
        words = left[: operand.maximum]
        if len(words) < operand.minimum:
            raise UsageError(_("要给出{operand}。").format(operand=operand.name))
        for word in words:
            if operand.choices and word not in operand.choices:
                choices = _("、").join(operand.choices)
                raise UsageError(_("“{word}”不对，只能是 {choices}。").format(word=word, choices=choices))
        del left[: len(words)]
    if left:
        hint = "" if command.name else _suggest_command(arguments.operands[0])
        raise UsageError(_with_hint(_("多了“{word}”。").format(word=left[0]), hint))


def _with_hint(wrong: str, hint: str) -> str:
    return _("{sentence}{next}").format(sentence=wrong, next=hint) if hint else wrong


def _suggest_command(word: str) -> str:
    near = nearest_command(word)
    return _("是不是子命令 {command}？").format(command=near) if near else ""


def _check_folder(arguments: Arguments) -> None:
    """Raise UsageError if the library is given twice or is empty."""
    takes_folder = any(operand.completes == "folder" for operand in arguments.command.operands)
    if takes_folder and arguments.operands:
        if not arguments.operands[0].strip():
            raise UsageError(_("文件夹的名字不能是空的。"))
        if arguments.flag("library"):
            raise UsageError(_("文件夹给了两次：{folder} 和 --library。").format(folder=arguments.operands[0]))


def _check_exclusive(arguments: Arguments) -> None:
    given = [name for name in arguments.command.exclusive if arguments.flag(name)]
    if len(given) > 1:
        raise UsageError(_("--{one} 和 --{other} 只能选一个。").format(one=given[0], other=given[1]))


def usage(command: Subcommand) -> str:
    """Return the usage line of the subcommand."""
    parts = ["ganews-tui", *([command.name] if command.name else []), _("[选项]")]
    for operand in command.operands:
        shape = "|".join(operand.choices) or operand.name
        many = "…" if operand.maximum is None else ""
        parts.append(f"{shape}{many}" if operand.minimum else f"[{shape}{many}]")
    return " ".join(parts)
