"""Decoding of a page. Tries a byte order mark, UTF-16 without one, UTF-8, then GB18030 and Big5.

One invalid byte rules an encoding out. UTF-8 precedes GB18030 because GB18030 text is almost never valid UTF-8, while
the reverse is common. If every encoding fails, the error gives the offset at which the most successful one stopped.
Text with NUL or other binary bytes is refused, unless it is UTF-16.
"""

import codecs
import re
from typing import BinaryIO

from ..i18n import _
from ..library.legacy_encodings import decode_legacy
from ..problem import Problem
from ..segmentation import common_words
from .source_lines import simplified

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_BINARY = re.compile(rb"[\x00-\x06\x0e-\x1a\x1c-\x1f]")
_SAMPLE = 4096
_READ = 20_000
"""Characters that are examined."""
_MANY_CHARACTERS, _LEAST_WORDS = 24, 0.2
"""Han characters from which words are looked for, and the least share of them that must be in common words."""
_MOST_KANA = 0.1
"""Share of kana from which a text is Japanese."""
_FORMATS = (
    (b"{\\rtf", "RTF"),
    (b"PK\x03\x04", "ZIP"),
    (b"\xd0\xcf\x11\xe0", "DOC/WPS"),
    (b"%!PS", "PostScript"),
    (b"MIME-Version:", "MHTML"),
    (b"From: <Saved by", "MHTML"),
    (b"<?xml", "XML"),
)
_HTML = re.compile(
    rb"(?:<\?xml[^>]*>\s*)?(?:<!--.{0,400}?-->\s*)?<(?:!doctype\s+html|html|head|body|meta)\b", re.I | re.S
)
_PIECE = 1 << 20
LARGEST = 200 << 20
"""Bytes. Maximum size of a page."""
_LATIN_OR_HAN = re.compile("[\t\n\r -~\u3000-\u303f\u4e00-\u9fff\uff00-\uffef\u2010-\u2027]")


class BadPage(Exception):
    """Raised for a file that is not a page of text; `problem` gives the reason."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def read_page(source: BinaryIO, file: str) -> bytes:
    """Read a page from a file, a pipe or a device. Raises BadPage if it is longer than `LARGEST`."""
    raw = bytearray()
    while piece := source.read(min(_PIECE, LARGEST + 1 - len(raw))):
        raw += piece
    if len(raw) > LARGEST:
        message = _("太大，超过 {size} MB。").format(size=LARGEST >> 20)
        raise BadPage(Problem(file, None, "too-large", message, _("分成几个文件导入。")))
    return bytes(raw)


def decode(raw: bytes, file: str) -> tuple[str, str]:
    """Return the text and the name of its encoding. Raises BadPage, whose problem names the page `file`."""
    if is_web_page(raw):
        raise refused_format("HTML", file)
    if name := _format_of(raw):
        raise refused_format(name, file)
    return decoded_text(raw, file)


def refused_format(name: str, file: str) -> BadPage:
    """Return the refusal of a file in the format `name`."""
    message = _("是 {format} 文件，不能导入。").format(format=name)
    return BadPage(Problem(file, None, "format", message, _("另存为纯文本（UTF-8）、DOCX 或 PDF 再导入。")))


def is_web_page(raw: bytes) -> bool:
    """Return whether the first bytes are those of an HTML page."""
    return bool(_HTML.match(raw[:_SAMPLE].removeprefix(codecs.BOM_UTF8).lstrip()))


def decoded_text(raw: bytes, file: str) -> tuple[str, str]:
    """Return the text and the name of its encoding, whatever format the text is in. Raises BadPage."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _by(raw[len(mark) :], encoding, file, len(mark)), encoding
    if encoding := _utf16_without_mark(raw):
        return _by(raw, encoding, file, 0), encoding
    if found := _BINARY.search(raw):
        message = _("第 {offset} 字节处不是文字，像是二进制文件。").format(offset=found.start())
        raise BadPage(Problem(file, None, "binary", message, _("先从 PDF 或图片里取出文字。")))
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        stopped = error.start
    try:
        text, encoding = decode_legacy(raw)
    except UnicodeDecodeError as error:
        raise _undecodable(raw, file, max(stopped, error.start)) from None
    if not _is_chinese(text):
        raise _undecodable(raw, file, stopped)
    return text, encoding


def _format_of(raw: bytes) -> str:
    """Return the name of a known format other than plain text, by the first bytes; empty if none matches."""
    head = raw[:_SAMPLE].removeprefix(codecs.BOM_UTF8).lstrip()
    return next((name for mark, name in _FORMATS if head.startswith(mark)), "")


def _is_chinese(text: str) -> bool:
    """Return whether the text has few kana and enough common words. Korean in GB18030 has common characters only."""
    beyond = [character for character in text[:_READ] if character > "\x7f"]
    if sum("\u3040" <= character <= "\u30ff" for character in beyond) > _MOST_KANA * len(beyond):
        return False
    runs = "".join(character for character in simplified("".join(beyond)) if "\u4e00" <= character <= "\u9fff")
    if len(runs) < _MANY_CHARACTERS:
        return True
    return sum(len(word) for word in common_words().segment(runs) if len(word) > 1) >= _LEAST_WORDS * len(runs)


def _by(raw: bytes, encoding: str, file: str, skipped: int) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise _undecodable(raw, file, skipped + error.start) from None


def _undecodable(raw: bytes, file: str, offset: int) -> BadPage:
    message = _("第 {offset} 字节处认不出编码。").format(offset=offset)
    remedy = _("可用的是 UTF-8、UTF-16、GB18030 和 Big5。")
    return BadPage(Problem(file, raw.count(b"\n", 0, offset) + 1, "encoding", message, remedy))


def _utf16_without_mark(raw: bytes) -> str:
    """Return the UTF-16 encoding of a text without a byte order mark, or an empty string.

    At least 95 % of the decoded sample must be Chinese, ASCII and their punctuation.
    """
    sample = raw[:_SAMPLE]
    if len(raw) % 2 or len(sample) < 2 or b"\x00" not in sample:
        return ""
    for encoding in ("utf-16-le", "utf-16-be"):
        text = sample.decode(encoding, "replace")
        if "\x00" not in text and len(_LATIN_OR_HAN.findall(text)) >= 0.95 * len(text):
            return encoding
    return ""
