"""Broken and hostile settings, themes and typed lines: defaults stay, and messages are clean."""

from pathlib import Path

from tui import config, keys
from tui.clean import clean
from tui.config import Settings
from tui.keys.command_match import match_commands
from tui.plain.input_line import understand
from tui.problem import Problem
from tui.theme import BUILTIN
from tui.theme.user import is_colour, user_theme

from . import Target, Targets

CORPUS = [
    config.to_yaml(Settings(theme="night", libraries=(Path("/srv/公报"),), keys={"star": ("x", "ctrl+y")})).encode(),
    config.sample().replace("# ", "").encode(),
    b"label: night\nbase: dark\ncolours:\n  page: '#101010'\n  text: ansi_white\n  quiet: '#cccccc'\n",
    "keys: {next_article: [n, Ctrl+N, 】], undo: /}\nlibraries: ~/bulletins\nquotes: padded\n".encode(),
    "place:赤峰 -禁毒 3] ５ｊ 收藏的文章 next article".encode(),
]


def targets(folder: Path) -> Targets:
    """Return the targets for settings, themes, and lines typed in plain mode."""
    return {
        "settings": Target(lambda data: _settings(data, folder / "config.yaml"), CORPUS),
        "themes": Target(lambda data: _theme(data, folder / "own.yaml"), CORPUS),
        "typed lines": Target(_typed, CORPUS),
    }


def _settings(data: bytes, path: Path) -> None:
    path.write_bytes(data)
    settings, problems = config.load(path)
    _harmless(problems)
    assert 10 <= settings.measure <= 48 and 0 <= settings.indent <= 4
    bound = keys.bindings("list", keys.remap(settings.keys))
    assert all(isinstance(command.title, str) for command in bound.values())
    path.write_text(config.to_yaml(settings), "utf-8", errors="surrogatepass")
    again, _problems = config.load(path)
    assert again == settings, f"{again} is not {settings}"


def _theme(data: bytes, path: Path) -> None:
    path.write_bytes(data)
    look, problems = user_theme(path)
    _harmless(problems)
    assert all(is_colour(value) for value in look.variables().values()) or look.colours in [o.colours for o in BUILTIN]
    assert look.label == clean(look.label)


def _typed(data: bytes) -> None:
    for line in data.decode("utf-8", "surrogateescape").splitlines()[:20]:
        understand(line, keys.COMMANDS)
        match_commands(line[:200])
        keys.read_key(line)


def _harmless(problems: list[Problem]) -> None:
    for problem in problems:
        assert str(problem) == clean(str(problem)) and "\n" not in str(problem), ascii(str(problem))
