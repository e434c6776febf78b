"""The state of a node, for its administrator."""

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from .postgres import Connection

_SIZES = """select coalesce(sum(pg_total_relation_size(format('%%I', name))), 0)::bigint,
    coalesce(sum(pg_relation_size(format('%%I', name || '_grams'))), 0)::bigint from part where is_indexed"""


class NodeStatus(NamedTuple):
    """The state of a node."""

    name: str
    node: int
    schema: int
    articles: int
    drafts: int
    problems: int
    shards: int
    feed: int
    loaded: datetime | None
    """When the last load ended."""
    bytes: int
    index_bytes: int
    connections: int


def node_status(conn: "Connection") -> NodeStatus:
    """Return the state of the node. The user must be an editor."""

    def one(query: str) -> tuple[object, ...]:
        return conn.execute(query.encode()).fetchone() or ()

    name, node = one("select name, node from library")
    found = one(
        "select (select max(number) from schema_upgrade), (select count(*) from ident where number is not null),"
        " (select count(*) from draft), (select count(*) from problem),"
        " (select count(*) from shard join library using (node)), (select last from feed),"
        " (select max(at) from load where feed is not null)"
    )
    sizes = one(_SIZES.replace("%%", "%"))
    connections = one("select count(*) from pg_stat_activity where datname = current_database()")
    return NodeStatus(name, node, *found, *sizes, *connections)  # type: ignore[arg-type]
