"""`make pages`: the parts of docs/ that are read from the program's own tables.

A page is written by hand but for what stands between `<!-- name -->` and `<!-- end -->`.
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


def written(page: str) -> str:
    """The page with its parts as the program is now; English, whatever the locale."""
    set_language("en")
    try:
        return _PART.sub(lambda part: f"<!-- {part[1]} -->\n{PARTS[part[1]]()}<!-- end -->", page)
    finally:
        set_language("zh")


def keys() -> str:
    """A table for each group of commands."""
    lines: list[str] = []
    for group in dict.fromkeys(command.group for command in COMMANDS):
        lines += [f"### {group_label(group)}", "", "| act | name | keys | twins |", "|---|---|---|---|"]
        lines += [_act(command) for command in COMMANDS if command.group == group]
        lines.append("")
    return "\n".join(lines)


def _act(command: Command) -> str:
    keys = " ".join(f"`{_cell(shown(key))}`" for key in command.keys) or "palette"
    twins = " ".join(f"`{_cell(character(twin) or twin)}`" for twin in command.ime_variants)
    times = ", counts" if command.takes_count else ""
    return f"| {command.title} ({command.label}){times} | `{command.id}` | {keys} | {twins} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\u3000", "U+3000")


def settings() -> str:
    """One row a setting."""
    defaults = Settings()
    rows = [
        f"| `{each.name}` | {_(each.note)} | {_cell(each.allowed)} | `{str(getattr(defaults, each.name)).lower()}` |"
        for each in SETTINGS
    ]
    return "\n".join(["| setting | what it does | may be | default |", "|---|---|---|---|", *rows, ""])


def sample() -> str:
    """What `config init` writes."""
    return f"```yaml\n{config.sample()}```\n"


def looks() -> str:
    """Our looks and what each colour is for."""
    rows = [f"| `{look.name}` | {look.title} |" for look in BUILTIN]
    return "\n".join(["| theme | |", "|---|---|", *rows, ""])


def colours() -> str:
    """The colours of two looks, by name."""
    light, dark = (look.variables() for look in BUILTIN[:2])
    rows = [f"| `{name.replace('-', '_')}` | `{light[name]}` | `{dark[name]}` |" for name in light]
    return "\n".join(["| colour | light | dark |", "|---|---|---|", *rows, ""])


PARTS: dict[str, Callable[[], str]] = {
    "keys": keys,
    "settings": settings,
    "sample": sample,
    "looks": looks,
    "colours": colours,
}


def main() -> None:
    for path in sorted(DOCS.glob("*.md")):
        page = path.read_text("utf-8")
        path.write_text(written(page), "utf-8")


if __name__ == "__main__":
    main()
