"""Reading and searching without a writable folder, or on file systems that refuse locks: they work without delay."""

import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from threading import Event, Thread

import pytest

from tests.archive import Archive, archive
from tests.program import GANEWS, PATIENCE, ROOT, Program, environment
from tui.catalogue import schema
from tui.indexer import Indexer

__all__ = ["archive"]

NO_TEMPORARY_FOLDER = """
import sys, tempfile
def refuse(*given, **named):
    raise OSError(30, "Read-only file system")
tempfile.mkdtemp = refuse
from tui.cli import main
if __name__ == "__main__":
    sys.exit(main())
"""
REFUSE_LOCKS = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
static int refuse(int file, int what, void *with, const char *name) {
    if (what == F_SETLK || what == F_SETLKW || what == F_OFD_SETLK) { errno = ENOLCK; return -1; }
    int (*real)(int, int, ...) = (int (*)(int, int, ...))dlsym(RTLD_NEXT, name);
    return real(file, what, with);
}
#define WRAP(name) int name(int file, int what, ...) { \
    va_list more; va_start(more, what); void *with = va_arg(more, void *); va_end(more); \
    return refuse(file, what, with, #name); }
WRAP(fcntl)
WRAP(fcntl64)
int flock(int file, int how) { errno = ENOLCK; return -1; }
"""


def large(archive: Archive) -> None:
    """Fill a library until it is large enough to start workers and to merge the index at the end."""
    body = "警情通报，民警走进社区。" * 60
    archive.lines(
        "a",
        "id: a\ntitle: 甲",
        [archive.item(f"{at:04d}", "开鲁", "2023", body=f"{body}{at}{chr(0x4E00 + at) * 3}") for at in range(2000)],
    )


def command(archive: Archive, arguments: Sequence[str], program: Sequence[str], **more: str) -> str:
    ended = subprocess.run(
        [*program, *arguments, "--library", str(archive.root)],
        env=environment(archive.root.parent / "home", **more),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def test_search_answers_without_a_writable_folder(archive: Archive) -> None:
    large(archive)
    program = archive.root.parent / "program.py"
    program.write_text(NO_TEMPORARY_FOLDER, "utf-8")
    said = command(archive, ["search", "民警", "--jsonl"], [sys.executable, str(program)], XDG_CACHE_HOME="/dev/null")
    assert len(said.splitlines()) == 2000


def test_readers_wait_while_an_index_in_memory_creates_its_tables(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> str:
        raise OSError("no room")

    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null")
    monkeypatch.setattr("tempfile.mkdtemp", refuse)
    archive.lines("a", "id: a\ntitle: 甲", [archive.item("1", "开鲁", "2023")])
    catalogue = archive.indexed()
    reader, holds = catalogue.again(), Event()

    def write() -> None:
        writer = schema.connect(catalogue.home.path, writing=True)
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("CREATE TABLE another(value)")
        holds.set()
        time.sleep(0.2)
        writer.execute("COMMIT")
        writer.close()

    other = Thread(target=write)
    other.start()
    assert holds.wait(PATIENCE)
    assert len(reader.listing().summaries(0, 9)) == 1
    other.join()


def test_no_database_is_written_to_the_working_folder(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """If no other folder is writable, Python puts temporary files into the working folder."""
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null")
    monkeypatch.setattr("tempfile.tempdir", str(archive.root))
    monkeypatch.chdir(archive.root)
    archive.lines("a", "id: a\ntitle: 甲", [archive.item("1", "开鲁", "2023")])
    catalogue = archive.catalogue()
    assert Indexer(catalogue, 0).run()
    assert (catalogue.refresh(), catalogue.total) == (True, 1)
    assert [path.name for path in archive.root.iterdir()] == ["a"]


@pytest.fixture
def refusing(tmp_path: Path) -> str:
    """Build a preloaded library under which no file can be locked; return its path."""
    if shutil.which("cc") is None or sys.platform != "linux":
        pytest.skip("needs a C compiler and LD_PRELOAD")
    (tmp_path / "locks.c").write_text(REFUSE_LOCKS)
    library = tmp_path / "locks.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-o", library, tmp_path / "locks.c", "-ldl"], check=True)
    return str(library)


def test_first_screen_is_not_delayed_when_locks_are_refused(archive: Archive, tmp_path: Path, refusing: str) -> None:
    """Covers a start without state and index, with both, and after an interrupted run."""
    archive.markdown("a/1.md", "开鲁", "2023-06-02", "民警开展反诈宣传。")
    seconds = []
    for home, preload in (("one", refusing), ("two", ""), ("two", refusing)):
        began = time.monotonic()
        env = environment(tmp_path / home, LD_PRELOAD=preload)
        with Program([*GANEWS, str(archive.root)], env=env) as app:
            app.wait_for("反诈宣传")
            seconds.append(time.monotonic() - began)
            app.send("q")
            assert app.wait() == 0
    assert max(seconds[0], seconds[2]) < 2 * seconds[1] + 4, seconds


def test_command_is_not_delayed_when_locks_are_refused(archive: Archive, tmp_path: Path, refusing: str) -> None:
    """SQLite takes ENOLCK for a lock held by another program, and waits five seconds for each of them."""
    for at in range(310):
        archive.markdown(f"a/{at:03d}.md", "开鲁", "2023-06-02", "民警开展反诈宣传。")
    began = time.monotonic()
    command(archive, ["list"], GANEWS)
    without_refusal = time.monotonic() - began
    for home in ("home", "another"):
        began = time.monotonic()
        said = command(archive, ["list"], GANEWS, LD_PRELOAD=refusing, XDG_CACHE_HOME=str(tmp_path / home / "cache"))
        assert len(said.splitlines()) == 310
        assert time.monotonic() - began < 2 * without_refusal + 4
