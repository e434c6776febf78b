"""A library of files is loaded into an archive in PostgreSQL, and kept up to date."""

import json
from pathlib import Path

import pytest

from tests.archives import new_archive, rows, shared, write_lines
from tests.postgres import Cluster
from tui.article import Article
from tui.catalogue import Catalogue
from tui.indexer import Indexer
from tui.library import Library
from tui.paths import content_dir
from tui.shared.bulk_load import BulkLoad
from tui.shared.postgres import ServerProblem

Capture = pytest.CaptureFixture[str]


def article(name: str, **more: object) -> dict[str, object]:
    return {"id": name, "title": [f"第{name}篇"], "date": "2023-06-01", "body": f"民警第{name}次走进社区。", **more}


def test_loaded_articles_have_the_order_of_the_files(postgres: Cluster, capsys: Capture, tmp_path: Path) -> None:
    for day in ("02", "01"):
        write_lines(tmp_path / "library", f"b{day}", [article(f"{day}{n}") for n in range(5)], f"2023-06-{day}")
    (tmp_path / "library" / "b01" / "more.md").write_text(
        "---\ntitle: 通知\ndate: 2023-06-01\n---\n\n正文。\n", "utf-8"
    )
    address = new_archive(postgres, capsys, tmp_path / "library")
    catalogue = Catalogue(Library(tmp_path / "library"))
    Indexer(catalogue).run()
    newest = "SELECT id FROM article ORDER BY day DESC, number DESC"
    assert rows(address, newest) == catalogue.conn.execute(newest).fetchall()
    catalogue.close()


def test_second_load_stores_only_what_changed(postgres: Cluster, capsys: Capture, tmp_path: Path) -> None:
    path = write_lines(tmp_path, "b", [article("1"), article("2"), article("3")])
    address = new_archive(postgres, capsys, tmp_path)
    before = dict(rows(address, "select id, number from article"))
    write_lines(tmp_path, "b", [article("1"), article("2", body="改正。"), article("4")])
    assert "新增 1 篇，更新 1 篇，删除 1 篇" in shared(capsys, "load", address, str(tmp_path))
    after = dict(rows(address, "select id, number from article"))
    assert set(after) == {"b/1", "b/2", "b/4"}
    assert after["b/1"] == before["b/1"] and after["b/2"] != before["b/2"]
    assert rows(address, "select id from gone order by 1") == [("b/2",), ("b/3",)]
    assert rows(address, "select position from article where id = 'b/2'") == [(before["b/2"],)]
    path.unlink()
    assert "删除 3 篇" in shared(capsys, "load", address, str(tmp_path / "."))
    assert rows(address, "select name from grp group by kind, name having sum(count) <> 0") == []


def test_article_of_the_first_file_stays_when_ids_repeat(postgres: Cluster, capsys: Capture, tmp_path: Path) -> None:
    both = [article("1", body="先。"), article("1", body="后。"), article("2", body="先。")]
    path = write_lines(tmp_path, "b", both)
    (tmp_path / "b" / "2.md").write_text("---\ntitle: 通知\n---\n\n后。\n", "utf-8")
    first = [found for found in Library(tmp_path).everything() if isinstance(found, Article)]
    address = new_archive(postgres, capsys, tmp_path)
    kept = "select id, body from article order by id"
    assert rows(address, kept) == sorted((one.id, one.body) for one in first)
    assert rows(address, "select code from problem") == [("duplicate-id",)] * 2
    path.unlink()
    shared(capsys, "load", address, str(tmp_path))
    assert rows(address, kept) == [("b/2", "后。")]


