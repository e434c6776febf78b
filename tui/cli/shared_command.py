"""The subcommand `shared`: create and manage a shared library in PostgreSQL."""

import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..archive_address import is_address, node_addresses, shown
from ..clean import clean_line
from ..i18n import _
from ..library import BadLibrary, Library, open_library
from ..shared.postgres import ServerProblem, connect, explained
from .arguments import Arguments, UsageError
from .output import remark
from .progress_line import LoadLine

if TYPE_CHECKING:
    from ..shared.live_load import Loaded
    from ..shared.postgres import Connection

_FAILED = 2
_BULK_BYTES = 4_000_000
"""Bytes of a library that is loaded in bulk into an empty archive; a smaller one takes a few seconds either way."""
_UNITS = (("kB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000))
_WATCH_SECONDS = 1.0
"""Seconds between two looks at a watched folder, or ten times the processor time of a look that finds nothing new."""


class _Node(NamedTuple):
    """A connection to a node."""

    address: str
    conn: "Connection"


def run(arguments: Arguments) -> int:
    """Run one of the actions; return 2 after a failure."""
    what, address, *others = arguments.operands
    if not is_address(address):
        raise UsageError(_("“{word}”不是共享库的地址，应是 service=服务名 或 postgresql://…").format(word=address))
    try:
        return _ACTIONS[what](address, others, arguments)
    except ServerProblem as problem:
        remark(f"ganews-tui: {problem.line}")
        return _FAILED


def _open(address: str) -> list[_Node]:
    """Return connections to all nodes of the address, after checking their schemas. Raises ServerProblem."""
    found = _tried(address)
    for one in found:
        if isinstance(one, ServerProblem):
            raise one
    return [one for one in found if isinstance(one, _Node)]


def _tried(address: str) -> "list[_Node | ServerProblem]":
    """Return a connection to each node of the address, or why there is none. All are asked at once."""
    from concurrent.futures import ThreadPoolExecutor

    from ..shared.upgrades import check

    def connected(one: str) -> _Node | ServerProblem:
        try:
            node = _Node(one, connect(one, statement_seconds=0))
            check(node.conn, one)
        except ServerProblem as problem:
            return problem
        return node

    addresses = node_addresses(address)
    with ThreadPoolExecutor(len(addresses)) as pool:
        return list(pool.map(connected, addresses))


def _expect(others: Sequence[str], *names: str) -> None:
    """Raise UsageError unless there is an operand for each name."""
    if len(others) < len(names):
        raise UsageError(_("要给出{name}。").format(name=names[len(others)]))
    if len(others) > len(names):
        raise UsageError(_("多了“{word}”。").format(word=others[len(names)]))


def _init(address: str, others: Sequence[str], arguments: Arguments) -> int:
    """Create or upgrade the schema; with --join, make the database another node of an archive."""
    from ..reading.identity import new_id
    from ..shared.membership import join, register
    from ..shared.upgrades import Archive, init, number_of

    _expect(others)
    members = {}
    for node in _open(arguments.text("join")) if arguments.flag("join") else ():
        (number, *about) = node.conn.execute("select node, id, name from library").fetchone() or (0,)
        members[int(number)] = (node, about)
    for one in node_addresses(address):
        with connect(one, statement_seconds=0) as conn, explained(one):
            is_new = not number_of(conn)
            if members:
                [(_node, (archive_id, name)), *_rest] = members.values()
                archive = Archive(archive_id, name, max(members) + 1)
            else:
                archive = Archive(new_id(), arguments.text("name") or conn.info.dbname, 0)
            for upgrade in init(conn, archive, one):
                remark(_("{number} {name}：完成").format(number=upgrade.number, name=upgrade.name))
            if is_new and members:
                join(conn, one, {number: node.conn for number, (node, _about) in members.items()})
            elif is_new:
                register(conn, one)
            else:
                remark(_("{where}：已是最新。").format(where=shown(one)))
    return 0


def _load(address: str, others: Sequence[str], arguments: Arguments) -> int:
    """Load folders, once or again and again."""
    if not others:
        raise UsageError(_("要给出{name}。").format(name=_("文件夹")))
    nodes = _open(address)
    jobs = arguments.number("jobs") or os.cpu_count() or 1
    pause = _WATCH_SECONDS
    while True:
        started = time.process_time()
        has_changed = False
        for folder in others:
            try:
                library = open_library(Path(folder))
            except BadLibrary as error:
                remark(f"ganews-tui: {error.problem}")
                return _FAILED
            for node in nodes:
                with explained(node.address):
                    loaded = _load_folder(node, library, jobs)
                if not arguments.flag("watch") or loaded.changes:
                    _report(folder, loaded)
                has_changed = has_changed or bool(loaded.changes)
        if not arguments.flag("watch"):
            return 0
        if not has_changed:  # the time that loading took says nothing about the next look
            pause = max(_WATCH_SECONDS, 10 * (time.process_time() - started))
        time.sleep(pause)


def _load_folder(node: _Node, library: Library, jobs: int) -> "Loaded":
    from ..shared.bulk_load import BulkLoad, is_empty
    from ..shared.folder_load import FolderLoad

    with LoadLine() as line:
        if is_empty(node.conn) and sum(file.size for file in library.files()) > _BULK_BYTES:
            return BulkLoad(node.address, library, jobs, line.show).run()
        return FolderLoad(node.address, library, jobs, line.show).run()


def _report(folder: str, loaded: "Loaded") -> None:
    text = _("{folder}：新增 {added} 篇，更新 {replaced} 篇，删除 {removed} 篇。")
    counts = {"added": loaded.added, "replaced": loaded.replaced, "removed": loaded.removed}
    remark(text.format(folder=clean_line(folder), **counts))


def _status(address: str, others: Sequence[str], _arguments: Arguments) -> int:
    """Print the state of each node; return 2 if one of them does not answer."""
    _expect(others)
    status = 0
    for node in _tried(address):
        if isinstance(node, ServerProblem):
            remark(f"ganews-tui: {node.line}")
            status = _FAILED
        else:
            _print_status(node)
    return status


def _print_status(node: _Node) -> None:
    from ..shared.archive_status import node_status

    with explained(node.address):
        found = node_status(node.conn)
    print(_("节点 {node}：{where}").format(node=found.node, where=shown(node.address)))
    print(_("  库：{name}，格式 {schema}").format(name=clean_line(found.name), schema=found.schema))
    text = _("  文章 {articles} 篇，草稿 {drafts} 篇，问题 {problems} 个，分片 {shards} 个")
    print(text.format(**found._asdict()))
    loaded = found.loaded.astimezone().strftime("%Y-%m-%d %H:%M:%S") if found.loaded else _("从未")
    print(_("  装入 {feed} 次，最近：{loaded}").format(feed=found.feed, loaded=loaded))
    sizes = {"size": disk_size(found.bytes), "index": disk_size(found.index_bytes)}
    print(_("  磁盘 {size}，其中索引 {index}").format(**sizes))
    print(_("  连接 {connections} 个").format(connections=found.connections))


def disk_size(count: int) -> str:
    """Return a number of bytes in kB up to ten MB, then in MB up to ten GB, then in GB."""
    unit, size = next(((unit, size) for unit, size in _UNITS if count < 10_000 * size), _UNITS[-1])
    return f"{count / size:,.0f} {unit}"


def _grant(address: str, others: Sequence[str], _arguments: Arguments) -> int:
    """Give a user rights on every node."""
    from ..shared.archive_users import LEVELS, grant

    _expect(others, _("用户"), _("权限"))
    user, level = others
    if level not in (*LEVELS, "none"):
        raise UsageError(_("“{word}”不是权限，应是 reader、editor、admin 或 none。").format(word=level))
    for node in _open(address):
        with explained(node.address):
            is_new = grant(node.conn, user, level)
        if is_new:
            text = _("{where}：新用户 {user} 没有密码；本机可用 peer 登录，或在 psql 里用 \\password {user} 设密码。")
            remark(text.format(where=shown(node.address), user=clean_line(user)))
    return 0


def _move_shard(address: str, others: Sequence[str], _arguments: Arguments) -> int:
    """Move a shard to a node."""
    from ..shared.membership import node_map
    from ..shared.shard_move import move_shard

    _expect(others, _("分片"), _("节点"))
    if not all(word.isdecimal() for word in others):
        raise UsageError(_("分片和节点是数字。"))
    shard, number = map(int, others)
    nodes = {}
    for node in _open(address):
        (found,) = node.conn.execute("select node from library").fetchone() or (0,)
        nodes[int(found)] = node
    newest = max((node_map(node.conn) for node in nodes.values()), key=lambda one: one.version)
    if shard not in newest.shards or number not in nodes or newest.shards[shard] not in nodes:
        raise UsageError(_("没有分片 {shard} 或节点 {node}；地址里要有这两个节点。").format(shard=shard, node=number))
    source, target = nodes[newest.shards[shard]], nodes[number]
    if source is target:
        remark(_("分片 {shard} 已在节点 {node}。").format(shard=shard, node=number))
        return 0
    others_told = [node.conn for key, node in nodes.items() if key not in (newest.shards[shard], number)]
    with explained(target.address):
        moved = move_shard(source.conn, target.conn, shard, others_told)
    remark(_("分片 {shard} 的 {n} 篇文章已移到节点 {node}。").format(shard=shard, n=moved, node=number))
    return 0


def _verify(address: str, others: Sequence[str], _arguments: Arguments) -> int:
    """Print every fault of the nodes, and what they lack of the folders; return 2 if there is any."""
    from ..shared.verification import differences, faults

    count = 0
    for node in _open(address):
        with explained(node.address):
            for line in faults(node.conn):
                print(f"{shown(node.address)}：{line}")
                count += 1
            for folder in others:
                try:
                    library = open_library(Path(folder))
                except BadLibrary as error:
                    remark(f"ganews-tui: {error.problem}")
                    return _FAILED
                for line in differences(node.conn, library):
                    print(f"{shown(node.address)}：{line}")
                    count += 1
    remark(_("{n} 处不符。").format(n=count) if count else _("没有发现不符。"))
    return _FAILED if count else 0


_ACTIONS = {
    "init": _init,
    "load": _load,
    "status": _status,
    "grant": _grant,
    "move-shard": _move_shard,
    "verify": _verify,
}
