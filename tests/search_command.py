"""Libraries on disk that tests search through the command line, with or without an index."""

import io
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from tests.lines_of_json import render_line
from tui.article import Article
from tui.cli import main

BULLETIN = "ga-2023"
_FILLER = 320
"""Number of empty articles that make a library large enough for an index."""


class Commands:
    """The command lines that tests run on a library, and their output."""

    def __init__(self, root: Path, articles: Iterable[Article], indexed: bool) -> None:
        """Write the library. With `indexed`, it is large enough to be searched by its index."""
        self.root = root / "library"
        folder = self.root / BULLETIN
        folder.mkdir(parents=True)
        (folder / "bulletin.yaml").write_text(f"id: {BULLETIN}\ntitle: 简报\nissued: 2021-05\n", "utf-8")
        (folder / "articles.jsonl").write_text("".join(map(render_line, articles)), "utf-8")
        if indexed:
            filler = (
                Article(f"filler/{number:04}", ("※",), date="1990-01-01", body="※" * 1_200) for number in range(_FILLER)
            )
            (self.root / "filler").mkdir()
            (self.root / "filler" / "articles.jsonl").write_text("".join(map(render_line, filler)), "utf-8")

    def run(self, *words: str) -> tuple[int, str]:
        """Return the status of a command and its standard output."""
        out = io.StringIO()
        with redirect_stdout(out), redirect_stderr(io.StringIO()):
            status = main([words[0], "--library", str(self.root), *words[1:]])
        return status, out.getvalue()

    def answer(self, query: str) -> dict[str, object]:
        """Return the output of `search --json`."""
        found = json.loads(self.run("search", "--json", "--", query)[1])
        assert isinstance(found, dict)
        return found

    def hits(self, query: str) -> list[dict[str, object]]:
        hits = self.answer(query)["hits"]
        assert isinstance(hits, list)
        return hits

    def found(self, query: str) -> list[str]:
        """Return the stems of the hits, in order."""
        return [str(hit["article"]).removeprefix(f"{BULLETIN}/") for hit in self.hits(query)]

    def listed(self, *options: str) -> list[str]:
        """Return the stems that `list` prints."""
        articles = json.loads(self.run("list", "--json", *options)[1])["articles"]
        return [str(article["id"]).removeprefix(f"{BULLETIN}/") for article in articles]


@contextmanager
def own_folders(folder: Path) -> Iterator[None]:
    """Keep settings, state and cache in the test's folder."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
            patch.setenv(name, str(folder / name))
        for name in ("GANEWS_LIBRARY", "NO_COLOR", "FORCE_COLOR"):
            patch.delenv(name, raising=False)
        yield


def searched_both_ways(articles: Callable[[], Iterable[Article]]) -> Any:
    """Return a fixture for a test module: the articles in a small library, and in one large enough for an index."""

    @pytest.fixture(scope="module", params=["whole", "indexed"])
    def commands(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Commands]:
        folder = tmp_path_factory.mktemp("searched")
        with own_folders(folder):
            yield Commands(folder, articles(), request.param == "indexed")

    return commands


def made(
    stem: str, title: str | tuple[str, ...], body: str = "", **fields: str | tuple[str, ...] | int | None
) -> Article:
    """Return an article of the test bulletin."""
    parts = (title,) if isinstance(title, str) else title
    return Article(**{**Article(f"{BULLETIN}/{stem}", parts, body=body)._asdict(), **fields})
