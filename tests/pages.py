"""Write the parts of docs/ that come from the program's tables; `make pages` runs this.

In a page, such a part is between `<!-- name -->` and `<!-- end -->`.
"""

import re
from collections.abc import Callable
from pathlib import Path

from tui import config
from tui.config import SETTINGS, Settings
from tui.i18n import _, set_language
from tui.keys import COMMANDS, Command, group_label, shown
from tui.keys.names import character
from tui.theme import BUILTIN

DOCS = Path(__file__).resolve().parent.parent / "docs"
_PART = re.compile(r"<!-- (\w+) -->\n.*?<!-- end -->", re.DOTALL)


def updated(page: str) -> str:
    """Return the page with its parts updated, in English."""
    set_language("en")
    try:
        return _PART.sub(lambda part: f"<!-- {part[1]} -->\n{PARTS[part[1]]()}<!-- end -->", page)
    finally:
        set_language("zh")


def keys() -> str:
    """Return a table for each group of commands."""
    lines: list[str] = []
    for group in dict.fromkeys(command.group for command in COMMANDS):
        lines += [f"### {group_label(group)}", "", "| command | name | keys | IME variants |", "|---|---|---|---|"]
        lines += [_command_row(command) for command in COMMANDS if command.group == group]
        lines.append("")
    return "\n".join(lines)


def _command_row(command: Command) -> str:
    keys = " ".join(f"`{_cell(shown(key))}`" for key in command.keys) or "palette"
    variants = " ".join(f"`{_cell(character(variant) or variant)}`" for variant in command.ime_variants)
    times = ", counts" if command.takes_count else ""
    return f"| {command.title} ({command.label}){times} | `{command.id}` | {keys} | {variants} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\u3000", "U+3000")


def settings() -> str:
    """Return a table of the settings."""
    defaults = Settings()
    rows = [
        f"| `{each.name}` | {_(each.note)} | {_cell(each.allowed)} | `{str(getattr(defaults, each.name)).lower()}` |"
        for each in SETTINGS
    ]
    return "\n".join(["| setting | purpose | values | default |", "|---|---|---|---|", *rows, ""])


def sample() -> str:
    """Return the sample file that `config init` writes."""
    return f"```yaml\n{config.sample()}```\n"


def themes() -> str:
    """Return a table of the built-in themes."""
    rows = [f"| `{theme.name}` | {theme.title} |" for theme in BUILTIN]
    return "\n".join(["| theme | |", "|---|---|", *rows, ""])


def colours() -> str:
    """Return a table of the colours in the light and the dark theme."""
    light, dark = (theme.variables() for theme in BUILTIN[:2])
    rows = [f"| `{name.replace('-', '_')}` | `{light[name]}` | `{dark[name]}` |" for name in light]
    return "\n".join(["| colour | light | dark |", "|---|---|---|", *rows, ""])


PARTS: dict[str, Callable[[], str]] = {
    "keys": keys,
    "settings": settings,
    "sample": sample,
    "themes": themes,
    "colours": colours,
}


def main() -> None:
    """Update all pages in docs/."""
    for path in sorted(DOCS.glob("*.md")):
        page = path.read_text("utf-8")
        path.write_text(updated(page), "utf-8")


if __name__ == "__main__":
    main()
