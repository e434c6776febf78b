"""The index on disk: an FTS5 table of grams, without the texts, in the catalogue's database.

The writer calls `create`, `add`, `remove` and `finish` inside its own transactions. It must guarantee:

- A number identifies one version of an article and is never reused: a changed article is removed and added again under
  a new number. Numbers rise with the dates as far as these are known at the time (undated articles first).
- Rows are added by rising number, within one call and from call to call.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from ..article import Article
from ..fold import INVISIBLE, bulk_fold, dense
from ..query.dates import day_of
from ..query.headline_sounds import sound_pairs
from ..text.document import fields, headline, is_plain, lengths
from ..word_tables import word_tables
from .grams import AUTHOR, BULLETIN, PLACE, SOUND, TAG, TITLE, pairs, prefixed, repeated_grams, value_token

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


class Counts(NamedTuple):
    """In how many articles something occurs. The fields are named like the tables `search_…`."""

    word: Counter[str]
    """Common words, to order the readings of pinyin."""
    name: Counter[str]
    """Authors."""
    place: Counter[str]

    def update(self, other: "Counts") -> None:
        """Add other counts."""
        for mine, others in zip(self, other, strict=True):
            mine.update(others)


def no_counts() -> Counts:
    """Return counts of nothing, which can be updated."""
    return Counts(Counter(), Counter(), Counter())


class GramBatch(NamedTuple):
    """What the index stores of some articles. Plain values, which a worker process can send to the writer at once."""

    grams: list[tuple[int, bytes]]
    """Numbers, and tokens separated by spaces. In UTF-8, as SQLite takes them, so that no process has to decode them.
    The same token may occur several times."""
    documents: list[tuple[int, int, bool, bool, str | None, str | None, int, int]]
    """Rows of `search_doc`. The day is 20230601, 20230600 for a month, 20230000 for a year, 0 if unknown; `plain` tells
    whether the paragraphs are exactly the text between empty lines, `unseen` whether the article has invisible
    characters. For the last two see `lengths`."""
    counts: Counts


def prepare(articles: Iterable[tuple[int, Article, int | None]]) -> GramBatch:
    """Return what the index stores of articles. Pure, and the expensive part of indexing: workers do it.

    With each article goes its number, and a day such as 20230601 that overrides the article's own date.
    """
    prepared = GramBatch([], [], no_counts())
    for number, article, day in articles:
        found = fields(article)
        folded = bulk_fold()("\n".join(text for _, text in found))
        unseen = INVISIBLE in folded
        if unseen:
            folded = folded.replace(INVISIBLE, "")
        if number <= COUNTED_TO or number % 8 == 0:
            prepared.counts.word.update(word_tables().pairs.intersection(pairs(folded)))
        prepared.counts.name.update(article.authors)
        prepared.counts.place.update([dense(article.place)] if article.place else ())
        prepared.grams.append((number, _tokens(article, folded)))
        day = day_of(article.date) if day is None else day
        about = is_plain(article.body, found), unseen, article.dateline or None, article.signature or None
        prepared.documents.append((number, day, *about, *lengths(article)))
    return prepared


def _tokens(article: Article, folded: str) -> bytes:
    """Return all tokens of an article, separated by spaces. `folded` are its folded fields."""
    title = folded.partition("\n")[0]
    spoken = "".join(filter(str.isalnum, title))
    values = [*map(_sound_tokens, map("".join, pairwise(spoken))), _value(BULLETIN, article.bulletin)]
    if article.place:
        values.append(_value(PLACE, article.place))
    if article.place_id is not None:
        values.append(f"{PLACE}{article.place_id}")
    values += [_value(AUTHOR, name) for name in article.authors]
    values += [_value(TAG, tag) for tag in article.tags]
    if joined := headline(title, article.title):
        title = f"{title}\n{joined.text}"
        folded = f"{folded}\n{joined.text}"
    in_title = prefixed(TITLE, repeated_grams(title))
    return b" ".join((repeated_grams(folded), in_title, " ".join(values).encode("utf-8", "replace")))


@lru_cache(1 << 14)
def _sound_tokens(pair: str) -> str:
    """Return the tokens for the sounds of two characters, which occur in many titles."""
    return " ".join([value_token(SOUND, sounds) for sounds in sound_pairs(pair)])


@lru_cache(1 << 10)
def _value(kind: str, value: str) -> str:
    return value_token(kind, dense(value))


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


def add(conn: sqlite3.Connection, batch: GramBatch) -> None:
    """Add articles, by rising number. `count` adds what was counted in them."""
    conn.executemany("INSERT INTO search_grams (rowid, grams) VALUES (?, ?)", batch.grams)
    conn.executemany("INSERT INTO search_doc VALUES (?, ?, ?, ?, ?, ?, ?, ?)", batch.documents)


def count(conn: sqlite3.Connection, counts: Counts) -> None:
    """Add the counts of articles to those in the tables."""
    for table, found in zip(Counts._fields, counts, strict=True):
        conn.executemany(
            f"INSERT INTO search_{table} VALUES (?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count",
            sorted(found.items()),
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
