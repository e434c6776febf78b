"""The subcommand `shared`: create and manage a shared library in PostgreSQL."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..clean import clean_line
from ..i18n import _
from ..library import BadLibrary, open_library
from ..shared.postgres import ServerProblem, connect, explained, is_address, shown
from .arguments import Arguments, UsageError
from .output import remark

if TYPE_CHECKING:
    from ..shared.postgres import Connection

_FAILED = 2


def run(arguments: Arguments) -> int:
    """Run one of the actions; return 2 after a failure."""
    what, address, *others = arguments.operands
    if not is_address(address):
        raise UsageError(_("“{word}”不是共享库的地址，应是 service=服务名 或 postgresql://…").format(word=address))
    try:
        with connect(address, statement_seconds=0) as conn, explained(address):
            return _ACTIONS[what](conn, address, others, arguments)
    except ServerProblem as problem:
        remark(f"ganews-tui: {problem.line}")
        return _FAILED


def _init(conn: "Connection", address: str, others: Sequence[str], arguments: Arguments) -> int:
    from ..reading.identity import new_id
    from ..shared.upgrades import Archive, init

    if others:
        raise UsageError(_("多了“{word}”。").format(word=others[0]))
    name = arguments.text("name") or conn.info.dbname
    count = 0
    for upgrade in init(conn, Archive(new_id(), name, 0), address):
        remark(_("{number} {name}：完成").format(number=upgrade.number, name=upgrade.name))
        count += 1
    if not count:
        remark(_("{where}：已是最新。").format(where=shown(address)))
    return 0


def _load(conn: "Connection", address: str, others: Sequence[str], _arguments: Arguments) -> int:
    from ..shared.folder_load import FolderLoad
    from ..shared.live_load import Importer
    from ..shared.upgrades import check

    if not others:
        raise UsageError(_("要给出文件夹。"))
    check(conn, address)
    importer = Importer(conn)
    for folder in others:
        try:
            library = open_library(Path(folder))
        except BadLibrary as error:
            remark(f"ganews-tui: {error.problem}")
            return _FAILED
        loaded = FolderLoad(importer, library).run()
        text = _("{folder}：新增 {added} 篇，更新 {replaced} 篇，删除 {removed} 篇。")
        counts = {"added": loaded.added, "replaced": loaded.replaced, "removed": loaded.removed}
        remark(text.format(folder=clean_line(folder), **counts))
    return 0


_ACTIONS = {"init": _init, "load": _load}
