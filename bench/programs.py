"""The programs under test: how each is started, what shows that it is there, and how it is ended."""

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
    """One program: ours, a peer or a floor."""

    name: str
    command: tuple[str, ...]
    wait: str
    """Text that is on the screen once there is something to read."""
    quit: str = "q"
    down: tuple[str, str] = ("j", "k")
    """Down and up again, so that short lists do too."""
    page: tuple[str, str] = (" ", "b")
    next: tuple[str, str] | None = None
    """The next article, the one before; None where there is none."""
    reader: tuple[str, str] = ("", "")
    """Keys that go into the reader and out of it."""
    live: bytes = b""
    """Written once the program itself is there, where something else is shown before."""
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


def ours(name: str, library: Path | None, home: Path) -> Candidate:
    """Our program on a library, with what it keeps under `home`.

    The index is brought up to date first, so that it is fresh; it stays from one measurement to the next.
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


def last_screen_forgotten(candidate: Candidate) -> None:
    """The next start of our program shows nothing early."""
    for file in (Path(candidate.env["XDG_CACHE_HOME"]) / "ganews-tui").glob("last-screen-*"):
        file.unlink()


def bare() -> Candidate:
    return Candidate("bare Textual app", (sys.executable, "-m", "bench.peers.bare_app"), "平安开鲁")


def widgets(article: Path) -> Candidate:
    run = (sys.executable, "-m", "bench.peers.widgets_app", str(article))
    return Candidate("OptionList + Markdown", run, "筑牢禁毒防线", down=("\x1b[B", "\x1b[A"), next=("n", "p"))


def readers(folder: Path, articles: int) -> tuple[list[Candidate], list[str]]:
    """less, w3m and newsboat on articles like ours, as far as they are here; and what is missing."""
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
    """One article as a Markdown file, for programs that read files."""
    file = Path(tempfile.gettempdir()) / f"ganews-bench-{os.getuid()}-{characters}.md"
    text = body(random.Random(characters), "开鲁", characters)
    file.write_text(f"# 筑牢禁毒防线 民警在行动\n\n{text}\n", "utf-8")
    return file


def _newsboat(path: str, folder: Path, articles: int) -> Candidate:
    """On a feed with so many articles, read in once so that its cache is warm, opened at the list of articles."""
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


def scratch() -> Path:
    """A folder for what the programs keep."""
    MADE.mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix="home-", dir=MADE))
