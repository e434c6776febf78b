"""Moving a shard from one node to another while users read and importers load."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from .article_row import ARTICLE_COLUMNS, ArticleRow
from .live_load import Importer, Loaded
from .membership import node_map, set_node_map

if TYPE_CHECKING:
    from .postgres import Connection

_BATCH = 500
_COLUMNS = ", ".join(f"a.{name}" for name in ArticleRow._fields[:ARTICLE_COLUMNS])
_ROWS = f"""select {_COLUMNS}, i.digest, f.origin, f.path, f.size, f.mtime_ns from article a join ident i on i.id = a.id
    left join file f on f.key = i.file where a.shard = %s"""
_CHANGED_ROWS = f"{_ROWS} and a.load in (select load from load where feed > %s)"
_GONE = """select g.id from gone g join load l using (load) where l.feed > %s
    and not exists (select from ident i where i.id = g.id)"""


class _Origin(NamedTuple):
    """The file that an article came from."""

    origin: str | None
    path: str | None
    size: int | None
    mtime_ns: int | None


def move_shard(source: "Connection", target: "Connection", shard: int, others: Sequence["Connection"] = ()) -> int:
    """Move the articles of a shard to another node; return how many the old node had. `others` learn the new map.

    The new node shows them when its transaction commits; then the old one removes its own. If the move is interrupted
    in between, both have them, and a client drops one of each; moving the shard again completes the move.
    """
    importer = _Receiver(target)
    (feed,) = source.execute("select last from feed").fetchone() or (0,)
    with source.cursor() as cursor:
        target.execute("begin")
        try:
            load = importer.begin()
            found = importer.take(cursor.stream(_ROWS, (shard,)), load)
            source.execute("begin")
            try:
                source.execute("lock table shard in exclusive mode")  # importers wait, readers do not
                found += importer.take(iter(source.execute(_CHANGED_ROWS, (shard, feed)).fetchall()), load)
                gone = [id for (id,) in source.execute(_GONE, (feed,))]
                found += importer.remove(gone, load)
                _switch(source, target, shard)
                removed = _remove(source, shard)
                importer.end(load, found)
                target.execute("commit")
                source.execute("commit")
            except BaseException:
                source.rollback()
                raise
        except BaseException:
            target.rollback()
            raise
    _tell(target, others)
    return removed


def _switch(source: "Connection", target: "Connection", shard: int) -> None:
    """Change the map on both nodes."""
    (node, there) = target.execute("select node, map_version from library").fetchone() or (0, 0)
    (here,) = source.execute("select map_version from library").fetchone() or (0,)
    for conn in (source, target):
        conn.execute("update shard set node = %s where shard = %s", (node, shard))
        conn.execute("update library set map_version = %s", (max(here, there) + 1,))


def _tell(target: "Connection", others: Sequence["Connection"]) -> None:
    newest = node_map(target)
    for conn in others:
        set_node_map(conn, newest)


def _remove(source: "Connection", shard: int) -> int:
    (load,) = source.execute("select begin_load()").fetchone() or (0,)
    ids = [id for (id,) in source.execute("select id from article where shard = %s", (shard,))]
    (removed,) = source.execute("select remove_articles(%s, %s)", (ids, load)).fetchone() or (0,)
    source.execute("select end_load(%s, 0, %s)", (load, removed))
    return int(removed)


class _Receiver:
    """The new node, inside its transaction."""

    def __init__(self, conn: "Connection") -> None:
        self._importer = Importer(conn)
        self._conn = conn
        self._files: dict[_Origin, int] = {}

    def begin(self) -> int:
        """Begin the load; return its key."""
        (load,) = self._conn.execute("select begin_load()").fetchone() or (0,)
        return int(load)

    def take(self, rows: Iterator[tuple[Any, ...]], load: int) -> Loaded:
        """Store articles with the numbers that they have."""
        loaded = Loaded()
        while batch := [self._row(one) for one in islice(rows, _BATCH)]:
            loaded += self._importer.take(batch, load, is_move=True)
        return loaded

    def remove(self, ids: list[str], load: int) -> Loaded:
        """Remove articles that were removed from the old node meanwhile."""
        (removed,) = self._conn.execute("select remove_articles(%s, %s)", (ids, load)).fetchone() or (0,)
        return Loaded(removed=removed)

    def end(self, load: int, loaded: Loaded) -> None:
        """Give the load its feed number."""
        added, minus = loaded.added + loaded.replaced, loaded.replaced + loaded.removed
        self._conn.execute("select end_load(%s, %s, %s)", (load, added, minus))

    def _row(self, values: tuple[Any, ...]) -> ArticleRow:
        digest, *origin = values[ARTICLE_COLUMNS:]
        return ArticleRow._make((*values[:ARTICLE_COLUMNS], digest, self._file(_Origin(*origin)), []))

    def _file(self, origin: _Origin) -> int:
        """Return the key of the file on this node, adding it if it is missing."""
        if origin not in self._files:
            row = self._conn.execute(
                "insert into file (origin, path, size, mtime_ns) values (%s, %s, %s, %s)"
                " on conflict (origin, path) do update set size = file.size returning key",
                [
                    value if value is not None else default
                    for value, default in zip(origin, ("", "", -1, -1), strict=True)
                ],
            ).fetchone()
            self._files[origin] = int(row[0]) if row else 0
        return self._files[origin]
