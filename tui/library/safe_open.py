"""Reading of regular files inside a library, without blocking on pipes or devices."""

import errno
import os
import stat
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from pathlib import Path
from typing import BinaryIO

from ..clean import clean_line
from ..i18n import _
from ..problem import Problem

_BUFFER = 1 << 18
_FLAGS = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOFOLLOW
_FOLDER = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_DIRECTORY


class BadFile(Exception):
    """A file that cannot be read; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def open_bytes(root: Path, path: str) -> BinaryIO:
    """Return the file opened for reading. Raises BadFile if it is not a readable regular file."""
    return os.fdopen(_opened(root, path), "rb", buffering=_BUFFER)


def read_part(root: Path, path: str, start: int, length: int) -> bytes:
    """Return at most `length` bytes of the file from byte `start`. Raises BadFile or OSError."""
    handle = _opened(root, path)
    try:
        return os.pread(handle, length, start)
    finally:
        os.close(handle)


def _opened(root: Path, path: str) -> int:
    """Return a descriptor of the file, which the caller must close. Raises BadFile."""
    try:
        try:
            handle = _beneath(root, path)
        except OSError as error:
            if error.errno != errno.ELOOP:
                raise
            handle = _beneath(*_followed(root, path))
    except (OSError, ValueError) as error:
        why = clean_line(getattr(error, "strerror", None) or str(error))
        message = _("读不出来：{why}。").format(why=why)
        raise BadFile(Problem(clean_line(path), None, "unreadable", message, _("检查文件和权限。"))) from None
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise BadFile(Problem(clean_line(path), None, "not-a-file", _("不是普通文件。"), _("移走它。")))
    return handle


def _beneath(root: Path, path: str) -> int:
    """Open the file one folder at a time without following links, so that a link inserted meanwhile cannot escape."""
    folder, _slash, rest = path.partition("/")
    if not rest:
        return os.open(os.path.join(root, path), _FLAGS)
    within = os.open(os.path.join(root, folder), _FOLDER)
    try:
        while "/" in rest:
            folder, _slash, rest = rest.partition("/")
            outer, within = within, os.open(folder, _FOLDER, dir_fd=within)
            os.close(outer)
        return os.open(rest, _FLAGS, dir_fd=within)
    finally:
        os.close(within)


def _followed(root: Path, path: str) -> tuple[Path, str]:
    """Return the library's real path and a link's target relative to it. Raises BadFile if the target is outside."""
    real, target = os.path.realpath(root), os.path.realpath(root / path)
    if not target.startswith(os.path.join(real, "")):
        raise BadFile(leads_out(path))
    return Path(real), os.path.relpath(target, real)


def leads_out(path: str) -> Problem:
    """Return the problem that a link leads out of the library."""
    return Problem(clean_line(path), None, "link", _("链接指向库外，没有跟随。"), _("把文件放进库里，代替链接。"))


def rest_of_line(source: BinaryIO, begun: bytes) -> int:
    """Skip the rest of a line that starts with `begun`. Return the number of skipped bytes."""
    passed = 0
    if begun.endswith(b"\n"):
        return 0
    while chunk := source.read(_BUFFER):
        end = chunk.find(b"\n") + 1
        if end:
            source.seek(end - len(chunk), os.SEEK_CUR)
            return passed + end
        passed += len(chunk)
    return passed


def read_text(root: Path, path: str, largest: int) -> str:
    """Return the whole file as text. Raises BadFile if it exceeds `largest` bytes or is not UTF-8."""
    return decoded(read_whole(root, path, largest), path, 1)


def read_whole(root: Path, path: str, largest: int) -> bytes:
    """Return the whole file. Raises BadFile if it exceeds `largest` bytes."""
    handle = _opened(root, path)
    raw = b""
    try:
        size = min(os.fstat(handle).st_size, largest)
        while len(raw) <= largest and (more := os.read(handle, size + 1 - len(raw) if len(raw) <= size else _BUFFER)):
            raw += more
    except OSError as error:
        message = _("读不出来：{why}。").format(why=clean_line(error.strerror or ""))
        raise BadFile(Problem(clean_line(path), None, "unreadable", message, _("检查文件和权限。"))) from None
    finally:
        os.close(handle)
    if len(raw) > largest:
        raise BadFile(too_large(path, None, largest))
    return raw


def decoded_file(raw: bytes, path: str, kind: str) -> str:
    """Return the bytes of a file as text. Raises BadFile if `text_of_file` cannot decode them."""
    try:
        return text_of_file(raw, kind)
    except UnicodeDecodeError:
        return decoded(raw, path, 1)


def text_of_file(raw: bytes, kind: str) -> str:
    """Return the bytes of a file as text. Raises UnicodeDecodeError.

    All files are in UTF-8. A `.txt` file may be in GB18030, Big5, or UTF-16 with a byte order mark.
    """
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        if kind != "txt":
            raise
        if raw.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
            return raw.decode("utf-16")
        if b"\0" in raw:
            raise
        from .legacy_encodings import decode_legacy  # most libraries do without it

        return decode_legacy(raw)[0]


def decoded(raw: bytes, path: str, line: int) -> str:
    """Return the bytes as text. Raises BadFile with the line of the first byte that is not UTF-8."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        at = line + raw.count(b"\n", 0, error.start)
        remedy = _("转成 UTF-8，如 iconv -f GB18030 -t UTF-8。")
        raise BadFile(Problem(clean_line(path), at, "encoding", _("不是 UTF-8 编码。"), remedy)) from None


def too_large(path: str, line: int | None, largest: int) -> Problem:
    """Return the problem that a file or line exceeds the limit of `largest` bytes."""
    size = largest >> 20 or 1
    return Problem(clean_line(path), line, "too-large", _("太大。"), _("一篇文章不超过 {size} MB。").format(size=size))
