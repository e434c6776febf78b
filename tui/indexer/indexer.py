"""Brings catalogue and search index in step with a library's folder."""

import os
import sqlite3
import time
from collections.abc import Callable

from ..catalogue import Catalogue, schema
from ..catalogue import gram_table as search
from ..catalogue.damage import IN_USE, SUSPICIOUS, UNAVAILABLE, code, is_passing, is_proven
from ..catalogue.database import Database
from ..library import Library
from .progress import Progress, ProgressMeter, never, silent
from .run import IndexRun
from .workers import WorkersLost

_TRIES = 4


class Indexer:
    """Reads what changed in a library. Run it in a thread of its own; catalogues see what it did by `refresh()`.

    Rows, grams and the mark of how far it came are written in one transaction: it can be cancelled or killed at any
    moment and goes on where it was. Of several programs one works, the others wait for it.
    """

    def __init__(self, catalogue: Catalogue, processes: int | None = None) -> None:
        """`processes` parse beside this one when there is much to read (0: none); by default one a processor."""
        self._root = catalogue.library.root
        self._home: Database = catalogue.home
        self._processes = _processors() if processes is None else processes

    def first(self) -> None:
        """So much at once that a first screen can be shown, if the catalogue is empty: some milliseconds."""
        try:
            with self._home.writing() as mine:
                if mine:
                    self._first()
        except (sqlite3.Error, OSError) as error:  # `run` tries again, and repairs what is damaged
            if not is_passing(error):
                raise

    def _first(self) -> None:
        conn = self._connect()
        try:
            conn.execute("PRAGMA synchronous = OFF")  # nobody waits for the disk: `run` reads it all again
            self._session(conn, silent, never).first()
        finally:
            conn.close()

    def run(self, progress: Callable[[Progress], None] = silent, cancelled: Callable[[], bool] = never) -> bool:
        """Bring everything in step; False when cancelled before the end. Call it again to look for changes."""
        for attempt in range(_TRIES):
            try:
                return self._run(progress, cancelled)
            except WorkersLost:
                self._processes = 0
            except (OSError, *SUSPICIOUS) as error:
                if isinstance(error, OSError) and self._in_step():
                    progress(Progress("done"))
                    return True
                if attempt == _TRIES - 1 or not self._recover(error):
                    raise
        return False

    def _run(self, progress: Callable[[Progress], None], cancelled: Callable[[], bool]) -> bool:
        waited = False
        while not cancelled():
            with self._home.writing() as mine:
                if mine:
                    done = self._work(progress, cancelled)
                    if done:
                        progress(Progress("done"))
                    return done
            if not waited:
                progress(Progress("waiting"))
            waited = True
            time.sleep(0.1)
        return False

    def _work(self, progress: Callable[[Progress], None], cancelled: Callable[[], bool]) -> bool:
        conn = self._connect()
        try:
            before = conn.total_changes
            if not self._session(conn, progress, cancelled).run():
                return False
            worn = conn.total_changes > before and search.needs_rebuild(conn)
        finally:
            conn.close()
        return self._renew(progress, cancelled) if worn and self._home.kept else True

    def _in_step(self) -> bool:
        """True when a catalogue that cannot be written to need not be."""
        try:
            conn = self._home.open()
            try:
                return self._session(conn, silent, never).in_step()
            finally:
                conn.close()
        except (sqlite3.Error, OSError) as error:
            if not is_passing(error):
                raise
            return False

    def _renew(self, progress: Callable[[Progress], None], cancelled: Callable[[], bool]) -> bool:
        """Make everything anew beside what is there, then put it in its place."""
        path = self._home.begin_new()
        conn = schema.make(path, self._home.root, schema.STAMP)
        try:
            _prepare(conn)
            if not self._session(conn, progress, cancelled).run():
                return False
        finally:
            conn.close()
        self._home.activate(path)
        self._home.sweep()
        return True

    def _session(
        self, conn: sqlite3.Connection, progress: Callable[[Progress], None], cancelled: Callable[[], bool]
    ) -> IndexRun:
        return IndexRun(conn, Library(self._root), self._processes, ProgressMeter(progress), cancelled)

    def _connect(self) -> sqlite3.Connection:
        """A writing connection to the database in use, with the tables of this format of the search index."""
        self._home.open().close()
        conn = schema.connect(self._home.path, writing=True, busy=60.0)
        row = conn.execute("SELECT value FROM meta WHERE key = 'search'").fetchone()
        if row is not None and row[0] != search.FORMAT:
            conn.close()
            self._home.drop()
            return self._connect()
        if row is None:
            _prepare(conn)
        return conn

    def _recover(self, error: Exception) -> bool:
        """Leave a folder that cannot be written to, replace a database that is damaged; False if neither is true."""
        if isinstance(error, OSError) or code(error) in UNAVAILABLE:
            self._home.give_up_cache()
        elif code(error) not in IN_USE:
            if not is_proven(error, self._home.path):
                return False
            self._home.drop()
        return True


def _prepare(conn: sqlite3.Connection) -> None:
    """Make the tables of the search index beside the catalogue's."""
    conn.execute("BEGIN IMMEDIATE")
    search.create(conn)
    conn.execute("INSERT OR REPLACE INTO meta VALUES ('search', ?)", (search.FORMAT,))
    schema.seal(conn)
    conn.execute("COMMIT")


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
