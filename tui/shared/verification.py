"""Checks that an archive is consistent, and that it holds what the folders hold."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..clean import clean_line
from ..i18n import _
from ..library import Library
from ..problem import Problem
from .article_row import digest, shard_of, storable

if TYPE_CHECKING:
    from .postgres import Connection

_MAX_NAMED = 20
"""Articles named for one fault."""


def _checks() -> tuple[tuple[str, str], ...]:
    """Return queries for the names of what is wrong, and their messages."""
    return (
        (
            "select i.id from ident i left join article a on a.day = i.day and a.number = i.number and a.id = i.id"
            " where a.id is null",
            _("“{id}”登记了，但没有这篇文章。"),
        ),
        (
            "select a.id from article a left join ident i on i.id = a.id and i.number = a.number where i.id is null",
            _("“{id}”没有登记。"),
        ),
        (
            "select a.id from article a join shard s using (shard) join library l on l.node <> s.node",
            _("“{id}”属于另一个节点。"),
        ),
        (
            "select a.id from article a left join load l using (load) where l.feed is null",
            _("“{id}”所属的装入没有完成。"),
        ),
        ("select name from part where not is_indexed", _("分区 {id} 没有索引。")),
        (
            "with listed as (select kind, name, sum(count) as count from grp group by kind, name),"
            " real as (select g.kind, g.name, count(*) as count from article,"
            " groups_of(day, bulletin, place, authors, tags) g group by 1, 2)"
            " select kind || ' ' || name from listed full join real using (kind, name)"
            " where coalesce(listed.count, 0) <> coalesce(real.count, 0)",
            _("组 {id} 的篇数不对。"),
        ),
    )


def faults(conn: "Connection") -> Iterator[str]:
    """Yield a line for each inconsistency of the node, at most `_MAX_NAMED` of each kind."""
    for query, message in _checks():
        for (name,) in conn.execute(f"{query} limit {_MAX_NAMED}".encode()):
            yield message.format(id=clean_line(name))


def differences(conn: "Connection", library: Library) -> Iterator[str]:
    """Yield a line for each article of the folder that the node should hold and does not, or holds differently."""
    issued = {bulletin.id: bulletin.issued for bulletin in library.bulletins()}
    (own,) = conn.execute("select array_agg(shard) from shard join library using (node)").fetchone() or ([],)
    shards = frozenset(own or ())
    for found in library.everything():
        if isinstance(found, Problem) or found.draft:
            continue
        article = storable(found)
        if shard_of(article.id) not in shards:
            continue
        row = conn.execute("select digest from ident where id = %s", (article.id,)).fetchone()
        if row is None:
            yield _("“{id}”不在库里。").format(id=clean_line(article.id))
        elif row[0] != digest(article, issued.get(article.bulletin)):
            yield _("“{id}”在库里不同。").format(id=clean_line(article.id))
