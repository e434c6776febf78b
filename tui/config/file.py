"""The settings file: YAML, every wrong line one problem, everything else taken."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ..clean import clean_line
from ..i18n import _
from ..paths import config_dir
from ..problem import Problem
from ..yaml_nodes import BadYaml, compose
from .lists import read_keys, read_library
from .setting_table import Setting, WrongValue, setting
from .settings import Settings

if TYPE_CHECKING:
    from yaml import Node

LARGEST = 256 * 1024
"""Bytes; nobody's settings are longer."""

MAX_PROBLEMS = 100
_LONGEST_NAME = 40
"""Characters shown of a name that is not known, and looked at for what may be meant."""

_FLAGS = {"ambiguous": "ambiguous_width", "lang": "language"}
"""Options whose names are shorter than their settings'."""


class _SettingsParser:
    """What has been read of one file so far."""

    def __init__(self, path: Path, settings: Settings | None = None) -> None:
        self.path = path
        self.settings = settings or Settings()
        self.problems: list[Problem] = []

    def put(self, known: Setting, written: str) -> None:
        """Take one value; raises WrongValue."""
        settings = known.put(self.settings, written)
        if known.name == "theme":
            from .themes import check_theme  # most starts leave it as it is

            check_theme(settings.theme, self.path.parent / "themes")
        self.settings = settings

    def wrong(self, line: int | None, code: str, message: str, remedy: str = "") -> None:
        """Add a problem, unless there are more of them than anybody reads."""
        if len(self.problems) >= MAX_PROBLEMS:
            return
        self.problems.append(Problem(clean_line(str(self.path)), line, code, clean_line(message), clean_line(remedy)))


def load(path: Path) -> tuple[Settings, list[Problem]]:
    """The settings in the file, and what is wrong with it; without a file the defaults, and no YAML is loaded."""
    reader = _SettingsParser(path)
    text = _text(reader)
    if text is not None and text.strip():
        _read(text, reader)
    return reader.settings, sorted(reader.problems, key=lambda problem: problem.line or 0)


def override(
    settings: Settings, flags: Mapping[str, str], folder: Path | None = None
) -> tuple[Settings, list[Problem]]:
    """The settings with what was said on the command line: by option name, in the same words as in the file.

    `folder` holds the user's settings and themes; None for the usual one. A flag without a value is a yes; options that
    are no settings are left alone.
    """
    reader = _SettingsParser((folder or config_dir()) / "config.yaml", settings)
    for flag, written in flags.items():
        known = setting(_FLAGS.get(flag, flag.replace("-", "_")))
        if known is not None:
            try:
                reader.put(known, written or "yes")
            except WrongValue as error:
                message = _wrong(known.name, written, str(error))
                reader.problems.append(Problem(f"--{flag}", None, "config-value", message))
    return reader.settings, reader.problems


def _text(reader: _SettingsParser) -> str | None:
    try:
        if not reader.path.is_file():
            if reader.path.exists():
                reader.wrong(None, "config-file", _("这不是普通文件。"))
            return None
        if reader.path.stat().st_size > LARGEST:
            reader.wrong(None, "config-file", _("设置文件太大，没有读。"))
            return None
        return reader.path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        reader.wrong(line, "config-encoding", _("不是 UTF-8 文字。"), _("请另存为 UTF-8。"))
    except OSError as error:
        reader.wrong(None, "config-file", _("读不了：{why}。").format(why=error.strerror))
    return None


def _read(text: str, reader: _SettingsParser) -> None:
    import yaml

    try:
        root = compose(text)
    except BadYaml as error:
        reader.wrong(error.line, "config-syntax", _("这里不是正确的 YAML：{why}").format(why=error.why))
        return
    if root is None:
        return
    if not isinstance(root, yaml.MappingNode):
        reader.wrong(1, "config-syntax", _("每行应写成 名字: 值。"))
        return
    seen: set[str] = set()
    for key, value in root.value:
        if len(reader.problems) >= MAX_PROBLEMS:
            return
        name = str(key.value) if isinstance(key, yaml.ScalarNode) else "?"
        if name in seen:
            reader.wrong(
                _line(key), "config-twice", _("{name} 写了两次，以后一次为准。").format(name=name[:_LONGEST_NAME])
            )
        seen.add(name)
        _read_entry(name, key, value, reader)


