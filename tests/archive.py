"""A library that tests write, and its index in a cache folder of the test."""

import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from tui.catalogue import GROUPINGS, Catalogue
from tui.indexer import Indexer
from tui.library import Library


class Archive:
    """A library under construction, and the catalogues opened on it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._clock = 1_700_000_000_000_000_000
        self._open: list[Catalogue] = []

    def item(
        self, stem: str, place: str | None, date: str | None, authors: Sequence[str] = ("江枫",), body: str = ""
    ) -> dict[str, object]:
        """Return an article as the fields of a JSON line."""
        told = f"{place or '本网'}讯。民警走进社区，讲解防范电信网络诈骗知识，第 {stem} 号。"
        item: dict[str, object] = {"id": stem, "title": [f"反诈宣传{stem}", "守护平安"], "authors": list(authors)}
        item |= {key: value for key, value in (("place", place), ("date", date)) if value is not None}
        return item | {"body": body or f"{told}\n\n警民携手，共建平安。"}

    def lines(self, bulletin: str, front: str, items: Sequence[dict[str, object]]) -> Path:
        """Write a bulletin that consists of one JSONL file; return the file's path."""
        self.write(f"{bulletin}/bulletin.yaml", front + "\n")
        return self.write(f"{bulletin}/articles.jsonl", "".join(self.line(item) for item in items))

    def line(self, item: dict[str, object]) -> str:
        return json.dumps(item, ensure_ascii=False) + "\n"

    def markdown(self, path: str, place: str, date: str, body: str) -> Path:
        """Write an article as a Markdown file; return its path."""
        return self.write(path, f"---\ntitle: [反诈宣传, {path[-5]}]\nplace: {place}\ndate: '{date}'\n---\n\n{body}\n")

    def write(self, path: str, text: str) -> Path:
        """Write a file whose time stamp is later than that of every earlier one; return its path."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        self._clock += 1_000_000_000
        os.utime(file, ns=(self._clock, self._clock))
        return file

    def catalogue(self) -> Catalogue:
        """Open the catalogue without indexing."""
        self._open.append(Catalogue(Library(self.root)))
        return self._open[-1]

    def indexed(self, processes: int = 0) -> Catalogue:
        """Open the catalogue and index the library."""
        catalogue = self.catalogue()
        assert Indexer(catalogue, processes).run()
        return catalogue

    def close(self) -> None:
        for catalogue in self._open:
            catalogue.close()


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "library").mkdir()
    made = Archive(tmp_path / "library")
    yield made
    made.close()


def after(calls: int) -> Callable[[], bool]:
    """Return a function that returns True once it was called `calls` times."""
    left = iter(range(calls))
    return lambda: next(left, None) is None


def shown(catalogue: Catalogue) -> dict[str, object]:
    """Return everything that a catalogue shows the user. Leaves out article numbers."""
    seen: dict[str, object] = {"total": catalogue.total, "problems": sorted(map(str, catalogue.problems()))}
    for by in GROUPINGS:
        listing = catalogue.listing(by)
        rows = [(row.id, row.title, row.place, row.date, row.characters) for row in listing.summaries(0, len(listing))]
        seen[by] = [(one.key, one.label, rows[one.start : one.start + one.count]) for one in listing.groups]
    return seen


def searchable(catalogue: Catalogue) -> set[str]:
    """Return the ids of the articles whose text the search index holds."""
    found = catalogue.conn.execute("SELECT a.id FROM search_doc d JOIN article a ON a.number = d.number")
    documents = catalogue.conn.execute("SELECT count(*) FROM search_doc").fetchone()[0]
    ids = {row[0] for row in found}
    assert len(ids) == documents
    return ids


def made_anew(root: Path, scratch: Path) -> dict[str, object]:
    """Return what a catalogue shows that is built from scratch for a copy of the library."""
    copy = scratch / "copy"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(root, copy)
    fresh = Catalogue(Library(copy))
    assert Indexer(fresh, 0).run()
    seen = shown(fresh)
    assert searchable(fresh) == {row.id for row in fresh.listing().summaries(0, fresh.total)}
    fresh.close()
    return seen
