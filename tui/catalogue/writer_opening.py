"""Opening of a catalogue for writing: in the database in use, or in a new one."""

import sqlite3

from . import gram_table, schema
from .database import Database
from .writer import CatalogueWriter

_BUSY_SECONDS = 60.0
"""Seconds that the writer waits for locks."""


def open_writer(database: Database) -> CatalogueWriter:
    """Return a writer for the database in use. Replaces one with another index format. The caller holds the lock."""
    database.open().close()
    conn = schema.connect(database.path, writing=True, busy=_BUSY_SECONDS)
    row = conn.execute("SELECT value FROM meta WHERE key = 'search'").fetchone()
    if row is not None and row[0] != gram_table.FORMAT:
        conn.close()
        database.drop()
        return open_writer(database)
    if row is None:
        _create_index(conn)
    return CatalogueWriter(conn)


def new_writer(database: Database, path: str) -> CatalogueWriter:
    """Return a writer for a new, empty database at `path`. The caller holds the lock."""
    conn = schema.make(path, database.root, schema.STAMP)
    try:
        _create_index(conn)
    except BaseException:
        conn.close()
        raise
    return CatalogueWriter(conn)


def _create_index(conn: sqlite3.Connection) -> None:
    """Create the tables of the index in the same database as those of the lists."""
    conn.execute("BEGIN IMMEDIATE")
    gram_table.create(conn)
    conn.execute("INSERT OR REPLACE INTO meta VALUES ('search', ?)", (gram_table.FORMAT,))
    schema.seal(conn)
    conn.execute("COMMIT")