def test_bulk_load_stores_what_a_load_of_one_process_stores(
    postgres: Cluster, capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mixed = [article(f"{n}", date=f"{1899 + n % 3}-05-0{n % 9 + 1}", tags=[f"t{n % 2}"]) for n in range(40)]
    write_lines(tmp_path, "b", [*mixed, article("7", body="又是七。"), article("x", draft=True)], "2023-06-01")
    (tmp_path / "b" / "undated.md").write_text("---\ntitle: 通知\n---\n\n正文。\n", "utf-8")
    (tmp_path / "b" / "wrong.md").write_text("---\ntitle: [\n---\n\n", "utf-8")
    usual = new_archive(postgres, capsys, tmp_path)
    monkeypatch.setattr("tui.cli.shared_command._BULK_BYTES", 0)
    bulk = new_archive(postgres, capsys, tmp_path)
    columns = "id, day, bulletin, title, tags, folded, tokens, characters, shard, position - min(position) over ()"
    for query in (
        f"select {columns} from article order by day, number",
        "select kind, name, sum(count), sum(characters), max(newest) - min(min(newest)) over () from grp"
        " group by kind, name order by kind, name",
        "select code, path, message from problem order by 1, 2, 3",
        "select id, article from draft",
        "select id, digest from ident order by id",
        "select name, first, last, is_indexed from part order by name",
        "select path, size, mtime_ns from file order by path",
        "select word, count from word_count order by word",
        "select feed > 0 from load where feed is not null order by feed limit 1",
    ):
        assert rows(bulk, query) == rows(usual, query) != []
    assert "新增 0 篇，更新 0 篇，删除 0 篇" in shared(capsys, "load", bulk, str(tmp_path))
    assert "没有发现不符" in shared(capsys, "verify", bulk, str(tmp_path))


def test_interrupted_bulk_load_leaves_nothing_to_read(
    postgres: Cluster, capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_lines(tmp_path, "b", [article(str(n)) for n in range(10)])
    monkeypatch.setattr("tui.cli.shared_command._BULK_BYTES", 0)
    address = new_archive(postgres, capsys)

    def fail(*_: object) -> None:
        raise ServerProblem("cut", "断了")

    with monkeypatch.context() as patch:
        patch.setattr(BulkLoad, "_index", fail)
        shared(capsys, "load", address, str(tmp_path), status=2)
    assert rows(address, "select from article") == []
    assert "新增 10 篇" in shared(capsys, "load", address, str(tmp_path))


def test_processes_load_files_together(postgres: Cluster, capsys: Capture, tmp_path: Path) -> None:
    for number in range(6):
        write_lines(tmp_path, f"b{number}", [article(str(n)) for n in range(5)])
    address = new_archive(postgres, capsys)
    assert "新增 30 篇" in shared(capsys, "load", address, str(tmp_path), "--jobs", "2")
    assert "没有发现不符" in shared(capsys, "verify", address, str(tmp_path))


def test_verify_names_what_is_missing(postgres: Cluster, capsys: Capture, tmp_path: Path) -> None:
    write_lines(tmp_path, "b", [article("1"), article("2")])
    address = new_archive(postgres, capsys, tmp_path)
    rows(address, "delete from article where id = 'b/1' returning id")
    said = shared(capsys, "verify", address, str(tmp_path), status=2)
    assert "“b/1”登记了，但没有这篇文章。" in said
    write_lines(tmp_path, "b", [article("1"), article("2", body="改。"), article("3")])
    said = shared(capsys, "verify", address, str(tmp_path), status=2)
    assert "“b/2”在库里不同。" in said and "“b/3”不在库里。" in said


def test_drafts_are_kept_apart_until_they_are_published(postgres: Cluster, capsys: Capture, tmp_path: Path) -> None:
    write_lines(tmp_path, "b", [article("1", draft=True), article("2")])
    address = new_archive(postgres, capsys, tmp_path)
    assert rows(address, "select id from article") == [("b/2",)]
    assert rows(address, "select id from draft") == [("b/1",)]
    write_lines(tmp_path, "b", [article("1"), article("2", draft=True), article("3")])
    shared(capsys, "load", address, str(tmp_path))
    assert rows(address, "select id from article order by id") == [("b/1",), ("b/3",)]
    assert rows(address, "select id from draft") == [("b/2",)]


def test_bundled_articles_are_found_by_the_index_and_without(postgres: Cluster, capsys: Capture) -> None:
    address = new_archive(postgres, capsys, content_dir())
    found = "select id from hits('strpos(folded, ''反诈'') > 0', '''反诈'''::tsquery, 20, {})"
    assert rows(address, found.format(500)) == rows(address, found.format(0)) != []


def test_hostile_text_is_stored_or_left_out_as_a_problem(postgres: Cluster, capsys: Capture, tmp_path: Path) -> None:
    """More different grams than a tsvector can hold, nearly as many as allowed, surrogates, NUL, quotes, escapes."""

    def pairs(count: int) -> str:
        return "".join(chr(0x4E00 + n % 20_000) + chr(0x4E00 + n // 7) for n in range(count // 2))

    texts = {"many": pairs(80_000), "fits": pairs(55_000), "quotes": "a\\'b\"$$ :* & | !", "signs": "\ud800x\0y\x1b[2J"}
    path = write_lines(tmp_path, "b", [])
    lines = [json.dumps(article(name, body=body)) for name, body in texts.items()]
    path.write_text("\n".join(lines), "utf-8")
    address = new_archive(postgres, capsys, tmp_path)
    assert rows(address, "select id from article order by id") == [("b/fits",), ("b/quotes",), ("b/signs",)]
    assert rows(address, "select code from problem") == [("too-large",)]
    found = "select id from hits('true', E'''{}'''::tsquery, 20, 0)"
    assert rows(address, found.format("丁一")) == [("b/fits",)]
    assert rows(address, found.format("＄＄")) == [("b/quotes",)]
