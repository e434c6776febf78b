"""Bytes of a page into text, by a strict try order: byte order marks, UTF-8, then UTF-16, then GB18030.

Strict means that a single bad byte refuses an encoding. UTF-8 comes before GB18030 because text in GB18030 is next to
never valid UTF-8, while the reverse is common. What none of them reads is an error with the offset at which the one
that came furthest gave up; what holds NUL or other binary bytes is no text at all.
"""

import codecs
import re
from typing import BinaryIO

from ..i18n import _
from ..problem import Problem

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_BINARY = re.compile(rb"[\x00-\x06\x0e-\x1a\x1c-\x1f]")
_SAMPLE = 4096
_PIECE = 1 << 20
LARGEST = 200 << 20
"""Bytes a page may have."""
_LATIN_OR_HAN = re.compile("[\t\n\r -~\u3000-\u303f\u4e00-\u9fff\uff00-\uffef\u2010-\u2027]")


class BadPage(Exception):
    """The bytes are not a page of text; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def read_page(source: BinaryIO, file: str) -> bytes:
    """All of a page, from a file, a pipe or a device; raises BadPage where it does not end after 200 MB."""
    raw = bytearray()
    while piece := source.read(min(_PIECE, LARGEST + 1 - len(raw))):
        raw += piece
    if len(raw) > LARGEST:
        message = _("太大，超过 {size} MB。").format(size=LARGEST >> 20)
        raise BadPage(Problem(file, None, "too-large", message, _("分成几个文件导入。")))
    return bytes(raw)


def decode(raw: bytes, file: str) -> tuple[str, str]:
    """The text and the name of its encoding; raises BadPage. `file` is what the page is called in the problem."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _by(raw[len(mark) :], encoding, file, len(mark)), encoding
    if encoding := _utf16_without_mark(raw):
        return _by(raw, encoding, file, 0), encoding
    if found := _BINARY.search(raw):
        message = _("第 {offset} 字节处不是文字，像是二进制文件。").format(offset=found.start())
        raise BadPage(Problem(file, None, "binary", message, _("先从 PDF 或图片里取出文字。")))
    stopped = 0
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding), encoding
        except UnicodeDecodeError as error:
            stopped = max(stopped, error.start)
    raise _undecodable(raw, file, stopped)


def _by(raw: bytes, encoding: str, file: str, skipped: int) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise _undecodable(raw, file, skipped + error.start) from None


def _undecodable(raw: bytes, file: str, offset: int) -> BadPage:
    message = _("第 {offset} 字节处认不出编码。").format(offset=offset)
    remedy = _("可用的是 UTF-8、UTF-16 和 GB18030。")
    return BadPage(Problem(file, raw.count(b"\n", 0, offset) + 1, "encoding", message, remedy))


def _utf16_without_mark(raw: bytes) -> str:
    """UTF-16 that lost its mark: as text it must be nearly all Chinese, ASCII and their punctuation."""
    sample = raw[:_SAMPLE]
    if len(raw) % 2 or len(sample) < 2 or b"\x00" not in sample:
        return ""
    for encoding in ("utf-16-le", "utf-16-be"):
        text = sample.decode(encoding, "replace")
        if "\x00" not in text and len(_LATIN_OR_HAN.findall(text)) >= 0.95 * len(text):
            return encoding
    return ""
