"""A library's lists: which articles, in which order and groups, a page at a time."""

from pathlib import Path

import pytest

from tests.archive import Archive, archive
from tui.catalogue import GROUPINGS, Catalogue

__all__ = ["archive"]


@pytest.fixture
def catalogue(archive: Archive) -> Catalogue:
    archive.lines(
        "b",
        "id: b\ntitle: 六月号\nissued: 2023-06-02",
        [
            archive.item("b1", "开鲁", "2023-06-01", ["刘星"]),
            archive.item("b2", "赤峰", "2023-06-02", ["苏强", "江枫"]),
            archive.item("b3", "开鲁", "2023-06-02", []),
        ],
    )
    archive.lines(
        "a",
        "id: a\ntitle: 五月号\nissued: 2023-05-02",
        [
            archive.item("a1", "托克托", None, ["刘星"]),
            archive.item("a2", None, "2021", ["江枫"]),
        ],
    )
    return archive.indexed()


def groups(catalogue: Catalogue, by: str) -> list[tuple[str, list[str]]]:
    for known in GROUPINGS:
        if known == by:
            listing = catalogue.listing(known)
    rows = [row.id.partition("/")[2] for row in listing.summaries(0, len(listing))]
    return [(group.label, rows[group.start : group.start + group.count]) for group in listing.groups]


def test_places_keep_their_first_appearance_order_with_newest_articles_first(catalogue: Catalogue) -> None:
    assert groups(catalogue, "place") == [("开鲁", ["b3", "b1"]), ("赤峰", ["b2"]), ("托克托", ["a1"]), ("", ["a2"])]


def test_months_are_newest_first_with_undated_articles_by_bulletin_date(catalogue: Catalogue) -> None:
    assert groups(catalogue, "month") == [
        ("2023 年 6 月", ["b2", "b3", "b1"]),
        ("2023 年 5 月", ["a1"]),
        ("2021 年", ["a2"]),
    ]


def test_bulletins_are_listed_newest_issue_first(catalogue: Catalogue) -> None:
    assert groups(catalogue, "bulletin") == [("六月号", ["b2", "b3", "b1"]), ("五月号", ["a1", "a2"])]


def test_article_is_listed_under_each_of_its_authors(catalogue: Catalogue) -> None:
    assert groups(catalogue, "author") == [
        ("刘星", ["b1", "a1"]),
        ("苏强", ["b2"]),
        ("江枫", ["b2", "a2"]),
        ("", ["b3"]),
    ]


@pytest.mark.parametrize("by", GROUPINGS)
@pytest.mark.parametrize("newest", [True, False])
def test_find_returns_the_first_row_of_every_article(catalogue: Catalogue, by: str, newest: bool) -> None:
    for known in GROUPINGS:
        if known == by:
            listing = catalogue.listing(known, newest=newest)
            rows = listing.summaries(0, len(listing))
            firsts = [next(at for at, row in enumerate(rows) if row.id == one.id) for one in rows]
            assert [listing.find(row.id) for row in rows] == firsts


def test_oldest_first_reverses_each_group(catalogue: Catalogue) -> None:
    listing = catalogue.listing("place", newest=False)
    assert [row.id for row in listing.summaries(0, 3)] == ["b/b1", "b/b3", "b/b2"]


def test_listing_leaves_out_given_articles(catalogue: Catalogue) -> None:
    listing = catalogue.listing("place", without=iter(["b/b2", "b/b3", "b/b2", "no/such"]))
    assert [(group.label, group.start, group.count) for group in listing.groups] == [
        ("开鲁", 0, 1),
        ("托克托", 1, 1),
        ("", 2, 1),
    ]
    assert [row.id for row in listing.summaries(0, 9)] == ["b/b1", "a/a1", "a/a2"]
    assert (listing.find("b/b3"), listing.find("a/a2")) == (None, 2)


def test_chosen_articles_are_listed_as_given_or_in_groups(catalogue: Catalogue) -> None:
    ids = ["a/a1", "no/such", "b/b1", "b/b3", "a/a1"]
    assert [row.id for row in catalogue.listing_of(ids).summaries(0, 9)] == ["a/a1", "b/b1", "b/b3"]
    grouped = catalogue.listing_of(ids, "place")
    assert [row.id for row in grouped.summaries(0, 9)] == ["b/b3", "b/b1", "a/a1"]
    assert [group.label for group in grouped.groups] == ["开鲁", "托克托"]
    assert grouped.find("a/a1") == 2


def test_article_is_read_from_its_file(catalogue: Catalogue) -> None:
    assert catalogue.article("b/b2").authors == ("苏强", "江枫")
    with pytest.raises(KeyError):
        catalogue.article("b/none")


def test_summary_has_everything_that_lists_show(catalogue: Catalogue) -> None:
    row = catalogue.summary("b/b2")
    assert row is not None
    assert (row.place, row.place_id, row.date, row.bulletin) == ("赤峰", 150400, "2023-06-02", "六月号")
    assert row.characters == len("".join(catalogue.article("b/b2").body.split()))
    assert catalogue.numbered([row.number, 999]) == [row, None]


def test_places_and_authors_come_in_order(catalogue: Catalogue) -> None:
    assert list(catalogue.places()) == ["开鲁", "赤峰", "托克托"]
    assert list(catalogue.authors()) == ["刘星", "苏强", "江枫"]


def test_empty_catalogue_has_empty_lists(tmp_path: Path, archive: Archive) -> None:
    empty = archive.catalogue()
    assert (empty.total, list(empty.listing().groups), list(empty.listing().summaries(0, 5))) == (0, [], [])
