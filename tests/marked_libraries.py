"""Libraries that tests read and mark through the command line, with their own state and cache."""

import io
import json
import os
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest import mock

from tui.cli import main

VARIABLES = ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")


class Machine:
    """The settings, state and cache of one user."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.state = home / "XDG_STATE_HOME/ganews-tui/reading.sqlite"

    def run(self, *words: str, typed: str = "") -> tuple[int, str, str]:
        """Run a command line; return its status, standard output and standard error."""
        env = {name: str(self.home / name) for name in VARIABLES} | {"GANEWS_LIBRARY": "", "LANG": "zh_CN.UTF-8"}
        out, err = io.StringIO(), io.StringIO()
        told = mock.patch.dict(os.environ, env), mock.patch("sys.stdin", io.StringIO(typed))
        with told[0], told[1], redirect_stdout(out), redirect_stderr(err):
            status = main([*words])
        return status, out.getvalue(), err.getvalue()

    def read(self, library: Path, *lines: str) -> str:
        """Open the library in the linear mode, type the lines, and return the output."""
        return self.run("--plain", str(library), typed="".join(f"{line}\n" for line in (*lines, "q")))[1]

    def star(self, library: Path, number: int = 1) -> None:
        """Open article `number` and star it."""
        assert "已收藏：" in self.read(library, str(number), "s")

    def found(self, library: Path, query: str) -> list[str]:
        """Return the ids that a search finds."""
        return self.searched(library, query)[0]

    def searched(self, library: Path, query: str) -> tuple[list[str], str]:
        """Return the ids that a search finds, and its remarks."""
        _status, out, err = self.run("search", query, "--json", "--library", str(library))
        return [hit["article"] for hit in json.loads(out)["hits"]] if out else [], err

    def starred(self, library: Path) -> list[str]:
        """Return the starred articles according to the linear mode and to a search."""
        found = self.found(library, "is:starred")
        said = self.read(library, "list_starred")
        assert f"收藏，{len(found)} 篇" in said, said
        return sorted(found)


def library(root: Path, *ids: str, text: str = "民警走进社区。", title: str = "简报") -> Path:
    """Write a library with these articles. Each has its id in title and text."""
    for id in ids:
        bulletin, _, stem = id.partition("/")
        folder = root / bulletin
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "bulletin.yaml").write_text(f"id: {bulletin}\ntitle: 简报\n", "utf-8")
        (folder / f"{stem}.md").write_text(f"---\ntitle: [{title}{stem}]\n---\n\n{text}{id}\n", "utf-8")
    return root
