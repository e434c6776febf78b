"""`state`: what is kept of the reading of a library, and how two machines come to the same marks."""

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
from ..reading import BadMark, Mark, Reading, understood, written
from ..reading.identity import MARKER, SAME, is_id, read_marker, share, write_marker
from ..reading.libraries import read_samples
from .arguments import Arguments, UsageError
from .export import to_file
from .open_library import opened
from .output import remark, write_lines

_FILES = 400
"""The first files of a library, among which samples are taken where it was never opened for reading."""


def run(arguments: Arguments) -> int:
    """One of status, identify, export, merge."""
    what, *files = arguments.operands
    if bool(files) != (what == "merge"):
        raise UsageError(_("要给出标记文件。") if what == "merge" else _("多了“{word}”。").format(word=files[0]))
    library = opened(arguments)
    if library is None:
        return 2
    with closing(Reading(state_file(), library.root)) as reading:
        if not reading.samples():
            reading.learn((file.path, 0, file.size) for file in islice(library.files(), _FILES))
        _take_over(reading, library)
        status = _ACTS[what](reading, library, arguments)
        for line in reading.notices():
            remark(line)
    return status


def _take_over(reading: Reading, library: Library) -> None:
    """Give the library the old marks of its articles; a large one is looked through only if there are any."""
    if reading.has_old():
        from .article_source import source_of

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
        write_lines(_lines(reading))
        return 0
    return to_file(into, arguments.flag("replace"), lambda file: _write(file, reading))


def _write(file: IO[bytes], reading: Reading) -> None:
    os.fchmod(file.fileno(), 0o600)
    file.writelines(f"{line}\n".encode() for line in _lines(reading))


def _lines(reading: Reading) -> Iterator[str]:
    """First which library it is, then a mark a line."""
    samples = [list(sample) for sample in reading.samples()]
    yield json.dumps({"library": reading.library_id, "samples": samples}, ensure_ascii=True)
    yield from map(written, reading.every_mark())


class _Origin(NamedTuple):
    """The library that a file of marks was written for."""

    uid: str
    samples: str


def _merge(reading: Reading, library: Library, arguments: Arguments) -> int:
    """Read every file through before the first mark of it is kept."""
    for name in arguments.operands[1:]:
        shown = clean_line(name)
        try:
            with _opened(name) as file:
                origin = _origin(file)
                if origin is not None and not _belongs(reading, library, origin) and not arguments.flag("library"):
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
        if origin is not None and _belongs(reading, library, origin):
            reading.call_too(origin.uid)
        print(_("{path}：{n} 个标记，{later} 个较新").format(path=shown, n=number, later=later))
    return 0


def _belongs(reading: Reading, library: Library, origin: _Origin) -> bool:
    """Whether the marks were made in this library, as far as can be told."""
    if origin.uid in reading.ids():
        return True
    return not reading.is_other(origin.uid) and share(library.root, read_samples(origin.samples)) >= SAME


def _opened(name: str) -> IO[bytes]:
    """The file, or a copy of standard input, which can be read twice."""
    if name != "-":
        return Path(name).expanduser().open("rb")
    copy = tempfile.TemporaryFile()  # noqa: SIM115
    while part := sys.stdin.buffer.read(1 << 16):
        copy.write(part)
    copy.seek(0)
    return copy


def _origin(file: IO[bytes]) -> _Origin | None:
    first = _head(file.readline(_LONGEST))
    file.seek(0)
    return None if first is None else _Origin(first["library"], json.dumps(first.get("samples")))


def _head(line: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and isinstance(uid := found.get("library"), str) and is_id(uid) else None


def _marks(file: IO[bytes]) -> Iterator[Mark]:
    """The marks in the file, from its beginning. Raises BadMark with the number of the line."""
    file.seek(0)
    number = 0
    while line := file.readline(_LONGEST):
        number += 1
        if not line.removeprefix(BOM_UTF8).strip() or (number == 1 and _head(line) is not None):
            continue
        try:
            yield understood(line.decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise BadMark("UTF-8", number) from None
        except BadMark as error:
            raise BadMark(error.args[0], number) from None


_LONGEST = 1 << 20
"""Bytes of a line that are read at once."""
_ACTS = {"status": _status, "identify": _identify, "export": _export, "merge": _merge}
