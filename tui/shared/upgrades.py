"""The schema of an archive: creating it, and its numbered upgrades."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..archive_address import shown
from ..i18n import _
from .postgres import ServerProblem, explained

if TYPE_CHECKING:
    from .postgres import Connection

_FOLDER = Path(__file__).parent / "schema"
_NAME = re.compile(r"(\d{4})_(\w+)\.sql")


class Upgrade(NamedTuple):
    """A file of SQL statements that takes the schema from the number before to this one."""

    number: int
    name: str
    statements: str


class Archive(NamedTuple):
    """The archive that a node belongs to."""

    id: str
    name: str
    node: int


def upgrades() -> tuple[Upgrade, ...]:
    """Return all upgrades, in order; the first creates the schema."""
    found = ((_NAME.fullmatch(path.name), path) for path in sorted(_FOLDER.iterdir()))
    return tuple(Upgrade(int(name[1]), name[2], path.read_text("utf-8")) for name, path in found if name)


def newest() -> int:
    """Return the number of the schema that this program works with."""
    return upgrades()[-1].number


def number_of(conn: "Connection") -> int:
    """Return the number of the database's schema, 0 if it has none."""
    if conn.execute("select to_regclass('public.schema_upgrade') is null").fetchone() == (True,):
        return 0
    row = conn.execute("select max(number) from schema_upgrade").fetchone()
    return int(row[0]) if row else 0


def check(conn: "Connection", address: str) -> None:
    """Raise ServerProblem unless the database has the schema that this program works with."""
    with explained(address):
        found = number_of(conn)
    where = shown(address)
    if not found:
        line = _("{where}：这个数据库不是共享库；建库：ganews-tui shared init")
        raise ServerProblem("no-archive", line.format(where=where))
    if found > newest():
        line = _("{where}：共享库的格式 {found} 比程序认识的 {known} 新，请升级 ganews-tui。")
        raise ServerProblem("newer", line.format(where=where, found=found, known=newest()))
    if found < newest():
        line = _("{where}：共享库的格式 {found} 太旧，管理员应升级：ganews-tui shared init")
        raise ServerProblem("older", line.format(where=where, found=found))


def init(conn: "Connection", archive: Archive, address: str) -> Iterator[Upgrade]:
    """Create the schema, or apply the upgrades that are missing; yield each upgrade after it is committed.

    The user of the connection must be allowed to create roles. Raises ServerProblem.
    """
    with explained(address):
        conn.execute((_FOLDER / "roles.sql").read_text("utf-8"))
        before = number_of(conn)
    if before > newest():
        check(conn, address)
    for upgrade in upgrades():
        if upgrade.number > before:
            with explained(address):
                _apply(conn, upgrade, archive)
            yield upgrade


def _apply(conn: "Connection", upgrade: Upgrade, archive: Archive) -> None:
    with conn.transaction():
        conn.execute("set local role ganews_admin")
        conn.execute("set local statement_timeout = 0")
        conn.execute(upgrade.statements.encode())
        if upgrade.number == 1:
            conn.execute("insert into library (id, name, node) values (%s, %s, %s)", archive)
            conn.execute("insert into numbering (next) values ((%s::bigint << 48) + 1)", (archive.node,))
        values = (upgrade.number, upgrade.name)
        conn.execute("insert into schema_upgrade (number, name) values (%s, %s)", values)
