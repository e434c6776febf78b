"""Reading of `bulletin.yaml`, the metadata of a bulletin."""

import re
from pathlib import Path

from ..article import Bulletin
from ..clean import clean, clean_line
from ..i18n import _
from ..problem import Problem
from ..yaml_reader import BadYaml, Mapping, mapping
from .safe_open import BadFile, read_text
from .written_dates import date_of_name, iso_date

_ID = re.compile(r"[^/\\\s](?:[^\\\n\t]*[^/\\\s])?")
LARGEST = 65_536


def read_bulletin(root: Path, path: str, written: bool) -> tuple[Bulletin, tuple[Problem, ...]]:
    """Return the bulletin of a folder and its problems. `written` tells whether the folder has a `bulletin.yaml`.

    Without a usable file the folder's name is used; the library's own folder has the id `.`.
    """
    bare = _unwritten(root, path)
    if not written:
        return bare, ()
    name = clean_line(path) or clean_line(root.name) or "library"
    file = f"{path}/bulletin.yaml" if path else "bulletin.yaml"
    bare = bare._replace(id=name)
    try:
        found = mapping(clean(read_text(root, file, LARGEST)))
    except BadFile as error:
        return bare, (error.problem,)
    except BadYaml as error:
        message = _("不是可用的 YAML：{why}。").format(why=clean_line(error.message))
        problem = Problem(clean_line(file), error.line, "bulletin", message, _("改正这一行。"))
        return bare, (problem,)
    return _bulletin(found, name, clean_line(file))


def _unwritten(root: Path, path: str) -> Bulletin:
    """Return the bulletin of a folder without a `bulletin.yaml`."""
    title = clean_line(path) or clean_line(root.name) or "library"
    date, _rest = date_of_name(title.rpartition("/")[2])
    return Bulletin(clean_line(path) or ".", title, date)


def _bulletin(found: Mapping, name: str, file: str) -> tuple[Bulletin, tuple[Problem, ...]]:
    problems: list[Problem] = []

    def text(field: str) -> str:
        value = found.values.get(field)
        if isinstance(value, int) and field == "issued" and not isinstance(value, bool):
            value = str(value)
        if value is None or isinstance(value, str):
            return clean_line(clean(value or "")).strip()
        wrong(field, _("{field} 应为文字。").format(field=field), _("加上引号。"))
        return ""

    def wrong(field: str, message: str, remedy: str) -> None:
        problems.append(Problem(file, found.lines.get(field, 1), "bulletin", message, remedy))

    id, title, issued, source = (text(field) for field in ("id", "title", "issued", "source"))
    if not id:
        id = name
    elif not is_bulletin_id(id):
        wrong("id", _("id 不能用作册名。"), _("不以斜线起止，不含 . 或 .. 一级。"))
        id = name
    if not title and not problems:
        wrong("title", _("缺少 title 字段。"), _("写上这一册的名称。"))
    date = iso_date(issued) if issued else None
    if issued and not date:
        wrong("issued", _("issued 不是日期。"), _("写成 2023、2023-06 或 2023-06-01。"))
    return Bulletin(id, title or id, date, source), tuple(problems)


def is_bulletin_id(text: str) -> bool:
    """Return whether the text is a valid bulletin id: a relative path without `.` or `..`."""
    return bool(_ID.fullmatch(text)) and not {".", "..", ""} & set(text.split("/"))