def _read_entry(name: str, key: "Node", value: "Node", reader: _SettingsParser) -> None:
    known = setting(name)
    if name == "keys":
        _read_keys(value, reader)
    elif name == "libraries":
        _read_libraries(value, reader)
    elif known is None:
        reader.wrong(_line(key), "config-unknown", _unknown(name), _meant(name))
    else:
        written = _scalar(value)
        try:
            if written is None:
                raise WrongValue(known.allowed)
            reader.put(known, written)
        except WrongValue as error:
            reader.wrong(_line(value), "config-value", _wrong(name, written or "…", str(error)))


def _read_keys(node: "Node", reader: _SettingsParser) -> None:
    given: dict[str, tuple[str, ...]] = {}
    holder: dict[str, str] = {}
    for command, value in _pairs(node, "keys", reader):
        written = _several(value)
        try:
            if written is None:
                raise WrongValue(_("需要一个键或几个键"))
            command, named = read_keys(command, written)
        except WrongValue as error:
            reader.wrong(_line(value), "config-keys", _("按键设置不对：{why}。").format(why=error))
            continue
        for name in named:
            if holder.get(name, command) != command:
                message = _("{key} 已给了 {other}。").format(key=name, other=holder[name])
                reader.wrong(_line(value), "config-keys", message)
        given[command] = (*given.get(command, ()), *(name for name in named if name not in holder))
        holder.update(dict.fromkeys(given[command], command))
    reader.settings = reader.settings._replace(keys=given)


def _read_libraries(node: "Node", reader: _SettingsParser) -> None:
    written = _several(node)
    try:
        if written is None:
            raise WrongValue(_("需要一个文件夹"))
        folders = tuple(read_library(each, reader.path) for each in written)
        reader.settings = reader.settings._replace(libraries=folders)
    except (WrongValue, RuntimeError) as error:
        reader.wrong(_line(node), "config-value", _wrong("libraries", "…", str(error)))


def _pairs(node: "Node", name: str, reader: _SettingsParser) -> Iterator[tuple[str, "Node"]]:
    import yaml

    if not isinstance(node, yaml.MappingNode):
        reader.wrong(_line(node), "config-value", _wrong(name, "…", _("每行应写成 名字: 值。")))
        return
    for key, value in node.value:
        yield str(key.value) if isinstance(key, yaml.ScalarNode) else "?", value


def _scalar(node: "Node") -> str | None:
    import yaml

    return str(node.value) if isinstance(node, yaml.ScalarNode) else None


def _several(node: "Node") -> list[str] | None:
    """One scalar or a list of them."""
    import yaml

    if isinstance(node, yaml.SequenceNode):
        scalars = [_scalar(each) for each in node.value]
        return None if None in scalars else [each for each in scalars if each is not None]
    written = _scalar(node)
    return None if written is None else [written]


def _line(node: "Node") -> int:
    return int(node.start_mark.line) + 1


def _wrong(name: str, written: str, right: str) -> str:
    return _("{name} 不能是 {value}，可以是 {right}。").format(name=name, value=clean_line(written[:40]), right=right)


def _unknown(name: str) -> str:
    return _("没有 {name} 这项设置。").format(name=name[:_LONGEST_NAME])


def _meant(name: str) -> str:
    if len(name) > _LONGEST_NAME:
        return ""
    from difflib import get_close_matches

    known = Settings._fields
    close = get_close_matches(name, known, 1)
    if close:
        return _("是不是 {name}？").format(name=close[0])
    return _("可以是 {names}。").format(names=" | ".join(known))
