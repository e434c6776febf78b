"""Only proven damage of the index is repaired; every other error is a crash with its own exit status."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.archive import Archive, archive
from tests.program import ROOT, Program, environment
from tui.catalogue import Catalogue, schema
from tui.cli import main
from tui.indexer import Indexer
from tui.library import Library

__all__ = ["archive"]

CRASH = 70
RUN = "import sys; {bug}; from tui.cli import main; sys.exit(main())"
RAISE = """
import sqlite3
def bug(*given, **named):
    {raised}
"""
ERRORS = {
    "a missing attribute": "None.body",
    "nothing where there is a list": "(lambda them: them[0])(None)",
    "no key": "{}['body']",
    "bytes that are not text": "b'\\xff'.decode()",
    "a wrong statement": "sqlite3.connect(':memory:').execute('SELECT nope FROM article')",
    "a value of the wrong type": "int('x')",
    "a broken rule of a table": "raise sqlite3.IntegrityError('NOT NULL constraint failed: article.id')",
    "too deep": "raise RecursionError('maximum recursion depth exceeded')",
}
MATCHING = "import tui.search.index_search as i; i.matches_query = bug"
LISTING = "import tui.catalogue.listing as l; l.BY_NUMBER = 'SELECT nope FROM article WHERE number IN ({})'"
THREAD = (
    "import tui.plain.conversation as c, threading as t;"
    "c.Conversation.answer = lambda *given: [one.join() for one in [t.Thread(target=bug)] if not one.start()] * 0"
)
INDEXING = "import tui.indexer.index_run as s; s.IndexRun.run = bug"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def root(home: Path) -> Path:
    """An indexed library that is too large for commands to read it without the index."""
    archive = Archive(home / "library")
    archive.lines("a", "id: a\ntitle: 甲", [archive.item(f"{at:03d}", "开鲁", "2023-06-01") for at in range(310)])
    for at in range(310):
        archive.markdown(f"b/{at:03d}.md", "赤峰", "2023-06-02", "民警开展反诈宣传。")
    archive.write("b/bulletin.yaml", "id: b\ntitle: 乙\n")
    assert command(home, ["search", "反诈", "--library", str(archive.root)]).returncode == 0
    return archive.root


def command(home: Path, arguments: Sequence[str], bug: str = "pass") -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", program(bug), *arguments],
        env=environment(home),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        input="1\nq\n",
    )


def program(bug: str) -> str:
    return RAISE.format(raised="None.body") + RUN.format(bug=bug)


def index_files(home: Path) -> dict[str, tuple[int, int]]:
    """Return inode and size of each database and of the file that names the current one."""
    cache = home / "cache"
    return {
        str(path.relative_to(cache)): (path.stat().st_ino, path.stat().st_size)
        for path in cache.rglob("*")
        if path.name == "current" or path.suffix == ".sqlite"
    }


def assert_crash_report(said: str, status: int, home: Path) -> None:
    log = home / "state/ganews-tui/error.log"
    assert status == CRASH, said
    assert len(said.splitlines()) == 3
    assert str(log) in said
    assert "Traceback" in log.read_text()
    assert log.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("error", ERRORS)
def test_error_in_matching_is_reported_and_leaves_the_index(
    error: str, root: Path, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = index_files(home)
    made: dict[str, object] = {}
    exec(RAISE.format(raised=ERRORS[error]), made)
    monkeypatch.setattr("tui.search.index_search.matches_query", made["bug"])
    for name, value in environment(home).items():
        monkeypatch.setenv(name, value)
    status = main(["search", "反诈", "--library", str(root)])
    assert_crash_report(capsys.readouterr().err, status, home)
    assert index_files(home) == before
    assert before


@pytest.mark.parametrize(
    ("arguments", "bug"),
    [
        (["list"], LISTING),
        (["list"], INDEXING),
        (["search", "反诈"], INDEXING),
        (["--plain"], INDEXING),
        (["--plain"], "import tui.compose as p; import tui.session.article_text as t; t.compose = bug"),
        (["--plain"], "import tui.catalogue.catalogue as c; c.Catalogue._article = lambda *given: {}['title']"),
        (["--plain"], THREAD),
        (["show", "a/001"], "import tui.cli.selection as s; s.find_article = bug"),
    ],
    ids=[
        "list",
        "list indexing",
        "search indexing",
        "plain indexing",
        "plain opening",
        "plain no key",
        "plain thread",
        "show",
    ],
)
def test_crash_ends_every_way_of_reading_with_its_own_status(
    arguments: list[str], bug: str, root: Path, home: Path
) -> None:
    before = index_files(home)
    place = [str(root)] if arguments == ["--plain"] else ["--library", str(root)]
    ended = command(home, [*arguments, *place], bug)
    assert_crash_report(ended.stderr, ended.returncode, home)
    assert index_files(home) == before


@pytest.mark.parametrize("bug", [MATCHING, INDEXING, LISTING], ids=["matching", "indexing", "listing"])
def test_error_in_the_app_is_reported_and_leaves_the_index(bug: str, root: Path, home: Path) -> None:
    before = index_files(home)
    command = [sys.executable, "-c", program(bug), str(root)]
    with Program(command, env=environment(home), cwd=ROOT) as app:
        if bug == MATCHING:
            app.wait_for("开鲁")
            app.settle(0.3)
            app.send("/")
            app.settle(0.1)
            app.send("反诈")
        status = app.wait(20)
        said = app.screen.text()
        changes = app.terminal_changes()
    assert (status, changes) == (CRASH, []), said
    assert "error.log" in said
    assert index_files(home) == before


def test_wrong_statement_is_raised_and_the_index_stays(archive: Archive) -> None:
    archive.lines("a", "id: a\ntitle: 甲", [archive.item("1", "开鲁", "2023")])
    catalogue = archive.indexed()
    with pytest.raises(sqlite3.OperationalError):
        catalogue._store.all("SELECT nope FROM article")
    assert Path(catalogue.home.path).exists()
    assert catalogue.total == 1


class FailingDisk(sqlite3.Connection):
    """A connection that fails to read at one statement, as a disk does for a moment."""

    left = -1

    def execute(self, *given: object) -> sqlite3.Cursor:
        FailingDisk.left -= 1
        if FailingDisk.left == 0:
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorcode = sqlite3.SQLITE_IOERR_READ
            raise error
        return super().execute(*given)  # type: ignore[arg-type]


@pytest.mark.parametrize("statement", range(1, 16))
def test_index_stays_when_the_disk_fails_for_a_moment(
    statement: int, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk fails in turn at every statement of opening and reading."""
    archive.lines("a", "id: a\ntitle: 甲", [archive.item("1", "开鲁", "2023")])
    archive.indexed().close()
    index = [path for path in Path(os.environ["XDG_CACHE_HOME"]).rglob("*") if path.name.startswith(("current", "ind"))]
    before = {path: path.read_bytes() for path in index if not path.name.endswith(("-shm", "-wal"))}
    real = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *given, **named: real(*given, **named, factory=FailingDisk))
    FailingDisk.left = statement
    catalogue = archive.catalogue()
    catalogue.refresh()
    rows = catalogue.listing().summaries(0, 9)
    FailingDisk.left = -1
    catalogue.refresh()
    assert [row.id for row in rows or catalogue.listing().summaries(0, 9)] in (["a/1"], [])
    assert {path: path.read_bytes() for path in before} == before
    monkeypatch.undo()
    monkeypatch.setenv("XDG_CACHE_HOME", str(archive.root.parent / "cache"))
    assert Catalogue(Library(archive.root)).total == 1


