"""Archives for tests: the command line `ganews-tui shared`, and libraries of files to load."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.postgres import Cluster
from tui.cli import main


def shared(capsys: pytest.CaptureFixture[str], *words: str, status: int = 0) -> str:
    """Run `ganews-tui shared` in this process; return what it printed, after checking the status."""
    found = main(["shared", *words])
    out, err = capsys.readouterr()
    assert found == status, out + err
    return out + err


def new_archive(cluster: Cluster, capsys: pytest.CaptureFixture[str], *folders: Path) -> str:
    """Create an archive with the articles of these folders; return its owner's address."""
    address = cluster.new_database()
    shared(capsys, "init", address)
    if folders:
        shared(capsys, "load", address, *map(str, folders))
    return address


def rows(address: str, query: str, *values: object) -> list[tuple[Any, ...]]:
    """Return the rows of a query."""
    with psycopg.connect(address, autocommit=True) as conn:
        return conn.execute(query.encode(), values or None).fetchall()


def write_lines(folder: Path, bulletin: str, articles: Sequence[dict[str, object]], issued: str = "") -> Path:
    """Write a bulletin as lines of JSON; return the file."""
    (folder / bulletin).mkdir(parents=True, exist_ok=True)
    dated = f"issued: {issued}\n" if issued else ""
    (folder / bulletin / "bulletin.yaml").write_text(f"id: {bulletin}\ntitle: {bulletin}\n{dated}", "utf-8")
    path = folder / bulletin / "articles.jsonl"
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in articles), "utf-8")
    return path
