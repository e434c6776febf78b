"""The nodes of an archive: which there are, and how another one joins."""

from typing import TYPE_CHECKING, NamedTuple

from ..archive_address import without_password
from ..i18n import _
from .postgres import ServerProblem

if TYPE_CHECKING:
    from .postgres import Connection


class Node(NamedTuple):
    """A node and its address."""

    number: int
    address: str


class NodeMap(NamedTuple):
    """What a node knows about the others."""

    nodes: tuple[Node, ...]
    shards: dict[int, int]
    """The node of each shard."""
    version: int


def node_map(conn: "Connection") -> NodeMap:
    """Return the map that the node has."""
    nodes = tuple(Node(*row) for row in conn.execute("select node, address from node order by node"))
    shards = {int(shard): int(node) for shard, node in conn.execute("select shard, node from shard")}
    (version,) = conn.execute("select map_version from library").fetchone() or (0,)
    return NodeMap(nodes, shards, version)


def set_node_map(conn: "Connection", wanted: NodeMap) -> None:
    """Replace the map of a node."""
    with conn.transaction(), conn.cursor() as cursor:
        cursor.execute("delete from node")
        cursor.executemany("insert into node values (%s, %s)", wanted.nodes)
        cursor.executemany("update shard set node = %s where shard = %s", [(n, s) for s, n in wanted.shards.items()])
        cursor.execute("update library set map_version = %s", (wanted.version,))


def register(conn: "Connection", address: str) -> None:
    """Record the address of the first node, if none is recorded."""
    conn.execute(
        "insert into node select node, %s from library where not exists (select from node)",
        (without_password(address),),
    )


def join(new: "Connection", address: str, members: dict[int, "Connection"]) -> None:
    """Tell all nodes about a new one, which has no shard yet. `members` are the connections to the others."""
    maps = [node_map(conn) for conn in members.values()]
    newest = max(maps, key=lambda one: one.version)
    if missing := {node.number for node in newest.nodes} - members.keys():
        raise ServerProblem("unreachable", _("缺少节点 {n} 的地址。").format(n=min(missing)))
    (number,) = new.execute("select node from library").fetchone() or (0,)
    others = tuple(node for node in newest.nodes if node.number != number)
    wanted = NodeMap((*others, Node(number, without_password(address))), newest.shards, newest.version + 1)
    for conn in (new, *members.values()):
        set_node_map(conn, wanted)
        conn.execute("notify ganews, 'nodes'")  # open readers connect to the new node before shards move to it
