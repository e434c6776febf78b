"""Indexing of ordinary folders of text against the strict format: the same articles, headers and markup differ.

`python -m bench folders --sizes 10000` takes turns; each index is built in a new process with a cache of its own.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tui.catalogue import Catalogue
from tui.indexer import Indexer
from tui.library import Library

from .figures import Result, Sample, alternate
from .library import body

_CHARACTERS = 800
"""Length of a body, as in the generated libraries."""


def run(args: argparse.Namespace) -> Result:
    """Build the index of each kind of folder in turn."""
    size = args.sizes[0]
    with tempfile.TemporaryDirectory() as made:
        programs = {name: partial(_index, _made(Path(made) / name, write, size)) for name, write in _KINDS.items()}
        figures = alternate(programs, args.runs)
    notes = (f"{size:,} files in each folder; the body of file n is the same in all of them.",)
    return Result("folders", "Ordinary folders of text", figures, "strict format", notes)


def _made(folder: Path, write: Callable[[int, list[str]], str], size: int) -> Path:
    for number in range(size):
        file = folder / f"{number // 500:03}" / f"{number:06}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        paragraphs = body(random.Random(number), "开鲁", _CHARACTERS).split("\n\n")
        file.write_text(write(number, paragraphs), "utf-8")
    return folder


def _strict(number: int, paragraphs: list[str]) -> str:
    text = "\n\n".join(paragraphs)
    return (
        f'---\ntitle: ["筑牢防线", "第{number}篇"]\nplace: "开鲁"\ndate: "2023-06-02"\ntags: ["反诈"]\n---\n\n{text}\n'
    )


def _blog(number: int, paragraphs: list[str]) -> str:
    text = "\n\n".join(paragraphs)
    return (
        f"---\nlayout: post\ntitle: 筑牢防线 第{number}篇\ndate: 2023-06-02 10:00:00\ntags:\n  - 反诈\n---\n\n{text}\n"
    )


def _bare(number: int, paragraphs: list[str]) -> str:
    return "\n\n".join((f"# 筑牢防线 第{number}篇", *paragraphs)) + "\n"


def _marked(number: int, paragraphs: list[str]) -> str:
    text = "\n\n".join(f"- **{one[:4]}**{one[4:]} [来源](https://a.cn/{number})" for one in paragraphs)
    return f"# 筑牢防线 第{number}篇\n\n{text}\n"


def _html(number: int, paragraphs: list[str]) -> str:
    text = "\n\n".join(
        f'<div align="left"> <img src="https://a.cn/{at}.png"/> </div>\n\n<p>{one[:9]}<b>{one[9:20]}</b>{one[20:]}</p>'
        for at, one in enumerate(paragraphs)
    )
    return f"# 筑牢防线 第{number}篇\n\n{text}\n"


_KINDS: dict[str, Callable[[int, list[str]], str]] = {
    "strict format": _strict,
    "header of a blog": _blog,
    "no header": _bare,
    "markup in every paragraph": _marked,
    "HTML in every paragraph": _html,
}


def _index(library: Path) -> Sample:
    with tempfile.TemporaryDirectory() as cache:
        environment = os.environ | {"XDG_CACHE_HOME": cache}
        command = [sys.executable, "-m", "bench.folders", str(library)]
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _measure(library: Path) -> Sample:
    catalogue = Catalogue(Library(library))
    start = time.perf_counter()
    Indexer(catalogue).first()
    first = time.perf_counter() - start
    Indexer(catalogue).run()
    whole = time.perf_counter() - start
    catalogue.close()
    return {"first rows ms": first * 1e3, "index s": whole}


if __name__ == "__main__":
    print(json.dumps(_measure(Path(sys.argv[1]))))
