"""The index on disk: an FTS5 table of grams, without the texts, in the catalogue's database.

The writer calls `create`, `add`, `remove` and `finish` inside its own transactions. It must guarantee:

- A number identifies one version of an article and is never reused: a changed article is removed and added again under
  a new number. Numbers rise with the dates as far as these are known at the time (undated articles first).
- Rows are added by rising number, within one call and from call to call.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ..article import Article
from ..fold import INVISIBLE, bulk_fold, dense
from ..query.dates import day_of
from ..query.headline_sounds import sound_pairs
from ..text.document import fields, headline, is_plain, lengths
from ..word_tables import word_tables
from .grams import AUTHOR, BULLETIN, PLACE, SOUND, TAG, TITLE, grams, stream, value_token

FORMAT = 9
"""Version of the tables. An index of another version is rebuilt."""

_SCHEMA = """
CREATE VIRTUAL TABLE IF NOT EXISTS search_grams USING
    fts5(grams, content='', tokenize='ascii', detail=none, columnsize=0);
CREATE TABLE IF NOT EXISTS search_doc
    (number INTEGER PRIMARY KEY, day INTEGER NOT NULL, plain INTEGER NOT NULL, unseen INTEGER NOT NULL,
     dateline TEXT, byline TEXT, title_length INTEGER NOT NULL, length INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS search_gone (number INTEGER PRIMARY KEY);
CREATE TABLE IF NOT EXISTS search_word (word TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS search_name (name TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS search_place (name TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS search_order (sorted_to INTEGER NOT NULL, merged_to INTEGER NOT NULL);
"""
_BULK = {"hashsize": 64 << 20, "automerge": 0, "crisismerge": 64}
"""FTS5 options for bulk loads: it collects 64 MB before it writes, and parts are merged only at the end."""
_USUAL = {"hashsize": 1 << 20, "automerge": 4, "crisismerge": 16}
"""FTS5 options for small changes."""
_STEP = 2000
"""Pages that one step of merging writes; it takes a few tenths of a second."""
_SET = "INSERT INTO search_grams (search_grams, rank) VALUES (?, ?)"
_WORTH_MERGING = 5_000
"""Articles. Fewer new ones than this do not start a merge."""
COUNTED_TO = 10_000
"""Articles. Beyond this number words are counted in one of eight only, since counts only decide their order."""


class GramRecord(NamedTuple):
    """The data of an article that the index stores. Plain values, which a worker process can send to the writer."""

    number: int
    day: int
    """20230601, 20230600 for a month, 20230000 for a year, 0 if unknown."""
    plain: bool
    """Whether the paragraphs are exactly the text between empty lines."""
    unseen: bool
    """Whether it has invisible characters."""
    dateline: str | None
    byline: str | None
    title_length: int
    length: int
    """See `lengths`."""
    place: str | None
    grams: bytes
    """Tokens separated by spaces. In UTF-8, as SQLite takes them, so that no process has to decode them."""
    words: tuple[str, ...]
    """Common words that occur in the article, to order the readings of pinyin by count."""
    names: tuple[str, ...]
    """Authors."""


def prepare(number: int, article: Article, day: int | None = None) -> GramRecord:
    """Return the data of an article for the index. Pure, and the expensive part of indexing: workers do it.

    `day` overrides the article's own date, as a number such as 20230601.
    """
    found = fields(article)
    folded = bulk_fold()("\n".join(text for _, text in found))
    unseen = INVISIBLE in folded
    if unseen:
        folded = folded.replace(INVISIBLE, "")
    tokens = stream(folded)
    common = word_tables().pairs & tokens if number <= COUNTED_TO or number % 8 == 0 else ()
    title = folded.partition("\n")[0]
    tokens.update(TITLE + gram for gram in grams(title))
    if joined := headline(title, article.title):
        across = grams(joined.text)
        tokens.update(across, (TITLE + gram for gram in across))
    tokens.update(value_token(SOUND, pair) for pair in sound_pairs(title))
    if article.place:
        tokens.add(value_token(PLACE, dense(article.place)))
    if article.place_id is not None:
        tokens.add(f"{PLACE}{article.place_id}")
    tokens.update(value_token(AUTHOR, dense(name)) for name in article.authors)
    tokens.update(value_token(TAG, dense(tag)) for tag in article.tags)
    tokens.add(value_token(BULLETIN, dense(article.bulletin)))
    return GramRecord(
        number,
        day_of(article.date) if day is None else day,
        is_plain(article.body, found),
        unseen,
        article.dateline or None,
        article.signature or None,
        *lengths(article),
        article.place or None,
        " ".join(tokens).encode("utf-8", "replace"),
        tuple(common),
        article.authors,
    )


def create(conn: sqlite3.Connection) -> None:
    """Create the tables if they are missing."""
    for statement in _SCHEMA.split(";"):
        if statement.strip():
            conn.execute(statement)
    if not conn.execute("SELECT 1 FROM search_order").fetchone():
        conn.execute("INSERT INTO search_order VALUES (0, 0)")


def drop(conn: sqlite3.Connection) -> None:
    """Drop the tables."""
    for table in ("grams", "doc", "gone", "word", "name", "place", "order"):
        conn.execute(f"DROP TABLE IF EXISTS search_{table}")


def bulk(conn: sqlite3.Connection) -> None:
    """Set the options for adding many articles. Then call `finish` at the end, and `merge` until it returns False."""
    _configure(conn, _BULK)


def add(conn: sqlite3.Connection, rows: Iterable[GramRecord]) -> None:
    """Add articles, by rising number."""
    found: Counter[str] = Counter()
    names: Counter[str] = Counter()
    places: Counter[str] = Counter()
    batch = list(rows)
    conn.executemany(
        "INSERT INTO search_grams (rowid, grams) VALUES (?, ?)", ((row.number, row.grams) for row in batch)
    )
    conn.executemany(
        "INSERT INTO search_doc VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (*(row.number, row.day, row.plain, row.unseen), *(row.dateline, row.byline, row.title_length, row.length))
            for row in batch
        ),
    )
    for row in batch:
        found.update(row.words)
        names.update(row.names)
        places.update([dense(row.place)] if row.place else ())
    for table, counts in (("word", found), ("name", names), ("place", places)):
        conn.executemany(
            f"INSERT INTO search_{table} VALUES (?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count",
            sorted(counts.items()),
        )


def remove(conn: sqlite3.Connection, numbers: Sequence[int]) -> None:
    """Remove articles. Does not need their texts. Their postings stay until the index is rebuilt."""
    rows = [(number,) for number in numbers]
    conn.executemany("DELETE FROM search_doc WHERE number = ?", rows)
    conn.executemany("INSERT OR IGNORE INTO search_gone VALUES (?)", rows)


def finish(conn: sqlite3.Connection) -> None:
    """Complete the additions: restore the usual options, record the date order, merge if worthwhile."""
    _configure(conn, _USUAL)
    conn.execute("UPDATE search_order SET sorted_to = ?", (_sorted_to(conn),))
    _merge(conn)


def merge(conn: sqlite3.Connection, first: bool = False) -> bool:
    """Do one step of merging the index into one part; return False when it is complete.

    An index in one part is smaller and faster to search. Each step may be a separate transaction, and merging may stop
    after any step. `first` marks the first step.
    """
    before = conn.total_changes
    conn.execute(_SET, ("merge", -_STEP if first else _STEP))
    return conn.total_changes - before >= 2


def _configure(conn: sqlite3.Connection, values: Mapping[str, int]) -> None:
    conn.executemany(_SET, values.items())


def _merge(conn: sqlite3.Connection) -> None:
    """Merge the index into one part after many additions: it becomes 10 % smaller, long phrases twice as fast."""
    last, merged = conn.execute("SELECT (SELECT max(number) FROM search_doc), merged_to FROM search_order").fetchone()
    if last is not None and last - merged > max(merged // 4, _WORTH_MERGING):
        conn.execute("INSERT INTO search_grams (search_grams) VALUES ('optimize')")
        conn.execute("UPDATE search_order SET merged_to = ?", (last,))


def needs_rebuild(conn: sqlite3.Connection) -> bool:
    """Return whether a rebuild pays: many articles were removed, or added out of date order."""
    documents, gone, last, ordered = conn.execute(
        "SELECT (SELECT count(*) FROM search_doc), (SELECT count(*) FROM search_gone), "
        "(SELECT max(number) FROM search_doc), (SELECT sorted_to FROM search_order)"
    ).fetchone()
    (late,) = conn.execute("SELECT count(*) FROM search_doc WHERE number > ?", (ordered,)).fetchone()
    return documents > 1000 and last is not None and (gone * 4 > documents or late * 4 > documents)


def _sorted_to(conn: sqlite3.Connection) -> int:
    """Return the highest number such that dates rise with the numbers up to it. Continues from the stored one."""
    (ordered,) = conn.execute("SELECT sorted_to FROM search_order").fetchone()
    last = conn.execute("SELECT day FROM search_doc WHERE number <= ? ORDER BY number DESC", (ordered,)).fetchone()
    newest = last[0] if last else 0
    for number, day in conn.execute("SELECT number, day FROM search_doc WHERE number > ? ORDER BY number", (ordered,)):
        if day < newest:
            break
        newest, ordered = day, number
    return int(ordered)
