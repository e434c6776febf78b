"""Bytes of a page into text, by a strict try order: byte order marks, UTF-8, UTF-16, then GB18030 or Big5.

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
_READ, _FEW_CHARACTERS, _LEAST_CHINESE = 20_000, 8, 0.6
"""Characters looked at; fewer say nothing; the share of common ones that makes a decoding Chinese."""
_SCRIPTS = (("gb2312", 0xD7), ("big5", 0xC6))
_FORMATS = (
    (b"{\\rtf", "RTF"),
    (b"PK\x03\x04", "DOCX/ZIP"),
    (b"\xd0\xcf\x11\xe0", "DOC"),
    (b"%!PS", "PostScript"),
)
_HTML = re.compile(
    rb"(?:<\?xml[^>]*>\s*)?(?:<!--.{0,400}?-->\s*)?<(?:!doctype\s+html|html|head|body|meta)\b", re.I | re.S
)
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
    if name := _format_of(raw):
        message = _("是 {format} 文件，不是文字。").format(format=name)
        raise BadPage(Problem(file, None, "format", message, _("另存为纯文本（UTF-8）再导入，或导入 PDF。")))
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
    texts: dict[str, str] = {}
    for encoding in ("gb18030", "big5"):
        try:
            texts[encoding] = raw.decode(encoding)
        except UnicodeDecodeError as error:
            stopped = max(stopped, error.start)
    shares = {encoding: _chinese(text) for encoding, text in texts.items()}
    best = max(shares, key=lambda encoding: shares[encoding]) if shares else ""
    if shares.get(best, 0.0) < _LEAST_CHINESE:
        raise _undecodable(raw, file, stopped)
    return texts[best], best


def _format_of(raw: bytes) -> str:
    """Return the name of a format that is no plain text, by its first bytes; empty for any other."""
    head = raw[:_SAMPLE].removeprefix(codecs.BOM_UTF8).lstrip()
    for mark, name in _FORMATS:
        if head.startswith(mark):
            return name
    return "HTML" if _HTML.match(head) else ""


def _chinese(text: str) -> float:
    """Return the share of the characters beyond ASCII that are common in Chinese; 1 if there are few of them."""
    beyond = [character for character in text[:_READ] if character > "\x7f"]
    if len(beyond) < _FEW_CHARACTERS:
        return 1.0
    return max(sum(_common(character, *script) for character in beyond) for script in _SCRIPTS) / len(beyond)


def _common(character: str, encoding: str, last: int) -> bool:
    """Return whether a character is a mark or of the first level of a national standard, the common ones."""
    try:
        code = character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return len(code) == 2 and (code[0] <= 0xA3 or 0xA4 < code[0] <= last) and not "\u3040" <= character <= "\u30ff"


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
    """UTF-16 that lost its mark: as text it must be nearly all Chinese, ASCII and their punctuation."""
    sample = raw[:_SAMPLE]
    if len(raw) % 2 or len(sample) < 2 or b"\x00" not in sample:
        return ""
    for encoding in ("utf-16-le", "utf-16-be"):
        text = sample.decode(encoding, "replace")
        if "\x00" not in text and len(_LATIN_OR_HAN.findall(text)) >= 0.95 * len(text):
            return encoding
    return ""
