"""A server that is hostile, damaged or no archive: one line, bounded memory, and the reader goes on."""

from pathlib import Path

import psycopg
import pytest

from tests.archives import new_archive, shared, write_lines
from tests.postgres import Cluster
from tests.test_shared_breaks import Open, article, home, wait_until  # noqa: F401
from tui.cli import main
from tui.shared import node_link
from tui.shared.node_link import Away
from tui.shared.received_rows import MAX_BODY, MAX_LINE, MAX_PARTS, held_of, listed_of

Capture = pytest.CaptureFixture[str]
SUMMARY = (20230601, 5, "b/1", "题", "通辽", "2023", 3, ["江枫"], 150500, "b", ["禁毒"], 5)
ROW = (*SUMMARY, "", "", "正文", None, None, None, "", "", "")

BREAKS = {
    "feed that is no number": "alter table feed alter last type text using 'x'",
    "counts that are no numbers": "alter table grp alter count type text using 'x'",
    "missing column": "alter table article rename title to headlines",
    "missing function": "drop function pull(text, bigint); drop function groups_of cascade",
    "rights taken away": "revoke select on article, ident, grp, mark from ganews_reader",
    "no tables": "drop table feed, grp, mark cascade",
}


@pytest.mark.parametrize("what", BREAKS)
def test_reader_goes_on_when_the_server_answers_nonsense(
    what: str,
    postgres: Cluster,
    capsys: Capture,
    home: Path,  # noqa: F811
) -> None:
    write_lines(home / "library", "b", [article(number) for number in range(400)])
    address = new_archive(postgres, capsys, home / "library")
    shared(capsys, "grant", address, "anna", "reader")
    reader = address.replace("owner@", "anna@")
    opened = Open(reader, home)
    rows = opened.catalogue.listing().summaries(0, 40)
    seen = opened.catalogue.article("b/5")
    with psycopg.connect(address, autocommit=True) as conn:
        conn.execute(BREAKS[what].encode())
    opened.archive.memory.version += 1
    told = len(opened.told)
    assert opened.catalogue.listing().summaries(0, 40) == rows and opened.catalogue.article("b/5") == seen
    assert opened.catalogue.listing("month") is not None and opened.catalogue.problems() is not None
    assert opened.catalogue.unread_count(()) >= 0 and opened.catalogue.unread(()) is not None
    for ask in (lambda: opened.catalogue.article("b/399"), lambda: opened.library.stores.open_search().search("民警")):
        try:
            ask()
        except OSError as error:
            assert "\n" not in str(error)
    opened.reading.star("b/5")
    wait_until(lambda: len(opened.told) > told + 1)  # the follower lives
    capsys.readouterr()
    status = main(["list", "--library", reader])
    said = capsys.readouterr()
    assert (status, said.err.count("\n")) == (2, 1) or (status == 0 and said.out.count("\n") == 400)
    opened.close()


def test_rows_without_end_are_cut_off(
    postgres: Cluster,
    capsys: Capture,
    home: Path,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    address = new_archive(postgres, capsys)
    opened = Open(address, home)
    monkeypatch.setattr(node_link, "MAX_ANSWER_BYTES", 50_000_000)
    with pytest.raises(Away):
        opened.archive.front.ask([node_link.Statement("select repeat('x', 10000) from generate_series(1, 1000000000)")])
    opened.close()


@pytest.mark.parametrize("at", [0, 1, 6, 8, 11])
@pytest.mark.parametrize("value", ["x", None, 1.5, []])
def test_row_of_wrong_types_is_no_article(at: int, value: object) -> None:
    if (at, value) == (8, None):
        return
    row = (*ROW[:at], value, *ROW[at + 1 :])
    with pytest.raises(Away):
        listed_of(row, {})
    with pytest.raises(Away):
        listed_of(row[:5], {})


def test_row_of_any_size_is_cut_and_cleaned() -> None:
    escapes = "\x1b]0;x\x07\u202e\0"
    huge = (20230601, 5, *[escapes * 10_000] * 3, "x", 3, [escapes] * 9_000, None, "b", ["y" * 99_999], 5)
    article = held_of((*huge, escapes, escapes, "民" * 30_000_000, escapes, 1, 2, escapes, escapes, escapes)).article
    assert len(article.body) == MAX_BODY and len(article.authors) == MAX_PARTS and len(article.tags[0]) == MAX_LINE
    for text in (*article.title, article.id, article.place, article.dateline, article.byline, *article.authors):
        assert len(text or "") <= MAX_LINE and not set(text or "") & set("\x1b\x07\u202e\0\n")
