"""PostgreSQL for the suite: a temporary cluster, and the statements that ask it."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from ..peers import command
from .data import Suite

SIMPLE = "to_tsvector('simple', searched) @@ plainto_tsquery('simple', {query})"
TRIGRAM = "searched ILIKE ALL (SELECT '%' || word || '%' FROM unnest({words}) word)"

_TABLE = """
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE TABLE doc (id text PRIMARY KEY, searched text);
CREATE INDEX ON doc USING gin (searched gin_trgm_ops);
CREATE INDEX ON doc USING gin (to_tsvector('simple', searched));
"""


class PostgresMissing(Exception):
    """PostgreSQL is not installed, or no cluster can be made."""


Psql = Callable[[str], str]
"""Runs statements; returns the rows, a line each. Raises subprocess.CalledProcessError."""


def sql(suite: Suite, condition: str) -> str:
    """Return the statements that fill a table and answer every query: a line `id<TAB>ids` each."""
    rows = ",\n".join(f"({_text(one.id)}, {_text(one.searched)})" for one in suite.documents)
    select = "SELECT {id} || E'\\t' || coalesce(string_agg(id, ' ' ORDER BY id), '') FROM doc WHERE {condition};"
    asked = (
        select.format(
            id=_text(query.id),
            condition=condition.format(
                query=_text(query.query), words=f"ARRAY[{', '.join(map(_pattern, query.query.split()))}]"
            ),
        )
        for query in suite.queries
    )
    return f"{_TABLE}INSERT INTO doc VALUES {rows};\n" + "\n".join(asked)


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _pattern(word: str) -> str:
    """Return a word as a literal in which LIKE finds no wildcards."""
    for special in "\\%_":
        word = word.replace(special, f"\\{special}")
    return _text(word)


@contextmanager
def temporary_cluster() -> Iterator[Psql]:
    """Run a cluster in a temporary folder, reached by a socket alone. Raises PostgresMissing.

    PostgreSQL refuses to run as root; then its programs run as `nobody`.
    """
    initdb, control, client = map(command, ("initdb", "pg_ctl", "psql"))
    owner = _unprivileged()
    if not (initdb and control and client):
        raise PostgresMissing("initdb, pg_ctl or psql is not installed")
    if owner is None:
        raise PostgresMissing("it refuses to run as root, and there is no user nobody")
    folder = mkdtemp(prefix="pg-", dir="/tmp")  # short: a socket's path has at most 107 bytes
    if os.geteuid() == 0:
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    data = str(Path(folder, "data"))

    def start(*words: str, **given: str) -> str:
        as_whom = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if os.geteuid() == 0 else {}
        done = subprocess.run(words, capture_output=True, text=True, check=True, cwd=folder, **as_whom, **given)  # type: ignore[call-overload]
        return str(done.stdout)

    try:
        encoding = ("--encoding=UTF8", "--locale=C", "--lc-ctype=C.UTF-8")
        try:
            start(initdb, "-D", data, "-U", "owner", "--auth=trust", *encoding, "--no-sync")
        except subprocess.CalledProcessError as error:
            raise PostgresMissing(f"initdb failed: {error.stderr.strip().partition(chr(10))[0]}") from None
        options = f"-k {folder} -c listen_addresses='' -c fsync=off -c full_page_writes=off -c autovacuum=off"
        start(control, "-D", data, "-o", options, "-l", f"{folder}/log", "-w", "start")
        try:
            asked = (client, "-X", "-h", folder, "-U", "owner", "-d", "postgres", "-qAt", "-v", "ON_ERROR_STOP=1")
            yield lambda statements: start(*asked, input=statements)
        finally:
            start(control, "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged() -> pwd.struct_passwd | None:
    if os.geteuid():
        return pwd.getpwuid(os.geteuid())
    try:
        return pwd.getpwnam("nobody")
    except KeyError:
        return None
