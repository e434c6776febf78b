"""Every parser of outside text takes linear time and memory: measured at n, 2n and 4n."""

import subprocess
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.program import GANEWS, ROOT, environment
from tui.cli import main

FRONT = "---\ntitle: 反诈\n---\n\n"
PLACE = (
    "- {{id: {n}, name: {quote}某某{n}县{quote}, label: 某某{n}, level: county, pinyin: mou mou xian, lat: 40.85}}\n"
)
LINE = '{{"id": "{n}", "title": ["反诈宣传"], "body": "民警开展反诈宣传。"}}\n'
Make = Callable[[int], str]


def repeated(piece: str, before: str = "", after: str = "") -> Make:
    return lambda size: before + piece * (size // len(piece)) + after


def numbered(piece: str, before: str = "") -> Make:
    return lambda size: (
        before + "".join(piece.format(n=n, quote="'") for n in range(size // len(piece.format(n=99, quote=""))))
    )


def chain(size: int) -> str:
    """Return a gazetteer in which each place is in the one before."""
    line = "- {{id: {n}, name: 某{n}县, level: county{parent}}}\n"
    many = size // 50
    return "places:\n" + "".join(line.format(n=n, parent=f", parent: {n - 1}" if n else "") for n in range(many))


ARTICLES = {
    "paragraphs": repeated("民警开展反诈宣传。\n\n", FRONT),
    "an open front matter": repeated("--- x\n"),
    "marks on marks": repeated("甲\u0301", FRONT),
    "backticks": repeated("`", FRONT),
    "brackets": repeated("[", FRONT),
}
TEXTS = {
    "prose": repeated("民警开展反诈宣传。\n"),
    "dashes": repeated("-"),
    "spaces": repeated(" "),
    "a heading of a chapter": repeated("一", "第"),
    "wrapped lines": repeated("the patrol went on\n"),
}
HEADERS = {
    "TOML lists": repeated("a = [", "+++\n", "\n+++\n\n甲\n"),
    "TOML quotes": repeated('"""', "+++\na = ", "\n+++\n\n甲\n"),
    "JSON": repeated('{"a":', "{\n", "\n}\n\n甲\n"),
    "lines": repeated("Tags: a, ", "", "\n\n甲\n"),
}
LINES = {
    "articles": numbered(LINE),
    "one long body": repeated("民警。", '{"id": "1", "title": ["甲"], "body": "', '"}'),
    "escapes": repeated("\\n", '{"id": "1", "title": ["甲"], "body": "', '"}'),
    "brackets": repeated("["),
    "lists": repeated("[],", '{"id": "1", "title": ["甲"], "body": "", "x": [', "1]}"),
    "blank lines": repeated(" " * 40 + "\n"),
    "many names": repeated('"甲",', '{"id": "1", "title": ["甲"], "body": "", "authors": [', '"乙"]}'),
}
GAZETTEERS = {
    "plain": numbered(PLACE.replace("{quote}", ""), "places:\n"),
    "quoted": numbered(PLACE, "places:\n"),
    "a chain": chain,
    "empty places": repeated("- {}\n", "places:\n"),
    "one long place": repeated("a: b, ", "places:\n- {", "id: 1}\n"),
    "pairs that never end": repeated("a: b ", "places:\n- {", "b]}\n"),
    "a number in base 60": repeated(":1", "places:\n- {id: 1", "}\n"),
    "lists": repeated("- [[], [], []]\n", "other:\n"),
    "brackets": repeated("[", "places: "),
}
BULLETINS = {
    "keys": numbered("k{n}: 甲\n"),
    "brackets": repeated("["),
    "a long title": repeated("甲", "title: "),
    "dashes": repeated("- "),
}
SETTINGS = {
    "brackets": repeated("[", "x: "),
    "keys": numbered("k{n}: v\n"),
    "mappings": repeated("{a: ", "x: "),
    "libraries": repeated("/某某某某/某某某某某某某某某某某某某某某某,", "libraries: [", "甲]"),
    "a long name": lambda size: "a" * size + ": b",
    "aliases": repeated("*a, ", "x: [&a b, ", "*a]"),
}
PAGES = {
    "prose": repeated("民警走进社区，开展反诈宣传活动。\n"),
    "one line": repeated("民警走进社区。"),
    "digits": repeated("1"),
    "spaces": repeated(" "),
    "form feeds": repeated("民警走进社区，\x0c"),
    "open brackets": repeated("（"),
}


MARK = '{{"kind": "read", "article": "a/{n}", "is_on": true, "at": "2023-06-01T00:00:00Z", "device": "x"}}\n'
MARKS = {"marks": numbered(MARK), "brackets": repeated("["), "blank lines": repeated(" " * 40 + "\n")}


def content(name: str, root: Path, text: str) -> list[str]:
    (root / "a").mkdir(parents=True, exist_ok=True)
    (root / "a/bulletin.yaml").write_text("id: a\ntitle: 甲\n", "utf-8")
    (root / "a/1.md").write_text(FRONT + "民警。\n", "utf-8")
    (root / name).write_text(text, "utf-8")
    return ["check", str(root)]


def setting(name: str, root: Path, text: str) -> list[str]:
    folder = root / "config/ganews-tui"
    (folder / "themes").mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, "utf-8")
    return ["config", "check"]


def raw_page(name: str, root: Path, text: str) -> list[str]:
    (root / "library").mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text, "utf-8")
    return ["import", str(root / name), "--into", str(root / "library"), "--bulletin", "a", "--dry-run"]


def marks(name: str, root: Path, text: str) -> list[str]:
    content("a/1.md", root / "library", FRONT + "民警。\n")
    (root / name).write_text(text, "utf-8")
    return ["state", "merge", str(root / name), "--library", str(root / "library")]


READERS: dict[str, tuple[Callable[[str, Path, str], list[str]], str, int, dict[str, Make]]] = {
    "article file": (content, "a/2.md", 50_000, ARTICLES),
    "text file": (content, "a/2.txt", 20_000, TEXTS),
    "header of another kind": (content, "a/2.md", 20_000, HEADERS),
    "lines of JSON": (content, "a/articles.jsonl", 50_000, LINES),
    "bulletin.yaml": (content, "a/bulletin.yaml", 16_000, BULLETINS),
    "gazetteer": (content, "gazetteer.yaml", 30_000, GAZETTEERS),
    "settings": (setting, "config.yaml", 15_000, SETTINGS),
    "theme": (setting, "themes/a.yaml", 10_000, {name: SETTINGS[name] for name in ("brackets", "keys")}),
    "marks of another machine": (marks, "marks.jsonl", 30_000, MARKS),
    "raw page": (raw_page, "page.txt", 2_000, PAGES),
}
"""The function that writes the text and returns the command that reads it; file; length in characters; shapes."""
BUILDS_VALUES = ("lines of JSON", "gazetteer")
"""Parsers of large files that build values. The others keep text, or read small files."""
CASES = [(reader, shape) for reader, (_write, _file, _size, shapes) in READERS.items() for shape in shapes]


@pytest.mark.parametrize(("reader", "shape"), CASES)
def test_parser_takes_linear_time_and_memory(
    reader: str, shape: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Four times the text takes less than eight times as long; a quadratic parser would take sixteen times as long."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    write, file, size, shapes = READERS[reader]
    commands = [write(file, tmp_path / str(times), shapes[shape](size * times)) for times in (1, 2, 4)]
    if write is setting:
        commands = [commands[0]] * 3

    def seconds(times: int) -> float:
        if write is setting:
            monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / str(times) / "config"))
        began = time.process_time()
        assert main(commands[times // 2]) in (0, 1, 2)
        capsys.readouterr()
        return time.process_time() - began

    once, four = seconds(1), seconds(4)
    for _again in range(3):
        if four <= 8 * once + 0.1:
            break
        once, four = min(once, seconds(1)), min(four, seconds(4))
    assert four <= 8 * once + 0.1, (once, seconds(2), four)
    if reader not in BUILDS_VALUES:
        return
    tracemalloc.start()
    seconds(4)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 100 * 4 * size + (16 << 20), f"{most >> 20} MB"


@pytest.mark.parametrize("file", ["config.yaml", "themes/a.yaml"])
def test_settings_of_nested_brackets_do_not_crash_the_process(file: str, tmp_path: Path) -> None:
    """A YAML composer written in C recurses until the stack overflows."""
    home = tmp_path / "home"
    path = home / "config/ganews-tui" / file
    path.parent.mkdir(parents=True)
    path.write_text("x: " + "[" * 60_000, "utf-8")
    ended = subprocess.run(
        [*GANEWS, "config", "check"], env=environment(home), cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 2
    assert f"{path}:1:" in ended.stdout + ended.stderr
