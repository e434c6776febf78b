"""Reading of the pages to import: bytes, progress, refusals, and going on after an interruption."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..clean import clean_line
from ..gazetteer import Gazetteer
from ..i18n import _
from ..importer import ImportResult
from ..importer.decisions import Decisions
from ..importer.decode import BadPage, read_page
from ..importer.folio import date_in_name, issue_date
from ..importer.formats import import_file
from ..problem import Problem
from .decision_store import DecisionStore
from .finished_imports import FinishedImports
from .output import remark

STDIN = "-"


@dataclass(frozen=True, slots=True)
class PageFile:
    """An imported file."""

    name: str
    """Name of the file without its folder, harmless on a terminal."""
    result: ImportResult
    date: str | None
    """Date of issue, from the folio or from the file's name; None if unknown."""


def read_pages(
    names: Sequence[str],
    gazetteer: Gazetteer,
    store: DecisionStore,
    finished: FinishedImports | None,
    *,
    quiet: bool,
    dated_by_name: bool,
) -> Iterator[PageFile]:
    """Yield the usable pages. Refusals and progress go to standard error, the latter unless `quiet`."""
    told = _progress(len(names)) if not quiet and len(names) > 1 else None
    for number, name in enumerate(names, 1):
        said = _("标准输入") if name == STDIN else clean_line(Path(name).name)
        try:
            result = _result(name, gazetteer, store, finished)
        except BadPage as error:
            if told and sys.stderr.isatty():
                print("\r\x1b[K", end="", file=sys.stderr, flush=True)
            remark(str(error.problem))
            continue
        except KeyboardInterrupt:
            if finished:
                remark(_("停在 {name}。再运行同样的命令，会接着做。").format(name=said))
            raise
        found = date_in_name(said) if dated_by_name else issue_date(line.text for line in result.furniture)
        yield PageFile(said, result, found)
        if told:
            told(number, said, len(result.articles))


def _result(name: str, gazetteer: Gazetteer, store: DecisionStore, finished: FinishedImports | None) -> ImportResult:
    raw = _bytes(name)

    def again(decisions: Decisions) -> ImportResult:
        return import_file(raw, clean_line(name), gazetteer, decisions)

    if finished is None:
        return store.result(name, again)
    return finished.read(raw, lambda: store.result(name, again))


def _progress(total: int) -> Callable[[int, str, int], None]:
    """Return a function that shows progress: a bar on a terminal, one line per page elsewhere."""

    def line(number: int, name: str, articles: int) -> None:
        remark(
            _("{number}/{total} {name}：{articles} 篇").format(number=number, total=total, name=name, articles=articles)
        )

    def bar(number: int, name: str, articles: int) -> None:
        done = round(24 * number / total)
        end = "\n" if number == total else ""
        print(f"\r\x1b[K{'#' * done}{'.' * (24 - done)} {number}/{total} {name}", end=end, file=sys.stderr, flush=True)

    return bar if sys.stderr.isatty() else line


def missing_page(name: str) -> Problem | None:
    """Return a problem if the page does not exist, else None. Does not open standard input or pipes yet."""
    try:
        if name != STDIN:
            Path(os.path.expanduser(name)).stat()
    except (OSError, ValueError) as error:
        return _unreadable(name, error)
    return None


def _bytes(name: str) -> bytes:
    said = clean_line(name)
    try:
        if name == STDIN:
            return read_page(sys.stdin.buffer, _("标准输入"))
        with Path(os.path.expanduser(name)).open("rb") as file:
            return read_page(file, said)
    except (OSError, ValueError) as error:
        raise BadPage(_unreadable(name, error)) from None


def _unreadable(name: str, error: Exception) -> Problem:
    why = clean_line(getattr(error, "strerror", None) or str(error))
    return Problem(clean_line(name), None, "unreadable", _("读不出来：{why}。").format(why=why))
