"""Search in the files of a library that has no index."""

import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.program import Program, environment
from tests.search_bulletin import BULLETIN, heap
from tests.test_search_index import by_index
from tui.article import Article
from tui.library import Library, open_library
from tui.library.markdown_file import render
from tui.search.answer import Cancelled
from tui.search.file_search import FileSearch

ARTICLES = (
    *BULLETIN,
    *heap(400),
    Article("marks/one", ("标记",), body="**反**诈与[禁毒](x)宣传，R&amp;D\n换行的反\n诈。\n\n- 项目一\n- 项目二"),
    Article("marks/two", ("代码",), body="`fanzha` 与 ~~删去~~ 的字，<br>断行。"),
)
QUERIES = (
    "反诈",
    "公安局 民警",
    "kailu",
    "fanzha",
    "place:赤峰",
    "-反诈",
    "6月1日",
    "date:2019..2022",
    "“红枫义警”",
    "title:反诈 OR 删去的字",
    "R&D",
    "打击犯罪守护群众",
    '"禁毒宣传"',
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    root = tmp_path_factory.mktemp("files")
    for article in ARTICLES:
        file = root / f"{article.id}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(render(article), "utf-8")
    yield open_library(root)


@pytest.mark.parametrize("query", QUERIES)
def test_file_search_finds_the_same_as_an_index(library: Library, query: str) -> None:
    """The comparison is with an index of the same articles.

    There are more than 300, so that neither scores every hit.
    """
    articles = [one for one in library.everything() if isinstance(one, Article)]
    indexed, files = by_index(articles).search(query), FileSearch(library).search(query)
    assert {hit.article for hit in files.hits} == {hit.article for hit in indexed.hits}
    assert (files.total, files.partial, files.is_from_files) == (indexed.total, False, True)
    assert {hit.article: hit.spans for hit in files.hits} == {hit.article: hit.spans for hit in indexed.hits}


def test_file_search_returns_the_hits_found_before_its_deadline(library: Library) -> None:
    search = FileSearch(library)
    first = search.search("的", budget=0.0)
    assert (first.partial, first.total) == (True, None)
    assert search.search("反诈").total == FileSearch(library).search("反诈").total


def test_cancelled_file_search_resumes_where_it_stopped(library: Library) -> None:
    search = FileSearch(library)
    answers = iter([False, False, True])
    with pytest.raises(Cancelled):
        search.search("反诈", cancelled=lambda: next(answers))
    assert search.search("反诈").total == FileSearch(library).search("反诈").total


def test_interrupted_search_prints_what_it_found(
    library: Library, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from tui.cli.catalogue_source import CatalogueSource

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("tui.cli.catalogue_source.MAX_INDEX_SECONDS", 0.0)
    source = CatalogueSource(library, for_search=True)
    read = Library.everything

    def interrupted(opened: Library) -> Iterator[object]:
        for count, found in enumerate(read(opened)):
            if count == 200:
                raise KeyboardInterrupt
            yield found

    whole = source.search("民警", None, False)
    monkeypatch.setattr(Library, "everything", interrupted)
    answer = source.search("民警", None, False)
    assert (answer.partial, answer.total, answer.is_from_files) == (True, None, True)
    assert 0 < len(answer.hits) < len(whole.hits)


def test_search_says_that_it_indexes_a_library_too_large_for_memory(
    library: Library, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from tui.cli.catalogue_source import CatalogueSource

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("tui.cli.catalogue_source.MAX_INDEX_SECONDS", 0.0)
    monkeypatch.setattr("tui.search.file_search.MAX_FILE_BYTES", 1)
    answer = CatalogueSource(library, for_search=True).search("民警", None, False)
    assert (answer.is_from_files, answer.total) == (False, FileSearch(library).search("民警").total)
    assert "先编制索引" in capsys.readouterr().err


_INTERRUPTED = """
import sys, time
import tui.cli.catalogue_source as source
from tui.cli import main
from tui.library import Library
read = Library.everything
def everything(library):
    for count, found in enumerate(read(library)):
        if count == 380:
            print("READING", file=sys.stderr, flush=True)
            time.sleep(600)
        yield found
def update(self, *rest):
    Library.everything = everything
    return False
source.CatalogueSource._update = update
sys.exit(main(["search", "--limit", "3", "--library", sys.argv[1], "民警"]))
"""
"""A program whose reading of a library without an index never ends."""


def test_ctrl_c_prints_what_was_found_and_ends_by_signal(library: Library, tmp_path: Path) -> None:
    with Program(
        [sys.executable, "-c", _INTERRUPTED, str(library.root)], env=environment(tmp_path), cwd=tmp_path
    ) as program:
        program.wait_for("READING")
        program.send("\x03")
        assert program.wait(20) == -signal.SIGINT
        shown = program.screen.text()
    assert "找到 3 篇" in shown
    assert "Traceback" not in shown


_INTERRUPTED_INDEXING = """
import sys, time
from tui.cli import main
from tui.indexer.index_run import IndexRun
def look(self):
    print("INDEXING", file=sys.stderr, flush=True)
    time.sleep(600)
IndexRun.run = look
sys.exit(main(["search", "--library", sys.argv[1], "民警"]))
"""
"""A program whose indexing never ends."""


def interrupted(source: str, library: Library, tmp_path: Path, word: str) -> str:
    """Return the screen of a program that gets Ctrl-C once it has printed `word`, and is ended by the signal."""
    with Program([sys.executable, "-c", source, str(library.root)], env=environment(tmp_path), cwd=tmp_path) as program:
        program.wait_for(word)
        program.send("\x03")
        assert program.wait(20) == -signal.SIGINT
        return program.screen.text()


def test_ctrl_c_during_indexing_prints_one_line(library: Library, tmp_path: Path) -> None:
    shown = interrupted(_INTERRUPTED_INDEXING, library, tmp_path, "INDEXING")
    lines = [line.strip() for line in shown.splitlines() if line.strip()]
    assert lines == ["INDEXING", "^C找到 0 篇。"] or lines == ["INDEXING", "^C", "找到 0 篇。"]


_INTERRUPTED_OPENING = """
import sys, time
import tui.cli.open_library as opening
from tui.cli import main
def wait(*rest):
    print("OPENING", file=sys.stderr, flush=True)
    time.sleep(600)
opening.open_library = wait
sys.exit(main(["search", "--library", sys.argv[1], "民警"]))
"""
"""A program whose opening of the library never ends."""


def test_ctrl_c_before_the_library_is_open_prints_one_line(library: Library, tmp_path: Path) -> None:
    shown = interrupted(_INTERRUPTED_OPENING, library, tmp_path, "OPENING")
    assert shown.count("已中断") == 1
    assert "Traceback" not in shown


def test_interrupted_search_stops_looking_when_its_time_is_up(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = FileSearch(library)
    assert not search.search("民警").partial
    assert search.interrupted("民警").hits
    monkeypatch.setattr("tui.search.file_search.INTERRUPTED_SECONDS", -1.0)
    cut = search.interrupted("没有的词")
    assert (cut.hits, cut.partial, cut.total) == ((), True, None)


def test_pinyin_is_interpreted_in_what_was_read_before_an_interrupt(library: Library) -> None:
    search = FileSearch(library)
    search.search("的", budget=0.0)
    assert search.interrupted("minjing").interpretations[0].words
