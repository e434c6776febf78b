"""The settings with several values: keys and libraries."""

import os
from collections.abc import Sequence
from pathlib import Path

from .. import keys
from ..i18n import _
from .setting_table import WrongValue

_DIGIT_COMMAND = "nth_place"
"""The only command that digits may be bound to; elsewhere they are a count prefix."""


def read_keys(command: str, written: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Return the command's present id and its keys as Textual names. Raises WrongValue."""
    known = keys.by_id(command)
    if known is None:
        raise WrongValue(_unknown_command(command))
    named = [keys.read_key(each) for each in written]
    for name, each in zip(named, written, strict=True):
        if name is None:
            raise WrongValue(_("没有 {key} 这个键").format(key=each))
        if command != _DIGIT_COMMAND and name.isdecimal() and int(name):
            raise WrongValue(_("{key} 是次数，不能给命令").format(key=each))
        if not keys.is_sendable(name):
            raise WrongValue(_unsendable(name, each))
    return known.id, tuple(dict.fromkeys(name for name in named if name))


def _unknown_command(command: str) -> str:
    from difflib import get_close_matches

    names = [known.id for known in keys.COMMANDS]
    near = get_close_matches(command, names, 3, 0.4) or names
    return _("没有名为 {name} 的命令，可以是 {names}").format(name=command, names=" | ".join(near))


def _unsendable(name: str, written: str) -> str:
    if same := keys.same_as(name):
        return _("终端送出的 {key} 就是 {same}，请写 {same}").format(key=written, same=keys.shown(same))
    choices = "j, J, /, Ctrl+L, Alt+L, F5, Shift+F5, Ctrl+F5, Home, Ctrl+Home"
    return _("{key} 不是每个终端都送得出，可以写 {choices} 这样的键").format(key=written, choices=choices)


def read_library(written: str, config: Path) -> Path | str:
    """Return a library's folder, or the address of a shared library. Raises WrongValue.

    `~` is the home folder, and a relative path starts at the settings file's folder.
    """
    if not written or "\0" in written:
        raise WrongValue(_("一个文件夹"))
    from ..archive_address import has_password, is_address  # few users name a library, and the start is short

    if is_address(written):
        if has_password(written):
            raise WrongValue(_("不带密码的地址，密码写在 ~/.pgpass 里"))
        return written
    folder = Path(os.path.expanduser(written))
    return config.parent / folder
