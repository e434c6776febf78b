"""Broken and hostile input for every reader of text: each must answer, quickly, without an unexpected exception.

Inputs are mutations of real files (the bundled articles, the raw page, the gazetteer) and strings of the marks that
mean something to a parser. A reader may refuse with its own error; anything else is a find.
"""

import contextlib
import random
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from tui import markdown, place
from tui.clean import clean
from tui.library import BadArticle, Library, parse, render
from tui.paths import content_dir

from .outcome import Outcome

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
SLOW = 2.0
"""Seconds one input of at most some 20 kB may take."""
_MARKS = (
    "--- : - [ ] { } & * ! | > ' \" % @ ` # ## ![ ]( ) ** __ ~~ ``` [^1] [^1]: |--| | \\ \x00 \x1b[2J \x1b]0;x\x07 "
    "\x9b \u202e \u2066 \u200b \ufeff \ud800 \U000e0041 “ ” ‘ ’ —— …… （ ） 。 ， 、 ： 讯 本报讯 双河讯 记者 (刘星) "
    "摄 公安局 １２ 十二 place: 地: OR -( date:2023-..2024 is: title: <script> &amp; https://例.中国/a_b 6月1日 𠮷 "
    "e\u0301 <<: *a &a !!python/object \t \r \r\n \n \n\n \u3000"
)
PIECES = [*_MARKS.split(" "), " "]


def run(short: bool, seed: int) -> list[Outcome]:
    """Feed every reader for 5 seconds (short) or 10 minutes each."""
    seconds = 5.0 if short else 600.0
    with tempfile.TemporaryDirectory() as folder:
        readers = _readers(Path(folder)).items()
        return [feed(name, reader, _corpus(), seconds, seed) for name, reader in readers]


def _corpus() -> list[bytes]:
    return [path.read_bytes() for root in (content_dir(), SEEDS) for path in sorted(root.rglob("*.*"))]


def _readers(folder: Path) -> dict[str, Callable[[bytes], None]]:
    return {
        "fuzz: article files": _article,
        "fuzz: Markdown bodies": _markdown,
        "fuzz: gazetteers": lambda data: _gazetteer(data, folder / "gazetteer.yaml"),
        "fuzz: whole libraries": lambda data: _library(data, folder / "library"),
    }


def _article(data: bytes) -> None:
    try:
        article, _problems = parse("archive/a", _text(data), "archive/a.md")
    except BadArticle:
        return
    again, _problems = parse(article.id, render(article), "archive/a.md")
    assert again == article, f"{again} is not {article}"


def _markdown(data: bytes) -> None:
    blocks = markdown.blocks(clean(_text(data)))
    for block in blocks:
        assert all(0 <= mark.start <= mark.end <= len(block.text) for mark in block.marks), block
    markdown.render(blocks)


def _gazetteer(data: bytes, path: Path) -> None:
    path.write_bytes(data)
    with contextlib.suppress(place.BadGazetteer):
        place.load(path)


def _library(data: bytes, root: Path) -> None:
    """The hostile bytes as every kind of file at once, beside one good article that must open."""
    bulletin = root / "bulletin"
    bulletin.mkdir(parents=True, exist_ok=True)
    for name in ("bulletin.yaml", "a.md", "articles.jsonl"):
        (bulletin / name).write_bytes(data)
    good = root / "good"
    good.mkdir(exist_ok=True)
    (good / "a.md").write_text("---\ntitle: [草原派出所送平安]\n---\n\n民警走进牧区。\n", "utf-8")
    articles, _problems = Library(root).load()
    assert any(article.title == ("草原派出所送平安",) for article in articles), "the good article is gone"


def feed(name: str, reader: Callable[[bytes], None], corpus: list[bytes], seconds: float, seed: int) -> Outcome:
    """Give the reader mutations of the corpus for so many seconds."""
    chance = random.Random(f"{seed} {name}")
    ends, times, finds = time.monotonic() + seconds, 0, list[str]()
    while time.monotonic() < ends:
        data = mutate(chance, corpus)
        times += 1
        started = time.monotonic()
        try:
            reader(data)
        except Exception as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            finds.append(
                f"{type(error).__name__} {error} at {Path(where.filename).name}:{where.lineno} for {data[:200]!r}"
            )
        if time.monotonic() - started > SLOW:
            finds.append(f"{time.monotonic() - started:.1f} s for {len(data)} bytes {data[:200]!r}")
    return Outcome(name, times, len(finds), tuple(dict.fromkeys(finds))[:5])


def mutate(chance: random.Random, corpus: list[bytes]) -> bytes:
    """A piece of real content with a few things done to it, or a string of meaningful marks alone."""
    if chance.random() < 0.3:
        return _marks(chance, chance.randint(0, 60))
    data = bytearray(chance.choice(corpus))
    if chance.random() < 0.7:
        start = chance.randrange(len(data) or 1)
        data = data[start : start + chance.randint(0, 4000)]
    for _ in range(chance.randint(1, 8)):
        at = chance.randint(0, len(data))
        match chance.randrange(5):
            case 0:
                data[at:at] = _marks(chance, 1)
            case 1:
                del data[at : at + chance.randint(1, 30)]
            case 2:
                data[at:at] = bytes(chance.randrange(256) for _ in range(chance.randint(1, 4)))
            case 3:
                data[at:at] = data[at : at + chance.randint(1, 200)] * chance.randint(1, 20)
            case _:
                data[at:at] = _marks(chance, 1) * chance.randint(1, 2000)
    return bytes(data[:20_000])


def _marks(chance: random.Random, count: int) -> bytes:
    return "".join(chance.choice(PIECES) for _ in range(count)).encode("utf-8", "surrogatepass")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")
