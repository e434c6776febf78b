"""A changed file is found by comparing folders, and rewrites only the pages of lists that it concerns."""

import os
import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.archive import Archive, archive, made_anew, shown
from tui.catalogue import group_pages
from tui.catalogue.writer import CatalogueWriter
from tui.indexer import Indexer
from tui.library.walk import in_order, natural

__all__ = ["archive"]

FOLDERS = ("a", "a/b", "b/2023-04-05", "c")
PLACES = ("开鲁", "呼和浩特", "赤峰")


def change(archive: Archive, chance: random.Random) -> None:
    """Write, link or remove some files, among them page bundles."""
    for _ in range(chance.randint(1, 4)):
        folder = chance.choice(FOLDERS)
        path = f"{folder}/{chance.randint(100, 130)}{chance.choice(['.md', '.md', '/index.md'])}"
        there = archive.root / path
        if chance.random() < 0.3:
            there.unlink(missing_ok=True)
        elif chance.random() < 0.1 and not there.exists():
            there.parent.mkdir(parents=True, exist_ok=True)
            there.symlink_to(archive.root / "a/first.md")
        else:
            there.unlink(missing_ok=True)
            day = f"2023-0{chance.randint(1, 9)}-1{chance.randint(0, 9)}"
            archive.markdown(path, chance.choice(PLACES), day, f"第 {chance.randint(1, 9)} 稿。")


@pytest.mark.parametrize("seed", range(8))
def test_updated_catalogue_equals_a_rebuilt_one_after_changed_files(
    seed: int, archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(group_pages, "PAGE", 3)
    monkeypatch.setattr(group_pages, "_MAX_PAGE", 6)
    chance = random.Random(seed)
    archive.markdown("a/first.md", "开鲁", "2023-01-01", "初稿。")
    for _ in range(20):
        change(archive, chance)
    catalogue = archive.indexed()
    for _ in range(8):
        change(archive, chance)
        assert Indexer(catalogue, 0).run()
        catalogue.refresh()
        assert shown(catalogue) == made_anew(archive.root, tmp_path)


def test_one_more_file_is_found_without_comparing_all(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    for at in range(30):
        archive.markdown(f"{at % 3}/{at:02}.md", "开鲁", "2023-01-01", "稿。")
    catalogue = archive.indexed()
    looked_up: list[str] = []
    real = CatalogueWriter.files

    def files(self: CatalogueWriter, paths: Sequence[str]) -> object:
        looked_up.extend(paths)
        return real(self, paths)

    monkeypatch.setattr(CatalogueWriter, "files", files)
    monkeypatch.delattr(CatalogueWriter, "known")
    archive.markdown("1/14.md", "赤峰", "2023-01-01", "新稿。")
    assert Indexer(catalogue, 0).run()
    assert looked_up == ["1/13.md", "1/14.md", "1/16.md"]
    assert catalogue.total == 31


def test_file_is_read_again_until_it_can_be_read(archive: Archive) -> None:
    archive.markdown("a/1.md", "开鲁", "2023-01-01", "稿。")
    archive.markdown("a/2.md", "开鲁", "2023-01-01", "稿。")
    away = archive.root / "a/2.md"
    away.rename(archive.root / "a/2.away")
    os.mkfifo(away)
    catalogue = archive.indexed()
    assert [one.code for one in catalogue.problems()] == ["not-a-file"]
    away.unlink()
    (archive.root / "a/2.away").rename(away)
    assert Indexer(catalogue, 0).run()
    assert catalogue.total == 2
    assert not catalogue.problems()


def test_folder_whose_name_is_no_utf8_is_a_problem(archive: Archive) -> None:
    archive.markdown("a/1.md", "开鲁", "2023-01-01", "稿。")
    folder = os.fsencode(archive.root) + b"/\xff"
    os.mkdir(folder)
    with open(folder + b"/1.md", "w") as file:
        file.write("稿。")
    catalogue = archive.indexed()
    assert catalogue.total == 1
    assert [one.code for one in catalogue.problems()] == ["name"]


@pytest.mark.parametrize("more", [1, 60])
def test_open_listing_shows_no_other_article_after_an_update(more: int, archive: Archive) -> None:
    for at in range(40):
        archive.markdown(f"a/{at:03}.md", "开鲁", f"2023-01-{at % 28 + 1:02}", "稿。")
    catalogue = archive.indexed()
    read, unread = catalogue.listing("month"), catalogue.listing("month")
    before = list(read.ids(0, 40))
    for at in range(more):
        archive.markdown(f"a/{at + 900:03}.md", "赤峰", f"2023-01-{at % 28 + 1:02}", "新稿。")
    assert Indexer(catalogue, 0).run()
    for listing in (read, unread):
        for at in range(40):
            assert list(listing.ids(at, at + 1)) in ([], [before[at]])
    assert len(catalogue.listing("month")) == 40 + more


@given(
    st.lists(st.text("a1029-.x", min_size=1, max_size=6), unique=True, max_size=60),
    st.lists(st.text("a1029-.x", min_size=1, max_size=6), unique=True, max_size=3),
    st.randoms(use_true_random=False),
)
def test_walk_that_knows_an_earlier_one_keeps_the_order(
    names: list[str], more: list[str], chance: random.Random
) -> None:
    earlier = sorted(set(names), key=natural)
    now = [name for name in {*names, *more} if chance.random() < 0.9]
    keys = [natural(name) for name in in_order(now, earlier)]
    assert keys == sorted(map(natural, now))
