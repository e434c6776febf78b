"""The user's themes: YAML files in `themes/`. Each changes colours of a built-in theme.

label: 夜读
base: dark
colours:
  page: '#101010'
"""

from pathlib import Path

from ..clean import clean_line
from ..i18n import _
from ..problem import Problem
from ..yaml_reader import BadYaml, Limits, Node, Pairs, Scalar, root
from .builtin import BUILTIN, DARK, READABLE
from .colour import contrast, rgb
from .colour_theme import Colours, ColourTheme

MAX_BYTES = 64 * 1024
_LIMITS = Limits(depth=12, values=MAX_BYTES, item_values=MAX_BYTES, characters=MAX_BYTES, aliases=100)
MIN_CONTRAST = 4.5
"""A pair with less contrast is reported as a problem (WCAG 2.2, 1.4.3) but still used."""
_ENTRIES = ("label", "base", "colours")
_ANSI = frozenset(
    f"ansi_{bright}{name}"
    for bright in ("", "bright_")
    for name in ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
) | {"ansi_default"}


def user_themes(folder: Path) -> tuple[list[ColourTheme], list[Problem]]:
    """Return the themes in the folder in order of file name, and their problems. The folder need not exist."""
    themes: list[ColourTheme] = []
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.yaml")) if folder.is_dir() else []:
        theme, wrong = user_theme(path)
        themes.append(theme)
        problems += wrong
    return themes, problems


def user_theme(path: Path) -> tuple[ColourTheme, list[Problem]]:
    """Return the theme in a file and its problems. A wrong line leaves the colour of the base theme."""
    problems: list[Problem] = []
    base = DARK._replace(name=path.stem, label=path.stem)
    if not path.is_file():
        return base, [_problem(path, None, _("这不是普通文件。"))]
    try:
        if path.stat().st_size > MAX_BYTES:
            return base, [_problem(path, None, _("这个主题读不了：{why}").format(why=_("文件太大")))]
        node = root(path.read_text("utf-8-sig"), _LIMITS)
    except BadYaml as error:
        return base, [_problem(path, error.line, _("这个主题读不了：{why}").format(why=error.detail or error.message))]
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or type(error).__name__
        return base, [_problem(path, None, _("这个主题读不了：{why}").format(why=why))]
    if not isinstance(node, Pairs):
        return base, [_problem(path, 1, _("每行应写成 名字: 值。"))]
    return _parse_theme(path, base, node, problems), problems


def _parse_theme(path: Path, base: ColourTheme, node: Pairs, problems: list[Problem]) -> ColourTheme:
    entries = {_text(key): (key, value) for key, value in node.pairs}
    for name, (key, _value) in entries.items():
        if name not in _ENTRIES:
            message = _("主题里没有 {name} 这一项，可以是 {names}。").format(name=name, names=" | ".join(_ENTRIES))
            problems.append(_problem(path, key.line, message))
    if "base" in entries:
        wanted = _text(entries["base"][1])
        found = next((theme for theme in BUILTIN if theme.name == wanted), None)
        if found is None:
            names = " | ".join(theme.name for theme in BUILTIN)
            problems.append(_problem(path, entries["base"][1].line, _("base 可以是 {names}。").format(names=names)))
        else:
            base = found._replace(name=base.name, label=base.label)
    if "label" in entries:
        base = base._replace(label=clean_line(_text(entries["label"][1]))[:40] or base.label)
    if "colours" not in entries:
        return base
    return _with_colours(path, base, entries["colours"][1], problems)


def _with_colours(path: Path, base: ColourTheme, node: Node, problems: list[Problem]) -> ColourTheme:
    if not isinstance(node, Pairs):
        problems.append(_problem(path, node.line, _("每行应写成 名字: 值。")))
        return base
    known = set(Colours._fields)
    lines: dict[str, int] = {}
    given: dict[str, str] = {}
    for key, value in node.pairs:
        name, written = _text(key), _text(value).lower()
        if name not in known:
            message = _("没有 {name} 这种颜色，可以是 {names}。").format(name=name, names=" | ".join(Colours._fields))
            problems.append(_problem(path, key.line, message))
        elif not is_colour(written):
            message = _("{name} 不是颜色，可以是 #rrggbb 或 ansi_red 等。").format(name=name)
            problems.append(_problem(path, value.line, message))
        else:
            given[name], lines[name] = written, value.line
    colours = base.colours._replace(**given)
    problems += _low_contrast(path, colours, lines)
    return base._replace(colours=colours, without_colour=False)


def _low_contrast(path: Path, colours: Colours, lines: dict[str, int]) -> list[Problem]:
    problems = []
    for text, ground in READABLE:
        pair = getattr(colours, text), getattr(colours, ground)
        line = lines.get(text) or lines.get(ground)
        if line and all(colour.startswith("#") for colour in pair) and (ratio := contrast(*pair)) < MIN_CONTRAST:
            message = _("{text} 在 {ground} 上看不清（对比 {ratio}，至少要 {least}）。").format(
                text=text, ground=ground, ratio=f"{ratio:.1f}", least=MIN_CONTRAST
            )
            problems.append(_problem(path, line, message))
    return problems


def is_colour(written: str) -> bool:
    """Return whether a theme may use this colour."""
    if written in _ANSI:
        return True
    try:
        rgb(written)
    except ValueError:
        return False
    return True


def _text(node: Node) -> str:
    return node.text if isinstance(node, Scalar) else ""


def _problem(path: Path, line: int | None, message: str) -> Problem:
    return Problem(clean_line(str(path)), line, "theme", clean_line(message))
