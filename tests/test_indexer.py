"""The indexer reads again what changed in a library, and nothing else."""

import random
import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.archive import Archive, after, archive, made_anew, searchable, shown
from tui.catalogue import gram_table as search
from tui.indexer import Indexer, Progress
from tui.library import ArticleFile, Library
from tui.library import walk as library_walk

__all__ = ["archive"]

PLACES = ("开鲁", "呼和浩特", "锡林郭勒", "托克托", "科右中旗", "牙克石", "赤峰", None)
AUTHORS = ("刘星", "苏强", "江枫", "王雄飞")


class Editor:
    """An editor that changes a library at random, as people and programs do."""

    def __init__(self, archive: Archive, seed: int) -> None:
        self.archive, self.random = archive, random.Random(seed)
        self.bulletins: dict[str, list[dict[str, object]]] = {}
        self.files: list[str] = []
        self.count = 0

    def act(self) -> None:
        some = self.random.choice(
            [self.new_bulletin, self.append, self.edit, self.drop, self.write_file, self.cut_file]
        )
        some()

    def new_item(self) -> dict[str, object]:
        self.count += 1
        day = self.random.choice(
            [None, f"20{self.random.randint(10, 23)}-0{self.random.randint(1, 9)}-11", "2019", "2021-05"]
        )
        authors = self.random.sample(AUTHORS, self.random.randint(0, 2))
        stem = f"n{self.count}" if self.random.random() < 0.9 else "same"
        return self.archive.item(stem, self.random.choice(PLACES), day, authors)

    def save(self, bulletin: str) -> None:
        issued = f"issued: 20{sum(map(ord, bulletin)) % 20 + 10}-01-01" if len(bulletin) % 2 else "source: 档案"
        self.archive.lines(bulletin, f"id: {bulletin}\ntitle: 第{bulletin}号\n{issued}", self.bulletins[bulletin])

    def new_bulletin(self) -> None:
        name = "bulletin" + "x" * self.random.randint(0, 4) + str(self.random.randint(1, 99))
        self.bulletins[name] = [self.new_item() for _ in range(self.random.randint(1, 6))]
        self.save(name)

    def some(self) -> str:
        if not self.bulletins:
            self.new_bulletin()
        return self.random.choice(sorted(self.bulletins))

    def append(self) -> None:
        bulletin = self.some()
        self.bulletins[bulletin].append(self.new_item())
        self.save(bulletin)

    def edit(self) -> None:
        bulletin = self.some()
        item = self.random.choice(self.bulletins[bulletin])
        what = self.random.choice(["body", "place", "date", "nonsense"])
        values = {"body": f"改过的正文{self.count}。", "place": "赤峰", "date": "2022-08-08", "nonsense": 1}
        item["place" if what == "nonsense" else what] = values[what]
        self.save(bulletin)

    def drop(self) -> None:
        bulletin = self.some()
        items = self.bulletins[bulletin]
        items.pop(self.random.randrange(len(items)))
        if items:
            self.save(bulletin)
        else:
            del self.bulletins[bulletin]
            shutil.rmtree(self.archive.root / bulletin)

    def write_file(self) -> None:
        bulletin = self.some()
        stem = self.random.choice([f"f{self.random.randint(1, 20)}", "same"])
        path = f"{bulletin}/{stem}.md"
        place = self.random.choice(["开鲁", "托克托", "没有的地方"])
        self.archive.markdown(path, place, "2020-02-02", f"第 {self.random.randint(1, 9)} 稿。")
        self.files.append(path)

    def cut_file(self) -> None:
        if self.files:
            (self.archive.root / self.files.pop()).unlink(missing_ok=True)


