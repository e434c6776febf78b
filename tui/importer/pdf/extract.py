"""Extraction of characters, rules, frames and pictures with PDFium. Runs only in the child process of `process`."""

import ctypes
import json
import re
import sys
from collections.abc import Iterator
from typing import Any

from ..geometry.glyphs import Glyph, PrintedLine, PrintedPage, Rect
from ..geometry.line_assembly import lines_among
from .ink import BOLD, REGULAR, weighed

MAX_PAGES, MAX_GLYPHS, MAX_BOXES = 400, 120_000, 20_000
_FEW_UNNAMED = 0.02
"""Share of a page's lines. If fewer are in fonts without a name, the page is not rendered to weigh them."""
_MAX_PIXELS = 9_000_000
_SUBSET = re.compile(r"[A-Z]{6}\+")
"""Prefix of the name of an embedded font; the rest is the name of the typeface."""
_BOLD = re.compile(r"bold|black|heavy|hei|ht(?![a-z])|[-_](?:B|W[6-9])\b", re.I)
_STROKED = 2
"""Text rendering mode of PDF: fill, then stroke. Word processors print bold so."""


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
        page.set_rotation(0)  # PDFium gives positions as on the unrotated page, but renders the rotated one
        text = page.get_textpage()
        if text.count_chars() > MAX_GLYPHS:
            return {"error": "too-much-text", "limit": MAX_GLYPHS}
        read = read_page(page, text, number + 1)
        pages.append([read.number, read.width, read.height, [_row(line) for line in read.lines], read.boxes])
        text.close()
        page.close()
    return {"pages": pages} if pages else {"error": "damaged"}


def _row(line: PrintedLine) -> tuple[Any, ...]:
    """Return the fields of a line in their order; `dataclasses.astuple` would take as long as all the rest."""
    return line.text, line.box, line.size, line.font, line.mixed, line.vertical, line.weight, line.colour


def read_page(page: Any, text: Any, number: int) -> PrintedPage:
    """Return the lines and boxes of a page. `text` is PDFium's text of it."""
    left, bottom, right, top = page.get_bbox()
    boxes = [
        Rect(round(a - left, 1), round(top - d, 1), round(c - left, 1), round(top - b, 1))
        for a, b, c, d in _bounds(page)
    ]
    lines = lines_among(list(_glyphs(text, left, top)), boxes)
    width, height = right - left, top - bottom
    if sum(not line.font for line in lines) > _FEW_UNNAMED * len(lines) and 1 < width * height < _MAX_PIXELS:
        picture = page.render(grayscale=True)
        lines = weighed(lines, bytes(picture.buffer), picture.stride, picture.width, picture.height)
    return PrintedPage(number, width, height, tuple(lines), tuple(dict.fromkeys(boxes)))


def _bounds(page: Any) -> Iterator[tuple[float, float, float, float]]:
    """Yield the bounds of paths and pictures: left, bottom, right, top."""
    import pypdfium2.raw as raw

    a, b, c, d = (ctypes.c_float() for _ in range(4))
    get_object, get_type, handle = raw.FPDFPage_GetObject, raw.FPDFPageObj_GetType, page.raw
    for index in range(min(raw.FPDFPage_CountObjects(handle), 10 * MAX_BOXES)):
        item = get_object(handle, index)
        if get_type(item) != raw.FPDF_PAGEOBJ_TEXT and raw.FPDFPageObj_GetBounds(item, a, b, c, d):
            yield a.value, b.value, c.value, d.value


def _glyphs(text: Any, left: float, top: float) -> Iterator[Glyph]:
    """Yield the printed characters, without the spaces that PDFium adds between columns."""
    import pypdfium2.raw as raw

    matrix, box = raw.FS_MATRIX(), raw.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    get_code, get_object, get_origin = raw.FPDFText_GetUnicode, raw.FPDFText_GetTextObject, raw.FPDFText_GetCharOrigin
    get_box, get_matrix, get_size = raw.FPDFText_GetLooseCharBox, raw.FPDFText_GetMatrix, raw.FPDFText_GetFontSize
    get_colour, get_mode = raw.FPDFPageObj_GetFillColor, raw.FPDFTextObj_GetTextRenderMode
    fonts, handle, spaced = _Fonts(raw), text.raw, False
    for index in range(text.count_chars()):
        code = get_code(handle, index)
        if code == 32:
            spaced = True
        if code <= 32 or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
            continue
        item = get_object(handle, index)
        if not item:  # PDFium inserted the character
            continue
        get_origin(handle, index, x, y)
        get_box(handle, index, box)
        get_matrix(handle, index, matrix)
        size = get_size(handle, index) * (matrix.c**2 + matrix.d**2) ** 0.5
        name, weight = fonts.of(item)
        get_colour(item, red, green, blue, alpha)
        yield Glyph(
            chr(code),
            round(x.value - left, 2),
            round(max(box.right, x.value + 0.1) - left, 2),
            round(top - y.value, 2),
            round(size, 1),
            name,
            BOLD if get_mode(item) == _STROKED else weight,
            red.value << 16 | green.value << 8 | blue.value,
            spaced,
        )
        spaced = False


class _Fonts:
    """Names and weights of a page's fonts, read once for each font."""

    def __init__(self, raw: Any) -> None:
        self._raw = raw
        self._known: dict[int, tuple[str, int]] = {}

    def of(self, item: Any) -> tuple[str, int]:
        """Return the name and the weight of the font of a text object; an empty name if the file gives none."""
        font = self._raw.FPDFTextObj_GetFont(item)
        if not font:
            return "", REGULAR
        address = ctypes.addressof(font.contents)
        if address not in self._known:
            buffer = ctypes.create_string_buffer(128)
            self._raw.FPDFFont_GetBaseFontName(font, buffer, 128)
            name = _SUBSET.sub("", buffer.value.decode("utf-8", "replace"), count=1)
            self._known[address] = name, BOLD if _BOLD.search(name) else REGULAR
        return self._known[address]
