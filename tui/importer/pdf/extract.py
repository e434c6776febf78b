"""Extraction of characters, rules, frames and pictures with PDFium. Runs only in the child process of `process`."""

import ctypes
import json
import sys
from collections.abc import Iterator
from dataclasses import astuple
from typing import Any

from ..geometry.glyphs import Glyph, PrintedPage, Rect, lines_among

MAX_PAGES, MAX_GLYPHS, MAX_BOXES = 400, 120_000, 20_000
_FEW_GLYPHS = 8
"""Characters. A page with fewer and at least one picture counts as a scan."""


def main() -> None:
    """Read a PDF from standard input and write one JSON document to standard output."""
    try:
        import pypdfium2 as pdfium
    except ImportError:
        _answer({"error": "missing"})
        return
    try:
        _answer(_document(pdfium, sys.stdin.buffer.read()))
    except pdfium.PdfiumError as error:
        _answer({"error": "locked" if "assword" in str(error) else "damaged"})


def _answer(document: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(document))


def _document(pdfium: Any, raw: bytes) -> dict[str, Any]:
    document = pdfium.PdfDocument(raw)
    if len(document) > MAX_PAGES:
        return {"error": "too-many-pages", "limit": MAX_PAGES}
    pages = []
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        if text.count_chars() > MAX_GLYPHS:
            return {"error": "too-much-text", "limit": MAX_GLYPHS}
        read = _page(page, text, number + 1)
        pages.append([read.number, read.width, read.height, [astuple(line) for line in read.lines], read.boxes])
        text.close()
        page.close()
    return {"pages": pages} if pages else {"error": "damaged"}


def _page(page: Any, text: Any, number: int) -> PrintedPage:
    left, bottom, right, top = page.get_bbox()
    boxes = [
        Rect(round(a - left, 1), round(top - d, 1), round(c - left, 1), round(top - b, 1))
        for a, b, c, d in _bounds(page)
    ]
    lines = lines_among(list(_glyphs(text, left, top)), boxes)
    return PrintedPage(number, right - left, top - bottom, tuple(lines), tuple(dict.fromkeys(boxes)))


def _bounds(page: Any) -> Iterator[tuple[float, float, float, float]]:
    """Yield the bounds of paths and pictures: left, bottom, right, top."""
    import pypdfium2.raw as raw

    a, b, c, d = (ctypes.c_float() for _ in range(4))
    for index in range(min(raw.FPDFPage_CountObjects(page), 10 * MAX_BOXES)):
        item = raw.FPDFPage_GetObject(page, index)
        kind = raw.FPDFPageObj_GetType(item)
        if kind != raw.FPDF_PAGEOBJ_TEXT and raw.FPDFPageObj_GetBounds(item, a, b, c, d):
            yield a.value, b.value, c.value, d.value


def _glyphs(text: Any, left: float, top: float) -> Iterator[Glyph]:
    """Yield the printed characters, without the spaces that PDFium adds between columns."""
    import pypdfium2.raw as raw

    matrix, box = raw.FS_MATRIX(), raw.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    fonts: dict[int, str] = {}
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, index)
        if code <= 32 or raw.FPDFText_IsGenerated(text, index) == 1 or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
            continue
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        raw.FPDFText_GetLooseCharBox(text, index, box)
        raw.FPDFText_GetMatrix(text, index, matrix)
        size = raw.FPDFText_GetFontSize(text, index) * (matrix.c**2 + matrix.d**2) ** 0.5
        yield Glyph(
            chr(code),
            round(x.value - left, 2),
            round(max(box.right, x.value + 0.1) - left, 2),
            round(top - y.value, 2),
            round(size, 1),
            _font(raw, text, index, fonts),
        )


def _font(raw: Any, text: Any, index: int, known: dict[int, str]) -> str:
    """Return the name of a character's font."""
    item = raw.FPDFText_GetTextObject(text, index)
    font = raw.FPDFTextObj_GetFont(item) if item else None
    if not font:
        return ""
    address = ctypes.addressof(font.contents)
    if address not in known:
        buffer = ctypes.create_string_buffer(128)
        raw.FPDFFont_GetBaseFontName(font, buffer, 128)
        known[address] = buffer.value.decode("utf-8", "replace")
    return known[address]
