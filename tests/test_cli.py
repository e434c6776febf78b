"""The command line: output, streams and exit statuses."""

import fcntl
import json
import os
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tui.cli import main
from tui.cli.memory_source import MemorySource
from tui.cli.open_library import source_of
from tui.library import Library

ROOT = Path(__file__).resolve().parent.parent
Run = Callable[..., tuple[int, str, str]]
GONGAN = "neimenggu-gongan"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Return a function that runs a command line and returns status, output and errors."""
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    for name in ("GANEWS_LIBRARY", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)

    def run_line(*words: str) -> tuple[int, str, str]:
        status = main([*words])
        out, err = capsys.readouterr()
        return status, out, err

    return run_line


def library(root: Path, articles: int = 3) -> Path:
    """Write a library with `articles` articles in two bulletins."""
    for name, issued in (("2023-06-01", "2023-06-01"), ("2023-06-02", "2023-06-02")):
        (root / name).mkdir(parents=True)
        (root / name / "bulletin.yaml").write_text(f"id: {name}\ntitle: 公安新闻\nissued: {issued}\n", "utf-8")
    places = ["开鲁", "托克托", "赤峰"]
    for number in range(articles):
        folder = root / ("2023-06-01" if number % 2 else "2023-06-02")
        date = f"date: 2023-05-{number % 28 + 1:02d}\n" if number % 3 else ""
        (folder / f"{number}.md").write_text(
            f"---\ntitle: [第{number}期反诈宣传]\nplace: {places[number % 3]}\nauthors: [刘星]\n{date}---\n\n"
            f"近日，民警第{number}次走进社区，讲解电信网络诈骗。\n",
            "utf-8",
        )
    return root


def test_list_json_has_the_bundled_articles_in_sidebar_order(run: Run) -> None:
    status, out, _err = run("list", "--json")
    articles = json.loads(out)["articles"]
    assert status == 0
    places = ["开鲁", "呼和浩特", "锡林郭勒", "托克托", "科右中旗", "牙克石", "赤峰"]
    assert [article["place"] for article in articles] == places
    keys = ["id", "title", "place", "place_id", "dateline", "authors", "byline", "date", "bulletin", "characters"]
    keys += ["tags", "source", "url", "description", "draft"]
    assert all(list(article) == keys for article in articles)
    assert articles[0]["title"] == ["筑牢禁毒防线", "守护一方净土"]
    assert articles[0]["id"].rpartition("/")[0] == articles[0]["bulletin"] == GONGAN


def test_show_as_json_adds_the_blocks(run: Run) -> None:
    status, out, _err = run("show", "kailu", "--json")
    article = json.loads(out)
    assert status == 0
    assert article["id"].endswith("kailu")
    subheads = [block["text"] for block in article["blocks"] if block["kind"] == "subhead"]
    assert subheads[:1] == ["全民动员，织密平安“防护网”"]
    assert all(list(block) == ["kind", "text"] for block in article["blocks"])


def test_article_is_found_by_any_unambiguous_end_of_its_id(run: Run, tmp_path: Path) -> None:
    root = str(library(tmp_path / "l", 12))
    assert json.loads(run("show", "2023-06-02/10", "--json", "--library", root)[1])["id"] == "2023-06-02/10"
    assert json.loads(run("show", "10", "--json", "--library", root)[1])["id"] == "2023-06-02/10"
    assert json.loads(run("show", "0", "--json", "--library", root)[1])["id"] == "2023-06-02/0"
    status, out, err = run("show", "06-0", "--library", root)
    assert (status, out) == (1, "")
    (tmp_path / "l/2023-06-01/0.md").write_text("---\ntitle: [又一篇]\n---\n\n正文\n", "utf-8")
    status, out, err = run("show", "0", "--library", root)
    assert (status, out) == (2, "")
    assert "2023-06-01/0" in err and "2023-06-02/0" in err


def test_small_and_large_libraries_give_the_same_lists_and_hits(run: Run, tmp_path: Path) -> None:
    """The same library is read into memory once, and through the catalogue once."""
    from tui.cli.catalogue_source import CatalogueSource

    opened = Library(library(tmp_path / "l", 40))
    loaded, catalogued = MemorySource(opened), CatalogueSource(opened)
    assert list(loaded.entries()) == [one._replace(number=0) for one in catalogued.entries()]
    assert isinstance(source_of(opened), MemorySource)
    for query in ("反诈", "第3", "place:开鲁", "dianxin", "诈骗 -社区", "author:刘星 date:2023-05-02..2023-05-05"):
        for newest in (False, True):
            assert loaded.search(query, None, newest) == catalogued.search(query, None, newest), query
    for ending in ("0", "2023-06-01/1", "无"):
        assert sorted(loaded.ids_ending(ending, 9)) == sorted(catalogued.ids_ending(ending, 9))
        first = loaded.ids_ending(ending, 1)
        assert not first or loaded.article(first[0]) == catalogued.article(first[0])


def test_search_prints_every_hit_with_its_spans(run: Run, tmp_path: Path) -> None:
    root = str(library(tmp_path / "l", 30))
    status, out, _err = run("search", "反诈", "--json", "--library", root)
    answer = json.loads(out)
    assert status == 0
    assert list(answer) == ["query", "read_as", "total", "hits"]
    assert answer["total"] == len(answer["hits"]) == 30
    hit = answer["hits"][0]
    assert list(hit) == ["article", "title", "place", "date", "score", "snippet", "spans", "tags"]
    field, start, end = hit["spans"][0]
    assert field == "title" and " ".join(hit["title"])[start:end] == "反诈"
    assert len(json.loads(run("search", "反诈", "--json", "-n5", "--library", root)[1])["hits"]) == 5


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["list"], 0),
        (["list", "--place", "火星"], 1),
        (["search", "禁毒"], 0),
        (["search", "无此词语"], 1),
        (["show", "kailu"], 0),
        (["show", "无此篇"], 1),
        (["places", "双河"], 0),
        (["places", "火星"], 1),
        (["check"], 0),
        (["list", "--library", "/nowhere"], 2),
        (["list", "--foo"], 2),
        (["list", "--json", "--csv"], 2),
        (["list", "--limit", "0"], 2),
        (["list", "--limit"], 2),
        (["list", "--date", "有一天"], 2),
        (["list", "多余"], 2),
        (["show"], 2),
        (["search"], 2),
        (["--lang", "xx"], 2),
        (["/nowhere"], 2),
        (["--version"], 0),
        (["--help"], 0),
    ],
)
def test_exit_status_distinguishes_results_none_and_errors(run: Run, words: list[str], status: int) -> None:
    found, out, err = run(*words)
    assert found == status
    assert bool(err) or status != 2
    assert bool(out) == (status == 0 and words != ["check"])


@pytest.mark.parametrize("flag", ["--json", "--jsonl", "--csv", "--md", "--html"])
def test_remarks_never_mix_with_data(run: Run, flag: str) -> None:
    for words in (["list"], ["search", "反诈"]):
        _status, _out, err = run(*words, flag)
        assert err == ""


def test_place_includes_the_places_in_it(run: Run) -> None:
    assert [one["place"] for one in json.loads(run("list", "--place", "通辽", "--json")[1])["articles"]] == ["开鲁"]
    assert len(json.loads(run("list", "--place", "内蒙古", "--json")[1])["articles"]) == 7


def test_colour_follows_the_option_and_is_off_in_a_pipe(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b" not in run("search", "反诈")[1]
    assert "\x1b[" in run("search", "反诈", "--color", "always")[1]
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in run("search", "反诈")[1]
    assert "\x1b" not in run("search", "反诈", "--color=never")[1]
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in run("search", "反诈")[1]


def test_lang_option_sets_the_language(run: Run) -> None:
    assert "no option" in run("--lang", "en", "--foo")[2]
    assert "没有" in run("--lang=zh", "--foo")[2]


@pytest.mark.skipif(not os.path.exists("/proc/self/stat"), reason="no /proc here")
def test_ctrl_c_ends_the_program_by_signal_without_a_message() -> None:
    """The program is waiting for a page on standard input at that time."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tui", "import", "-", "--json"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # as in a foreground process
    )
    assert process.stdin is not None
    process.stdin.write("双河讯。")
    process.stdin.flush()
    while fcntl.ioctl(process.stdin, termios.FIONREAD, b"\0\0\0\0") != b"\0\0\0\0":
        time.sleep(0.01)  # the program has not started to read
    while Path(f"/proc/{process.pid}/stat").read_text().split()[2] != "S":
        time.sleep(0.01)  # the program does not wait for more input yet
    process.send_signal(signal.SIGINT)
    process.wait(timeout=20)
    assert process.returncode == -signal.SIGINT
    assert process.stdout is not None and process.stderr is not None
    assert (process.stdout.read(), process.stderr.read()) == ("", "")


