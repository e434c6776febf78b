"""The subcommand `state`: show the reading state of a library, and exchange marks with another machine."""

import json
import os
import sys
import tempfile
from codecs import BOM_UTF8
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import IO, Any, NamedTuple

from ..clean import clean_line
from ..i18n import _
from ..library import Library
from ..paths import state_file
from ..reading import BadMark, Mark, Reading, format_mark, parse_mark
from ..reading.identity import MARKER, SAME_SHARE, is_id, matching_share, read_marker, write_marker
from ..reading.libraries import read_samples
from .arguments import Arguments, UsageError
from .export import to_file
from .open_library import source_of, try_open
from .output import remark, write_lines

SAMPLED_FILES = 400
"""Files to take samples from, the first of the library, if the app never opened it."""


def run(arguments: Arguments) -> int:
    """Run one of `status`, `identify`, `export` and `merge`."""
    what, *files = arguments.operands
    if bool(files) != (what == "merge"):
        raise UsageError(_("要给出标记文件。") if what == "merge" else _("多了“{word}”。").format(word=files[0]))
    library = try_open(arguments)
    if library is None:
        return 2
    with closing(Reading(state_file(), library.root)) as reading:
        if not reading.samples():
            reading.learn((file.path, 0, file.size) for file in islice(library.files(), SAMPLED_FILES))
        _adopt_old_marks(reading, library)
        status = _ACTIONS[what](reading, library, arguments)
        for line in reading.notices():
            remark(line)
    return status


def _adopt_old_marks(reading: Reading, library: Library) -> None:
    """Adopt marks from before libraries were distinguished. Reads the ids of the library only if there are any."""
    if reading.has_unclaimed():
        reading.adopt(entry.id for entry in source_of(library).entries())


def _status(reading: Reading, library: Library, _arguments: Arguments) -> int:
    counts = dict.fromkeys(("read", "star", "search"), 0)
    for mark in reading.every_mark():
        counts[mark.kind] += mark.is_on
    marker = _("已放标识") if read_marker(library.root) else _("没有放标识")
    print(_("库：{path}").format(path=clean_line(str(library.root))))
    print(_("标识：{ids}（{marker}）").format(ids=" ".join(reading.ids()), marker=marker))
    print(_("已读 {read} 篇，收藏 {star} 篇，保存的搜索 {search} 个").format(**counts))
    print(_("文件：{path}").format(path=clean_line(str(state_file()))))
    return 0


def _identify(reading: Reading, library: Library, _arguments: Arguments) -> int:
    path = clean_line(str(library.root / MARKER))
    if read_marker(library.root):
        remark(_("{path} 已经有了，没有改动。").format(path=path))
        return 1
    try:
        write_marker(library.root, reading.library_id)
    except OSError as error:
        remark(_("写不了 {path}：{why}").format(path=path, why=error.strerror or error))
        return 2
    print(path)
    return 0


def _export(reading: Reading, _library: Library, arguments: Arguments) -> int:
    into = arguments.path("into")
    if into is None:
        write_lines(_export_lines(reading))
        return 0
    return to_file(into, arguments.flag("replace"), lambda file: _write(file, reading))


def _write(file: IO[bytes], reading: Reading) -> None:
    os.fchmod(file.fileno(), 0o600)
    file.writelines(f"{line}\n".encode() for line in _export_lines(reading))


def _export_lines(reading: Reading) -> Iterator[str]:
    """Yield a line that identifies the library, then a line for each mark."""
    samples = [list(sample) for sample in reading.samples()]
    yield json.dumps({"library": reading.library_id, "samples": samples}, ensure_ascii=True)
    yield from map(format_mark, reading.every_mark())


class _Origin(NamedTuple):
    """The library that a file of marks comes from."""

    uid: str
    samples: str


def _merge(reading: Reading, library: Library, arguments: Arguments) -> int:
    """Merge each file after checking all of it."""
    for name in arguments.operands[1:]:
        shown = clean_line(name)
        try:
            with _open_seekable(name) as file:
                origin = _origin(file)
                if origin is not None and not _is_from(reading, library, origin) and not arguments.flag("library"):
                    remark(_("{path} 是另一个库的；确要合并，用 --library 指明。").format(path=shown))
                    return 2
                number = sum(1 for _mark in _marks(file))
                later = reading.merge(_marks(file))
        except OSError as error:
            remark(_("读不了 {path}：{why}").format(path=shown, why=error.strerror or error))
            return 2
        except BadMark as error:
            remark(_("{path} 第 {line} 行不是标记：{why}").format(path=shown, line=error.args[1], why=error.args[0]))
            return 2
        if origin is not None and _is_from(reading, library, origin):
            reading.add_id(origin.uid)
        print(_("{path}：{n} 个标记，{later} 个较新").format(path=shown, n=number, later=later))
    return 0


def _is_from(reading: Reading, library: Library, origin: _Origin) -> bool:
    """Return whether the marks seem to come from this library."""
    if origin.uid in reading.ids():
        return True
    return not reading.is_other(origin.uid) and matching_share(library.root, read_samples(origin.samples)) >= SAME_SHARE


def _open_seekable(name: str) -> IO[bytes]:
    """Open the file, or a copy of standard input, so that it can be read twice."""
    if name != "-":
        return Path(name).expanduser().open("rb")
    copy = tempfile.TemporaryFile()  # noqa: SIM115
    while part := sys.stdin.buffer.read(1 << 16):
        copy.write(part)
    copy.seek(0)
    return copy


def _origin(file: IO[bytes]) -> _Origin | None:
    first = _parse_header(file.readline(MAX_LINE))
    file.seek(0)
    return None if first is None else _Origin(first["library"], json.dumps(first.get("samples")))


def _parse_header(line: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and isinstance(uid := found.get("library"), str) and is_id(uid) else None


def _marks(file: IO[bytes]) -> Iterator[Mark]:
    """Yield the marks in the file from its beginning. Raises BadMark with the line number."""
    file.seek(0)
    number = 0
    while line := file.readline(MAX_LINE):
        number += 1
        if not line.removeprefix(BOM_UTF8).strip() or (number == 1 and _parse_header(line) is not None):
            continue
        try:
            yield parse_mark(line.decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise BadMark("UTF-8", number) from None
        except BadMark as error:
            raise BadMark(error.args[0], number) from None


MAX_LINE = 1 << 20
"""Bytes. A longer line is split, and so is no valid mark."""
_ACTIONS = {"status": _status, "identify": _identify, "export": _export, "merge": _merge}
