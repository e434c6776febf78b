"""The settings file. Each wrong line is one problem; the other lines take effect."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from ..clean import clean_line
from ..i18n import _
from ..paths import config_dir
from ..problem import Problem
from ..yaml_reader import BadYaml, Items, Limits, Node, Pairs, Scalar, root
from .lists import read_keys, read_library
from .setting_table import Setting, WrongValue, setting
from .settings import Settings

MAX_BYTES = 256 * 1024
"""Bytes of a settings file."""

MAX_PROBLEMS = 100
LIMITS = Limits(depth=12, values=MAX_BYTES, item_values=MAX_BYTES, characters=MAX_BYTES, aliases=100)
_MAX_NAME = 40
"""Characters of an unknown name that are shown. A longer name gets no suggestion."""

_FLAGS = {"ambiguous": "ambiguous_width", "lang": "language"}
"""Options whose names differ from those of their settings."""


class _SettingsParser:
    """The settings and problems read from one file so far."""

    def __init__(self, path: Path, settings: Settings | None = None) -> None:
        self.path = path
        self.settings = settings or Settings()
        self.problems: list[Problem] = []

    def put(self, known: Setting, written: str) -> None:
        """Set one value. Raises WrongValue."""
        settings = known.put(self.settings, written)
        if known.name == "theme":
            from .themes import check_theme  # few users set a theme, and the import takes time at the start

            check_theme(settings.theme, self.path.parent / "themes")
        self.settings = settings

    def wrong(self, line: int | None, code: str, message: str, remedy: str = "") -> None:
        """Add a problem, up to `MAX_PROBLEMS`."""
        if len(self.problems) >= MAX_PROBLEMS:
            return
        self.problems.append(Problem(clean_line(str(self.path)), line, code, clean_line(message), clean_line(remedy)))


def load(path: Path) -> tuple[Settings, list[Problem]]:
    """Return the settings in the file and its problems. Without a file, return the defaults and do not import YAML."""
    parser = _SettingsParser(path)
    text = _text(parser)
    if text is not None and text.strip():
        _read(text, parser)
    return parser.settings, sorted(parser.problems, key=lambda problem: problem.line or 0)


def override(
    settings: Settings, flags: Mapping[str, str], folder: Path | None = None
) -> tuple[Settings, list[Problem]]:
    """Return the settings changed by options of the command line, and the problems of those options.

    `flags` maps option names to values, written as in the file; a flag without a value means yes. Options that are no
    settings are ignored. `folder` holds the user's settings and themes; None means `config_dir()`.
    """
    parser = _SettingsParser((folder or config_dir()) / "config.yaml", settings)
    for flag, written in flags.items():
        known = setting(_FLAGS.get(flag, flag.replace("-", "_")))
        if known is not None:
            try:
                parser.put(known, written or "yes")
            except WrongValue as error:
                message = _wrong_value(known.name, written, str(error))
                parser.problems.append(Problem(f"--{flag}", None, "config-value", message))
    return parser.settings, parser.problems


def _text(parser: _SettingsParser) -> str | None:
    try:
        if not parser.path.is_file():
            if parser.path.exists():
                parser.wrong(None, "config-file", _("这不是普通文件。"))
            return None
        if parser.path.stat().st_size > MAX_BYTES:
            parser.wrong(None, "config-file", _("设置文件太大，没有读。"))
            return None
        return parser.path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        parser.wrong(line, "config-encoding", _("不是 UTF-8 文字。"), _("请另存为 UTF-8。"))
    except OSError as error:
        parser.wrong(None, "config-file", _("读不了：{why}。").format(why=error.strerror))
    return None


def _read(text: str, parser: _SettingsParser) -> None:
    try:
        node = root(text, LIMITS)
    except BadYaml as error:
        why = error.detail or error.message
        parser.wrong(error.line, "config-syntax", _("这里不是正确的 YAML：{why}").format(why=why))
        return
    if node is None:
        return
    if not isinstance(node, Pairs):
        parser.wrong(1, "config-syntax", _("每行应写成 名字: 值。"))
        return
    seen: set[str] = set()
    for key, value in node.pairs:
        if len(parser.problems) >= MAX_PROBLEMS:
            return
        name = key.text if isinstance(key, Scalar) else "?"
        if name in seen:
            parser.wrong(key.line, "config-twice", _("{name} 写了两次，以后一次为准。").format(name=name[:_MAX_NAME]))
        seen.add(name)
        _read_entry(name, key, value, parser)


def _read_entry(name: str, key: Node, value: Node, parser: _SettingsParser) -> None:
    known = setting(name)
    if name == "keys":
        _read_keys(value, parser)
    elif name == "libraries":
        _read_libraries(value, parser)
    elif known is None:
        parser.wrong(key.line, "config-unknown", _unknown(name), _suggestion(name))
    else:
        written = _scalar(value)
        try:
            if written is None:
                raise WrongValue(known.allowed)
            parser.put(known, written)
        except WrongValue as error:
            parser.wrong(value.line, "config-value", _wrong_value(name, written or "…", str(error)))


def _read_keys(node: Node, parser: _SettingsParser) -> None:
    given: dict[str, tuple[str, ...]] = {}
    holder: dict[str, str] = {}
    for command, value in _pairs(node, "keys", parser):
        written = _scalars(value)
        try:
            if written is None:
                raise WrongValue(_("需要一个键或几个键"))
            command, named = read_keys(command, written)
        except WrongValue as error:
            parser.wrong(value.line, "config-keys", _("按键设置不对：{why}。").format(why=error))
            continue
        for name in named:
            if holder.get(name, command) != command:
                message = _("{key} 已给了 {other}。").format(key=name, other=holder[name])
                parser.wrong(value.line, "config-keys", message)
        given[command] = (*given.get(command, ()), *(name for name in named if name not in holder))
        holder.update(dict.fromkeys(given[command], command))
    parser.settings = parser.settings._replace(keys=given)


def _read_libraries(node: Node, parser: _SettingsParser) -> None:
    written = _scalars(node)
    try:
        if written is None:
            raise WrongValue(_("一个文件夹"))
        folders = tuple(read_library(each, parser.path) for each in written)
        parser.settings = parser.settings._replace(libraries=folders)
    except (WrongValue, RuntimeError) as error:
        parser.wrong(node.line, "config-value", _wrong_value("libraries", "…", str(error)))


def _pairs(node: Node, name: str, parser: _SettingsParser) -> Iterator[tuple[str, Node]]:
    if not isinstance(node, Pairs):
        parser.wrong(node.line, "config-value", f"{name}: " + _("每行应写成 名字: 值。"))
        return
    for key, value in node.pairs:
        yield key.text if isinstance(key, Scalar) else "?", value


def _scalar(node: Node) -> str | None:
    return node.text if isinstance(node, Scalar) else None


def _scalars(node: Node) -> list[str] | None:
    """Return the scalar, or the scalars of a list; None if the node is anything else."""
    if isinstance(node, Items):
        scalars = [_scalar(each) for each in node.nodes]
        return None if None in scalars else [each for each in scalars if each is not None]
    written = _scalar(node)
    return None if written is None else [written]


def _wrong_value(name: str, written: str, right: str) -> str:
    return _("{name} 不能是 {value}，可以是 {right}。").format(name=name, value=clean_line(written[:40]), right=right)


def _unknown(name: str) -> str:
    return _("没有 {name} 这项设置。").format(name=name[:_MAX_NAME])


def _suggestion(name: str) -> str:
    if len(name) > _MAX_NAME:
        return ""
    from difflib import get_close_matches

    known = Settings._fields
    close = get_close_matches(name, known, 1)
    if close:
        return _("是不是 {name}？").format(name=close[0])
    return _("可以是 {names}。").format(names=" | ".join(known))
