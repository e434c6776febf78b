"""The programs to measure: how each is started, recognised as ready, and ended."""

import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.program import Program, environment

from .library import MADE, body
from .peers import command

SIZE = (120, 36)
HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Candidate:
    """One program: ganews-tui, a peer or a floor."""

    name: str
    command: tuple[str, ...]
    wait: str
    """Text on the screen when there is something to read."""
    quit: str = "q"
    down: tuple[str, str] = ("j", "k")
    """Keys down and up again, so that short lists suffice."""
    page: tuple[str, str] = (" ", "b")
    next: tuple[str, str] | None = None
    """Keys to the next and to the previous article; None if there are none."""
    reader: tuple[str, str] = ("", "")
    """Keys into the reader and out of it."""
    live: bytes = b""
    """Output of the program itself, if something else is shown before it."""
    enter: str = ""
    """Keys that lead to the list of articles."""
    env: dict[str, str] = field(default_factory=dict)

    @contextmanager
    def started(self) -> Iterator[Program]:
        with Program(self.command, size=SIZE, env=self.env or environment()) as program:
            yield program


_INDEX = """
import sys
from pathlib import Path
from tui.catalogue import Catalogue
from tui.indexer import Indexer
from tui.library import Library
from tui.paths import content_dir
catalogue = Catalogue(Library(Path(sys.argv[1]) if sys.argv[1:] else content_dir()))
Indexer(catalogue).run()
catalogue.refresh()
print(catalogue.listing().summaries(0, 1)[0].title[0])
"""


def ganews_tui(name: str, library: Path | None, home: Path) -> Candidate:
    """Return our program on a library, with its files under `home`.

    The index is completed first and kept between measurements.
    """
    words = (str(library),) if library else ()
    env = environment(home, XDG_CACHE_HOME=str(MADE / "cache"))
    indexed = subprocess.run(
        [sys.executable, "-c", _INDEX, *words], env=env, capture_output=True, text=True, check=True
    )
    title = indexed.stdout.strip().partition("\n")[0]
    return Candidate(
        name,
        (sys.executable, "-m", "tui", *words),
        title,
        next=("]", "["),
        reader=("g\r", "\x1b"),
        live=b"\x1b[?2026$p",
        env=env,
    )


def forget_last_screen(candidate: Candidate) -> None:
    """Forget the last screen, so that the next start shows nothing early."""
    for file in (Path(candidate.env["XDG_CACHE_HOME"]) / "ganews-tui").glob("last-screen-*"):
        file.unlink()


def bare_app() -> Candidate:
    return Candidate("bare Textual app", (sys.executable, "-m", "bench.peers.bare_app"), "平安开鲁")


def widgets_app(article: Path) -> Candidate:
    run = (sys.executable, "-m", "bench.peers.widgets_app", str(article))
    return Candidate("OptionList + Markdown", run, "筑牢禁毒防线", down=("\x1b[B", "\x1b[A"), next=("n", "p"))


def reader_programs(folder: Path, articles: int) -> tuple[list[Candidate], list[str]]:
    """Return less, w3m and newsboat as far as installed, on similar articles, and notes about those missing."""
    article = article_file()
    found: list[Candidate] = []
    missing: list[str] = []
    for name in ("less", "w3m", "newsboat"):
        path = command(name)
        if path is None:
            missing.append(f"{name} is not on this machine (`python -m bench peers` installs it); skipped.")
        elif name == "newsboat":
            found.append(_newsboat(path, folder, articles))
        else:
            run = (path, str(article)) if name == "less" else (path, "-o", "confirm_qq=0", str(article))
            found.append(Candidate(name, run, "民警"))
    return found, missing


def article_file(characters: int = 3_000) -> Path:
    """Return a Markdown file with one article."""
    file = Path(tempfile.gettempdir()) / f"ganews-bench-{os.getuid()}-{characters}.md"
    text = body(random.Random(characters), "开鲁", characters)
    file.write_text(f"# 筑牢禁毒防线 民警在行动\n\n{text}\n", "utf-8")
    return file


def _newsboat(path: str, folder: Path, articles: int) -> Candidate:
    """Return newsboat at the list of articles of one feed, with a warm cache."""
    folder.mkdir(parents=True, exist_ok=True)
    feed, urls, cache = folder / "feed.xml", folder / "urls", folder / "cache.db"
    draw = random.Random(articles)
    items = "".join(_item(n, body(draw, "开鲁", 500)) for n in range(articles))
    channel = f"<channel><title>平安简报</title>{items}</channel>"
    feed.write_text(f'<?xml version="1.0"?><rss version="2.0">{channel}</rss>', "utf-8")
    urls.write_text(f"file://{feed}\n", "utf-8")
    (folder / "config").write_text("auto-reload no\nrefresh-on-startup no\nconfirm-exit no\n", "utf-8")
    common = (path, "-u", str(urls), "-c", str(cache), "-C", str(folder / "config"))
    subprocess.run([*common, "-x", "reload"], capture_output=True, env=environment(folder), check=False)
    return Candidate(
        f"newsboat, {articles:,} articles",
        common,
        "平安简报",
        page=("\x1b[6~", "\x1b[5~"),
        enter="\r",
        env=environment(folder),
    )


def _item(number: int, text: str) -> str:
    return f"<item><title>筑牢禁毒防线 {number}</title><guid>{number}</guid><description>{text}</description></item>"


def scratch_folder() -> Path:
    """Return a new folder for the programs' files."""
    MADE.mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix="home-", dir=MADE))
