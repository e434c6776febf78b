"""Programs that answer the suite: one adapter each, asked as their documentation says.

Words between spaces must all occur. No adapter folds or converts anything that its program does not.
"""

import json
import os
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from tui.catalogue import Catalogue
from tui.indexer import Indexer
from tui.library import Library
from tui.search.engine import SearchEngine

from ..library import ROOT
from ..peers import command, python
from .data import Suite
from .postgres import SIMPLE, TRIGRAM, PostgresMissing, sql, temporary_cluster
from .scoring import Answers

OURS = "ganews-tui"


class Unavailable(Exception):
    """The program is not installed."""


@dataclass(frozen=True, slots=True)
class Adapter:
    """A program as it is asked."""

    name: str
    how: str
    """How it indexes and is asked."""
    answer: Callable[[Suite], Answers]
    """Raises `Unavailable`."""


def ask_ganews(suite: Suite) -> Answers:
    """Ask our program, each query as typed."""
    with TemporaryDirectory() as folder, _environment("XDG_CACHE_HOME", f"{folder}/cache"):
        bulletin = Path(folder, "library", "suite")
        bulletin.mkdir(parents=True)
        (bulletin / "bulletin.yaml").write_text("title: Suite\n", "utf-8")
        articles = (
            {"id": one.id, "title": one.title.split(" "), "body": one.text, "authors": [one.author]}
            for one in suite.documents
        )
        lines = "".join(json.dumps(article, ensure_ascii=False) + "\n" for article in articles)
        (bulletin / "articles.jsonl").write_text(lines, "utf-8")
        with closing(Catalogue(Library(bulletin.parent))) as catalogue:
            Indexer(catalogue).run()
            engine = SearchEngine(catalogue)
            return {
                query.id: [hit.article.rpartition("/")[2] for hit in engine.search(query.query).hits]
                for query in suite.queries
            }


def ask_fts5(tokenizer: str, suite: Suite) -> Answers:
    """Ask SQLite FTS5: each word as a phrase, the best by bm25 first."""
    with closing(sqlite3.connect(":memory:")) as conn:
        try:
            conn.execute(f"CREATE VIRTUAL TABLE doc USING fts5(id UNINDEXED, searched, tokenize='{tokenizer}')")
        except sqlite3.OperationalError as error:
            raise Unavailable(f"SQLite {sqlite3.sqlite_version}: {error}") from None
        conn.executemany("INSERT INTO doc VALUES (?, ?)", [(one.id, one.searched) for one in suite.documents])
        select = "SELECT id FROM doc WHERE doc MATCH ? ORDER BY rank, id"
        return {query.id: [id for (id,) in conn.execute(select, (_phrases(query.query),))] for query in suite.queries}


def _phrases(query: str) -> str:
    return " ".join('"{}"'.format(word.replace('"', '""')) for word in query.split())


def ask_ripgrep(suite: Suite) -> Answers:
    """Ask ripgrep: each word literally, in any case; files that contain all."""
    program = command("rg")
    if program is None:
        raise Unavailable("rg is not installed")
    with TemporaryDirectory() as folder:
        for one in suite.documents:
            Path(folder, one.id).write_text(one.searched, "utf-8")

        def files(word: str) -> set[str]:
            called = [program, "-l", "-i", "-F", "--", word, "."]
            found = subprocess.run(called, cwd=folder, capture_output=True, text=True, check=False).stdout
            return {line.removeprefix("./") for line in found.splitlines()}

        return {query.id: sorted(set.intersection(*map(files, query.query.split()))) for query in suite.queries}


def ask_postgres(condition: str, suite: Suite) -> Answers:
    """Ask PostgreSQL in a cluster of its own."""
    try:
        with temporary_cluster() as psql:
            lines = psql(sql(suite, condition)).splitlines()
    except PostgresMissing as error:
        raise Unavailable(str(error)) from None
    return {id: found.split() for id, _, found in (line.partition("\t") for line in lines)}


def ask_package(engine: str, modules: str, suite: Suite) -> Answers:
    """Ask a Python package in the environment of the peers."""
    interpreter = python(modules)
    if interpreter is None:
        raise Unavailable(f"{modules} cannot be imported (`python -m bench peers` installs it)")
    asked = {
        "documents": [[one.id, one.searched] for one in suite.documents],
        "queries": [[query.id, query.query] for query in suite.queries],
    }
    called = [interpreter, "-m", "bench.peers.suite_packages", engine]
    done = subprocess.run(called, cwd=ROOT, input=json.dumps(asked), capture_output=True, text=True, check=True)
    answers: dict[str, list[str]] = json.loads(done.stdout)
    return answers


def ask_nothing(suite: Suite) -> Answers:
    """Find nothing: the floor, which queries that expect nothing raise above 0."""
    return {query.id: [] for query in suite.queries}


ADAPTERS = (
    Adapter(OURS, "its own index; the query as typed", ask_ganews),
    Adapter("FTS5 unicode61", "SQLite's default tokenizer; each word a phrase", partial(ask_fts5, "unicode61")),
    Adapter("FTS5 trigram", "three-character grams; each word a phrase", partial(ask_fts5, "trigram")),
    Adapter(
        "tantivy n-gram",
        "`Tokenizer.ngram(1, 2)`, lower case; all characters and pairs of a word",
        partial(ask_package, "tantivy-ngram", "tantivy"),
    ),
    Adapter(
        "tantivy jieba",
        "words cut by jieba for search, lower case; all words",
        partial(ask_package, "tantivy-jieba", "tantivy, jieba"),
    ),
    Adapter("PostgreSQL simple", "`to_tsvector('simple')`, `plainto_tsquery`", partial(ask_postgres, SIMPLE)),
    Adapter("PostgreSQL pg_trgm", "a GIN index of trigrams; `ILIKE` for each word", partial(ask_postgres, TRIGRAM)),
    Adapter("ripgrep", "`rg -i -F` for each word", ask_ripgrep),
    Adapter(
        "Whoosh jieba",
        "jieba's `ChineseAnalyzer`; all words",
        partial(ask_package, "whoosh-jieba", "whoosh, jieba"),
    ),
    Adapter("nothing", "the floor: finds nothing, and is right where nothing is expected", ask_nothing),
)


@contextmanager
def _environment(name: str, value: str) -> Iterator[None]:
    before = os.environ.get(name)
    os.environ[name] = value
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before
