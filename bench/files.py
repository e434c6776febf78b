"""The search in a library's files while it has no index, against reading and parsing the same files.

`python -m bench files --sizes 100000` takes turns; each search is a new process and finds every hit. The app is also
started without an index, and the time from the last key of a query to its first hits on the screen is measured.
"""

import argparse
import json
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from signal import SIGKILL
from tempfile import TemporaryDirectory

from tests.program import GANEWS, Program, environment
from tui.library import Library
from tui.search.file_search import FileSearch

from .figures import Result, Sample, alternate
from .library import generated

FLOOR = "reading and parsing"
QUERIES = ("反诈", "反诈 赤峰", "fanzha", "kailu", "zf", "12")


_SHOWN, _FROM_FILES = "篇", "搜的是文件"
"""Text of the list's header, and of the line above hits that were found in the files."""


def run(args: argparse.Namespace) -> Result:
    """Search the files for each query in turn."""
    library = args.library[0] if args.library else generated(args.sizes[0])
    programs = {
        FLOOR: partial(_measured, library, ""),
        **{query: partial(_measured, library, query) for query in QUERIES},
    }
    app = alternate({"ganews-tui": partial(_first_hits, library)}, args.runs)
    notes = (f"{library.name}: processor time of one process. Every hit is found and counted.",)
    figures = (*alternate(programs, args.runs), *app)
    return Result("files", "Search without an index", figures, FLOOR, notes)


def _first_hits(library: Path) -> Sample:
    """Type a query in the app, which has just begun to index the library."""
    with TemporaryDirectory() as home, Program([*GANEWS, str(library)], env=environment(Path(home))) as app:
        app.wait_for(_SHOWN)
        sent = app.send(f"/{QUERIES[0]}") / 1e9
        seen = app.wait_for_bytes(_FROM_FILES.encode()) / 1e9
        app.signal(SIGKILL)
        app.wait()
    return {"first hits on the screen s": seen - sent}


def _measured(library: Path, query: str) -> Sample:
    command = [sys.executable, "-m", "bench.files", str(library), query]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _measure(library: Path, query: str) -> Sample:
    began = time.process_time()
    if query:
        FileSearch(Library(library)).search(query)
    else:
        for _article in Library(library).everything():
            pass
    return {"complete answer s": time.process_time() - began, "peak MB": getrusage(RUSAGE_SELF).ru_maxrss / 1024}


if __name__ == "__main__":
    print(json.dumps(_measure(Path(sys.argv[1]), sys.argv[2])))
