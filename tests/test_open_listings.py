"""A listing that is open while its library is first indexed keeps showing the same articles in the same rows."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.archive import Archive, after, archive, made_anew, shown
from tests.program import GANEWS, Program, environment
from tests.test_cli import library
from tui.catalogue import GROUPINGS, Catalogue, hidden
from tui.catalogue.summaries import Listing
from tui.catalogue.writer import CatalogueWriter
from tui.indexer import Indexer, batches, index_run, slices

__all__ = ["archive"]

PLACES = ("开鲁", "呼和浩特", "赤峰", "托克托", None)
AUTHORS = ("刘星", "苏强", "江枫")


def written(archive: Archive, seed: int) -> list[str]:
    """Write a library with files of several slices and single articles; return the ids in an order of no meaning."""
    chance = random.Random(seed)
    ids = []
    for name in chance.sample("abcdefgh", 4):
        items = []
        for at in range(chance.choice([2, 30, 300])):
            date = chance.choice([None, "2019", "2021-05", f"20{chance.randint(10, 23)}-0{chance.randint(1, 9)}-11"])
            authors = chance.sample(AUTHORS, chance.randint(0, 2))
            stem = f"n{at}" if chance.random() < 0.95 else "same"
            items.append(
                archive.item(stem, chance.choice(PLACES), date, authors, "警情通报。" * chance.choice([1, 90]))
            )
            ids.append(f"{name}/{stem}")
        archive.lines(name, f"id: {name}\ntitle: 第{name}号", items)
        for at in range(chance.randint(0, 5)):
            archive.markdown(f"{name}/m{at}.md", "赤峰", "2020-02-02", f"第 {at} 稿。")
            ids.append(f"{name}/m{at}")
    chance.shuffle(ids)
    return list(dict.fromkeys(ids))


class OpenListings:
    """Listings of all kinds, opened after some commits and looked at after every one."""

    def __init__(self, catalogue: Catalogue, ids: list[str], seed: int) -> None:
        self._catalogue, self._some, self._chance = catalogue, ids[::3], random.Random(seed)
        self._other = catalogue.again()
        self._open: list[tuple[Listing, list[str]]] = []
        self._is_closed = False
        self.commits = 0

    def committed(self) -> None:
        if self._is_closed:
            return
        for listing, ids in self._open:
            self._look(listing, ids)
        self.commits += 1
        if self.commits < 4 or self._chance.random() < 0.2:
            self._open += [(listing, list(listing.ids(0, len(listing)))) for listing in self._new()]
        for listing, ids in self._open[-8:]:
            self._look(listing, ids)
        if len(self._open) > 40:
            del self._open[8:16]

    def close(self) -> None:
        self._is_closed = True
        self._other.close()

    def _new(self) -> list[Listing]:
        by, newest = self._chance.choice(GROUPINGS), self._chance.random() < 0.5
        unread = self._other.listing(by, without=self._some)
        unread.load()
        return [
            *(self._catalogue.listing(by, newest=newest), self._catalogue.listing("place")),
            *(self._catalogue.listing(by, newest=newest, without=iter(self._some)), self._catalogue.adopt(unread)),
            *(self._catalogue.listing_of(self._some), self._catalogue.listing_of(self._some, by)),
        ]

    def _look(self, listing: Listing, ids: list[str]) -> None:
        assert len(listing) == len(ids)
        start = self._chance.randint(0, len(ids))
        stop = min(start + self._chance.choice([1, 40, 5000]), len(ids))
        assert list(listing.ids(start, stop)) == ids[start:stop]
        assert [row.id for row in listing.summaries(start, stop)] == ids[start:stop]
        if ids:
            wanted = self._chance.choice(ids)
            assert listing.find(wanted) == ids.index(wanted)


@pytest.fixture
def at_each_commit(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], None]], None]:
    """Return a function that makes the indexer commit after every batch, and call its argument after every commit."""
    monkeypatch.setattr(index_run, "_READ_COMMIT_SECONDS", 0.0)
    monkeypatch.setattr(index_run, "_INDEX_COMMIT_SECONDS", 0.0)
    monkeypatch.setattr(batches, "_BATCH_FILES", 2)
    monkeypatch.setattr(slices, "_SLICE_BYTES", 1 << 14)
    monkeypatch.setattr(slices, "_FIRST_SLICE_BYTES", 1 << 13)
    real = CatalogueWriter.commit

    def call(function: Callable[[], None]) -> None:
        def commit(self: CatalogueWriter) -> None:
            real(self)
            function()

        monkeypatch.setattr(CatalogueWriter, "commit", commit)

    return call


@pytest.mark.parametrize("seed", range(10))
def test_open_listing_shows_the_same_articles_after_every_commit(
    seed: int, archive: Archive, at_each_commit: Callable[[Callable[[], None]], None], tmp_path: Path
) -> None:
    chance = random.Random(seed)
    ids = written(archive, seed)
    catalogue = archive.catalogue()
    listings = OpenListings(catalogue, ids, seed)
    at_each_commit(listings.committed)
    if seed % 4:
        Indexer(catalogue, 0).first()
    done = False
    while not done:
        done = Indexer(catalogue, 0).run(cancelled=after(chance.randint(1, 12)))
    listings.close()
    assert listings.commits > 5
    assert shown(catalogue) == made_anew(archive.root, tmp_path)


def test_listing_leaves_out_what_was_removed_from_a_file_that_is_read_again(
    archive: Archive, at_each_commit: Callable[[Callable[[], None]], None], tmp_path: Path
) -> None:
    at_each_commit(lambda: None)
    items = [archive.item(f"{at:03d}", "开鲁", "2023", body="警情通报。" * 90) for at in range(200)]
    archive.lines("a", "id: a\ntitle: 甲", items)
    catalogue = archive.catalogue()
    Indexer(catalogue, 0).first()
    assert not Indexer(catalogue, 0).run(cancelled=after(6))
    listing = catalogue.listing()
    before = list(listing.ids(0, len(listing)))
    del items[3:9], items[30:40]
    archive.lines("a", "id: a\ntitle: 甲", items)
    for calls in (3, 5):
        assert not Indexer(catalogue, 0).run(cancelled=after(calls))
    assert Indexer(catalogue, 0).run()
    there = {f"a/{item['id']}" for item in items}
    assert list(listing.ids(0, len(listing))) == [one for one in before if one in there]
    assert shown(catalogue) == made_anew(archive.root, tmp_path)


def test_old_numbers_are_dropped_by_the_next_run_that_writes(archive: Archive) -> None:
    archive.lines("a", "id: a\ntitle: 甲", [archive.item(str(at), "开鲁", "2023") for at in range(5)])
    catalogue = archive.indexed()
    count = "SELECT count(*) FROM renumbered"
    assert catalogue.conn.execute(count).fetchone() == (5,)
    archive.markdown("a/x.md", "赤峰", "2020-02-02", "新稿。")
    assert Indexer(catalogue, 0).run()
    assert catalogue.conn.execute(count).fetchone() == (0,)


@pytest.mark.parametrize("start", range(10))
def test_keys_typed_at_once_at_the_first_start_act_on_the_first_article(tmp_path: Path, start: int) -> None:
    root = library(tmp_path / "library")
    with Program([*GANEWS, "--library", str(root)], size=(100, 30), env=environment(tmp_path)) as program:
        program.wait_for("第0期")
        program.send("sj\rh:读过的文章\r")
        program.wait_for("▾ 读过")
        program.send(b"\x11")
        program.wait()


def test_read_articles_stay_hidden_when_numbers_change_meanwhile(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hidden, "_BATCH_IDS", 1)
    archive.lines("a", "id: a\ntitle: 甲", [archive.item(str(at), "开鲁", "2023") for at in range(5)])
    catalogue = archive.catalogue()
    indexer = Indexer(catalogue, 0)
    indexer.first()

    def read() -> Iterator[str]:
        yield "a/1"
        assert indexer.run()
        yield "a/3"

    listing = catalogue.listing(without=read())
    assert sorted(listing.ids(0, 9)) == ["a/0", "a/2", "a/4"]
    assert catalogue.unread_count(["a/1", "a/3", "a/gone"]) == 3