def test_closed_pipe_ends_the_program_without_a_message(tmp_path: Path) -> None:
    root = library(tmp_path / "l", 300)
    line = f'"{sys.executable}" -m tui list --json --library "{root}" | head -1; exit ${{PIPESTATUS[0]}}'
    done = subprocess.run(["bash", "-c", line], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "{\n", "")


def test_closed_standard_output_is_not_an_error(tmp_path: Path) -> None:
    done = subprocess.run(
        ["bash", "-c", f'"{sys.executable}" -m tui list >&-'], cwd=ROOT, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")
def test_full_disk_is_reported_in_one_line() -> None:
    line = f'"{sys.executable}" -m tui list --json >/dev/full'
    done = subprocess.run(["bash", "-c", line], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


def test_subcommands_import_neither_textual_nor_unneeded_modules() -> None:
    code = (
        "import sys, tui.cli\n"
        "status = tui.cli.main(['search', '反诈', '--json'])\n"
        "heavy = {'textual', 'rich.console', 'sqlite3', 'argparse', 'asyncio', 'tui.app'} & set(sys.modules)\n"
        "sys.exit(','.join(heavy) or status)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_search_finds_articles_by_their_marks(run: Run, tmp_path: Path) -> None:
    from tui.paths import state_file
    from tui.reading import Reading

    assert run("search", "is:starred")[0] == 1
    assert not state_file().parent.exists(), "a question makes no file"
    reading = Reading(state_file())
    reading.toggle_star(f"{GONGAN}/07-chifeng")
    reading.close()
    hits = json.loads(run("search", "is:starred", "--json")[1])["hits"]
    assert [hit["article"] for hit in hits] == [f"{GONGAN}/07-chifeng"]


def test_pager_option_sends_output_to_the_pager(tmp_path: Path) -> None:
    """On a terminal the pager receives all output, with colours."""
    import pty

    code = "import sys; from tui.cli import main; sys.exit(main(['list', '--pager']))"
    env = {**os.environ, "PAGER": "sed s/^/>/", "TERM": "xterm-256color"}
    controller, terminal = pty.openpty()
    process = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env=env, stdout=terminal, stdin=terminal)
    os.close(terminal)
    shown = b""
    while True:
        try:
            part = os.read(controller, 4096)
        except OSError:
            break
        shown += part
    assert process.wait() == 0
    lines = shown.decode().splitlines()
    assert len(lines) == 7
    assert all(line.startswith(">\x1b[2m") for line in lines)


def test_options_work_before_the_subcommand_and_in_every_form(run: Run, tmp_path: Path) -> None:
    root = str(library(tmp_path / "l", 6))
    wanted = run("list", "--library", root, "--limit", "2")
    for words in (
        ["--library", root, "list", "-n2"],
        [f"--library={root}", "list", "-n", "2"],
        ["list", "-n=2"[:2], "2", f"--library={root}"],
    ):
        assert run(*words) == wanted
    assert run("search", "公安", "--", "-禁毒", "--json")[1] == run("search", "公安 -禁毒 --json")[1]
    assert run("search", "公安", "-禁毒", "--json") == run("search", "公安 -禁毒", "--json")
    assert run("search", "-禁毒", "--json")[0] == 0


@pytest.mark.parametrize(("typed", "meant"), [("--jsno", "--json"), ("--plcae", "--place")])
def test_misspelt_name_is_suggested(run: Run, typed: str, meant: str) -> None:
    assert meant in run("list", typed)[2]


def test_misspelt_subcommand_is_not_opened_as_a_folder(run: Run) -> None:
    status, _out, err = run("serach")
    assert status == 2
    assert "search" in err


def test_list_does_not_wait_for_another_process_that_indexes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from tui.catalogue import Catalogue
    from tui.cli.catalogue_source import CatalogueSource

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    opened = Library(library(tmp_path / "l", 12))
    assert len(list(CatalogueSource(opened).entries())) == 12
    other = Catalogue(opened)
    with other.home.writing() as held:
        assert held
        assert len(list(CatalogueSource(opened).entries())) == 12
    other.close()