@pytest.mark.parametrize("harm", ["a table is gone", "a column is gone", "a table is another"])
def test_other_schema_is_damage_that_is_repaired_on_opening(harm: str, archive: Archive) -> None:
    archive.lines("a", "id: a\ntitle: 甲", [archive.item("1", "开鲁", "2023")])
    catalogue = archive.indexed()
    path = catalogue.home.path
    catalogue.close()
    conn = sqlite3.connect(path)
    conn.execute("DROP TABLE search_doc" if harm == "a table is gone" else "SELECT 1")
    conn.execute("ALTER TABLE grp DROP COLUMN label" if harm == "a column is gone" else "SELECT 1")
    if harm == "a table is another":
        conn.execute("DROP TABLE page")
        conn.execute("CREATE TABLE page(numbers BLOB)")
    conn.commit()
    conn.close()
    again = archive.catalogue()
    assert again.total == 0
    assert Indexer(again, 0).run()
    assert again.refresh()
    assert [row.id for row in again.listing().summaries(0, 9)] == ["a/1"]
    assert schema.is_whole(again.conn)


def test_crash_log_readable_by_others_becomes_private(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An earlier version may have left such a log; a new log is private whatever the umask."""
    for before in (True, False):
        state = tmp_path / f"state{before}"
        monkeypatch.setenv("XDG_STATE_HOME", str(state))
        log = state / "ganews-tui/error.log"
        if before:
            log.parent.mkdir(parents=True)
            log.write_text("old\n")
            log.chmod(0o644)
        monkeypatch.setattr("tui.cli.check.run", lambda arguments: 1 // 0)
        umask = os.umask(0)
        try:
            assert main(["check"]) == CRASH
        finally:
            os.umask(umask)
        assert log.stat().st_mode & 0o777 == 0o600
        assert "ZeroDivisionError" in capsys.readouterr().err
