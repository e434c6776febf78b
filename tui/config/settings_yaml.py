"""Write the current settings, or a sample settings file, as YAML."""

from pathlib import Path
from typing import IO

from ..i18n import _
from ..new_file import write_new_file
from .setting_table import SETTINGS
from .settings import Settings


def to_yaml(settings: Settings) -> str:
    """Return the settings as YAML."""
    lines = [f"{each.name}: {_value(getattr(settings, each.name))}" for each in SETTINGS]
    lines.append("libraries:" + ("" if settings.libraries else " []"))
    lines += [f"  - {_quoted(str(folder))}" for folder in settings.libraries]
    lines.append("keys:" + ("" if settings.keys else " {}"))
    lines += [f"  {name}: [{', '.join(map(_quoted, names))}]" for name, names in settings.keys.items()]
    return "\n".join(lines) + "\n"


def sample() -> str:
    """Return a sample file, where each setting is explained and commented out with its default."""
    lines = [f"# {_('去掉行首的 # 即生效；写错的行会连行号一起报告，其余照用。')}", ""]
    defaults = Settings()
    for each in SETTINGS:
        lines += [
            f"# {_(each.note)}",
            f"# ({each.allowed})",
            f"# {each.name}: {_value(getattr(defaults, each.name))}",
            "",
        ]
    lines += [
        f"# {_('要打开的资料文件夹，或共享库的地址，第一个在启动时打开')}",
        "# libraries:",
        "#   - ~/bulletins",
        "#   - service=archive",
        "",
    ]
    lines += [f"# {_('按键：命令名和它的键，命令名见帮助')}", "# keys:", "#   next_article: [J, ctrl+down]", ""]
    return "\n".join(lines)


def write_sample(path: Path) -> bool:
    """Write the sample file unless `path` exists, and return whether it was written. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        write_new_file(path, _write_sample)
    except FileExistsError:
        return False
    return True


def _write_sample(file: IO[bytes]) -> None:
    file.write(sample().encode())


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    return text if text.replace("_", "").replace("-", "").isalnum() else _quoted(text)


def _quoted(text: str) -> str:
    """Return a YAML string: in single quotes, or in double quotes with escapes if it has unprintable characters."""
    if text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    plain = (each if each.isprintable() and each not in '"\\' else f"\\U{ord(each):08x}" for each in text)
    return '"' + "".join(plain) + '"'