@pytest.mark.parametrize("seed", range(12))
def test_updated_catalogue_equals_a_rebuilt_one_after_any_changes(seed: int, archive: Archive, tmp_path: Path) -> None:
    editor = Editor(archive, seed)
    editor.new_bulletin()
    catalogue = archive.indexed()
    for _ in range(8):
        for _ in range(editor.random.randint(1, 4)):
            editor.act()
        assert Indexer(catalogue, 0).run()
        catalogue.refresh()
        assert shown(catalogue) == made_anew(archive.root, tmp_path)
        assert searchable(catalogue) == {row.id for row in catalogue.listing().summaries(0, catalogue.total)}
        assert catalogue.complete


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Record each file that is read and the byte offset where reading begins."""
    seen: list[tuple[str, int]] = []
    real = Library.read

    def noted(self: Library, file: ArticleFile, start: int = 0, stop: int | None = None, line: int = 1) -> object:
        seen.append((file.path, start))
        return real(self, file, start, stop, line)

    monkeypatch.setattr(Library, "read", noted)
    return seen


def test_nothing_is_read_or_written_when_nothing_has_changed(archive: Archive, read: list[tuple[str, int]]) -> None:
    archive.lines("a", "id: a\ntitle: 甲", [archive.item("1", "开鲁", "2023")])
    catalogue = archive.indexed()
    read.clear()
    catalogue.refresh()
    assert Indexer(catalogue).run()
    assert read == []
    assert not catalogue.refresh()


def test_only_the_tail_of_a_grown_jsonl_file_is_read(archive: Archive, read: list[tuple[str, int]]) -> None:
    items = [archive.item(str(at), "开鲁", "2023") for at in range(50)]
    path = archive.lines("a", "id: a\ntitle: 甲", items)
    catalogue = archive.indexed()
    size = path.stat().st_size
    archive.write("a/articles.jsonl", path.read_text("utf-8") + archive.line(archive.item("new", "赤峰", "2001")))
    read.clear()
    assert Indexer(catalogue).run()
    assert read == [("a/articles.jsonl", size)]
    assert (catalogue.total, catalogue.summary("a/0"), catalogue.article("a/new").place) == (
        51,
        catalogue.summary("a/0"),
        "赤峰",
    )


def test_incomplete_line_is_read_once_it_is_complete(archive: Archive) -> None:
    whole = archive.line(archive.item("1", "开鲁", "2023")) + archive.line(archive.item("2", "赤峰", "2023"))
    archive.lines("a", "id: a\ntitle: 甲", [])
    archive.write("a/articles.jsonl", whole[:-30])
    catalogue = archive.indexed()
    assert (catalogue.total, [one.code for one in catalogue.problems()]) == (1, ["json"])
    archive.write("a/articles.jsonl", whole)
    assert Indexer(catalogue).run()
    assert (catalogue.total, list(catalogue.problems())) == (2, [])


def test_unchanged_articles_keep_their_numbers_when_their_file_is_rewritten(archive: Archive) -> None:
    items = [archive.item(str(at), "开鲁", f"20{at:02d}") for at in range(10, 20)]
    archive.lines("a", "id: a\ntitle: 甲", items)
    catalogue = archive.indexed()
    before = {row.id: row.number for row in catalogue.listing().summaries(0, 99)}
    items[3] |= {"body": "改了。"}
    archive.lines("a", "id: a\ntitle: 甲", [items[5], *items[:5], *items[6:]])
    assert Indexer(catalogue).run()
    after = {row.id: row.number for row in catalogue.listing().summaries(0, 99)}
    assert {id for id in before if before[id] != after[id]} == {"a/13"}
    assert after["a/13"] > max(before.values())
    assert catalogue.article("a/19").id == "a/19"


def test_numbers_increase_with_the_date_and_undated_articles_come_first(archive: Archive) -> None:
    dates = ["2023-06", None, "2021", "2023-05-01"]
    archive.lines("a", "id: a\ntitle: 甲", [archive.item(str(at), "开鲁", date) for at, date in enumerate(dates)])
    rows = sorted(archive.indexed().listing().summaries(0, 9), key=lambda row: row.number)
    assert [row.date for row in rows] == [None, "2021", "2023-05-01", "2023-06"]


def test_backdated_article_is_listed_by_date_with_the_next_number(archive: Archive) -> None:
    items = [archive.item(str(at), "开鲁", f"2023-06-{at + 10}") for at in range(5)]
    archive.lines("a", "id: a\ntitle: 甲", items)
    catalogue = archive.indexed()
    archive.lines("a", "id: a\ntitle: 甲", [*items, archive.item("back", "开鲁", "2023-06-12")])
    assert Indexer(catalogue).run()
    rows = catalogue.listing().summaries(0, 9)
    assert [row.id for row in rows] == ["a/4", "a/3", "a/2", "a/back", "a/1", "a/0"]
    assert rows[3].number == 6
    assert catalogue.listing().find("a/back") == 3


def test_first_article_with_a_duplicate_id_counts_until_removed(archive: Archive) -> None:
    archive.lines("b", "id: one\ntitle: 乙", [archive.item("same", "赤峰", "2022")])
    catalogue = archive.indexed()
    first = archive.lines("a", "id: one\ntitle: 甲", [archive.item("same", "开鲁", "2023")])
    assert Indexer(catalogue).run()
    assert [row.place for row in catalogue.listing().summaries(0, 9)] == ["开鲁"]
    assert [(one.file, one.code) for one in catalogue.problems()] == [("b/articles.jsonl", "duplicate-id")]
    first.unlink()
    assert Indexer(catalogue).run()
    assert [row.place for row in catalogue.listing().summaries(0, 9)] == ["赤峰"]
    assert "duplicate-id" not in [one.code for one in catalogue.problems()]


def test_new_gazetteer_takes_effect(archive: Archive) -> None:
    archive.lines("a", "id: a\ntitle: 甲", [archive.item("1", "新设旗", "2023")])
    catalogue = archive.indexed()
    assert [one.code for one in catalogue.problems()] == ["unknown-place"]
    text = Path(library_walk.__file__).parents[2].joinpath("content/gazetteer.yaml").read_text("utf-8")
    archive.write("gazetteer.yaml", text.replace("label: 开鲁,", "label: 新设旗,"))
    assert Indexer(catalogue).run()
    assert list(catalogue.problems()) == []


def test_first_rows_are_available_before_the_rest_is_read(archive: Archive, read: list[tuple[str, int]]) -> None:
    items = [archive.item(f"{at:05d}", "开鲁", "2023", body="警情通报。" * 200) for at in range(400)]
    archive.lines("a", "id: a\ntitle: 甲", items)
    catalogue = archive.catalogue()
    Indexer(catalogue).first()
    assert 10 <= catalogue.total < 100
    assert len(read) == 1
    assert not catalogue.complete
    assert catalogue.listing().summaries(0, 1)[0].id == "a/00000"
    assert catalogue.article("a/00000").body.startswith("警情通报")


def test_first_rows_need_no_gazetteer_and_are_completed_later(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Library) -> None:
        raise AssertionError("read too early")

    archive.lines("a", "id: a\ntitle: 甲", [archive.item("1", "没有的地方", "2023"), archive.item("2", "开鲁", "2023")])
    catalogue = archive.catalogue()
    with monkeypatch.context() as patch:
        patch.setattr(Library, "gazetteer", refuse)
        Indexer(catalogue).first()
    assert (catalogue.total, catalogue.complete, list(catalogue.problems())) == (2, False, [])
    assert Indexer(catalogue).run()
    assert [one.code for one in catalogue.problems()] == ["unknown-place"]
    row = catalogue.summary("a/2")
    assert row is not None
    assert (row.place_id, catalogue.complete) == (150523, True)


def test_cancelled_indexing_resumes_where_it_stopped(archive: Archive, tmp_path: Path) -> None:
    items = [archive.item(f"{at:05d}", PLACES[at % 8], "2023", body="警情通报。" * 300) for at in range(2000)]
    archive.lines("a", "id: a\ntitle: 甲", items)
    catalogue = archive.catalogue()
    for calls in (1, 1, 2, 3):
        assert not Indexer(catalogue, 0).run(cancelled=after(calls))
        assert not catalogue.complete
    assert Indexer(catalogue, 0).run()
    assert catalogue.complete
    assert shown(catalogue) == made_anew(archive.root, tmp_path)
    assert len(searchable(catalogue)) == 2000


@pytest.mark.parametrize("hidden", [1, 3, 5])
def test_listing_leaves_out_articles_while_a_library_is_first_read(archive: Archive, hidden: int) -> None:
    items = [archive.item(f"{at:05d}", PLACES[at % 8], "2023", body="警情通报。" * 900) for at in range(700)]
    archive.lines("a", "id: a\ntitle: 甲", items)
    catalogue = archive.catalogue()
    Indexer(catalogue).first()
    rows = [row.id for row in catalogue.listing("month").summaries(0, 700)]
    assert hidden <= len(rows) < 700
    without = rows[:hidden]
    assert len(catalogue.listing("month", without=without)) == len(rows) - hidden
    assert [row.id for row in catalogue.listing("month", without=without).summaries(0, 700)] == rows[hidden:]


def test_worker_processes_give_the_same_catalogue(archive: Archive, tmp_path: Path) -> None:
    items = [
        archive.item(f"{at:05d}", PLACES[at % 8], f"{2000 + at % 20}", body="警情通报。" * 500) for at in range(700)
    ]
    archive.lines("a", "id: a\ntitle: 甲", items)
    told: list[Progress] = []
    catalogue = archive.catalogue()
    assert Indexer(catalogue, 2).run(told.append)
    assert shown(catalogue) == made_anew(archive.root, tmp_path)
    assert [one.phase for one in told if not one.done] == ["looking", "reading", "indexing", "done"]


def test_bad_line_is_reported_and_the_others_are_read(archive: Archive) -> None:
    path = archive.lines("a", "id: a\ntitle: 甲", [archive.item("1", "开鲁", "2023")])
    archive.write("a/articles.jsonl", "{坏\n" + path.read_text("utf-8") + '{"id": "2"}\n')
    catalogue = archive.indexed()
    assert [(one.line, one.code) for one in catalogue.problems()] == [(1, "json"), (3, "missing-field")]
    assert catalogue.total == 1


def test_new_title_and_date_of_a_bulletin_take_effect(archive: Archive) -> None:
    archive.lines("a", "id: a\ntitle: 甲\nissued: 2023-01-01", [archive.item("1", "开鲁", None)])
    archive.lines("b", "id: b\ntitle: 乙\nissued: 2022-01-01", [archive.item("1", "开鲁", None)])
    catalogue = archive.indexed()
    archive.write("b/bulletin.yaml", "id: b\ntitle: 乙改\nissued: 2024-01-01\n")
    assert Indexer(catalogue).run()
    assert [group.label for group in catalogue.listing("bulletin").groups] == ["乙改", "甲"]
    assert [group.key for group in catalogue.listing("month").groups] == ["2024-01", "2023-01"]


def test_index_of_another_format_is_rebuilt(archive: Archive) -> None:
    archive.lines("a", "id: a\ntitle: 甲", [archive.item("1", "开鲁", "2023")])
    catalogue = archive.indexed()
    path = catalogue.home.path
    catalogue.close()
    with sqlite3.connect(path) as conn:
        conn.execute("UPDATE meta SET value = '0-other' WHERE key = 'stamp'")
    conn.close()
    again = archive.catalogue()
    assert again.total == 0
    assert Indexer(again).run()
    assert again.total == 1


def test_worn_index_is_rebuilt_in_a_new_file(archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive.lines("a", "id: a\ntitle: 甲", [archive.item(str(at), "开鲁", f"20{at}") for at in range(10, 40)])
    catalogue = archive.indexed()
    before = catalogue.home.path
    archive.lines("b", "id: b\ntitle: 乙", [archive.item(str(at), "赤峰", f"20{at}") for at in range(10, 20)])
    with monkeypatch.context() as patch:
        patch.setattr(
            search, "needs_rebuild", lambda conn: conn.execute("SELECT count(*) FROM search_doc").fetchone()[0] > 30
        )
        assert Indexer(catalogue, 0).run()
    assert catalogue.refresh()
    assert catalogue.home.path != before
    assert not Path(before).exists()
    rows = sorted(catalogue.listing().summaries(0, 99), key=lambda row: row.number)
    assert [row.date for row in rows] == sorted(row.date or "" for row in rows)
    assert shown(catalogue) == made_anew(archive.root, tmp_path)


def test_file_begun_for_the_first_screen_is_resumed_after_cancelling(
    archive: Archive, read: list[tuple[str, int]]
) -> None:
    items = [archive.item(f"{at:05d}", "开鲁", "2023", body="警情通报。" * 900) for at in range(700)]
    size = archive.lines("a", "id: a\ntitle: 甲", items).stat().st_size
    catalogue = archive.catalogue()
    Indexer(catalogue).first()
    assert not Indexer(catalogue, 0).run(cancelled=after(4))
    read.clear()
    assert Indexer(catalogue, 0).run()
    assert catalogue.total == 700
    assert min(start for _, start in read) > size // 10
