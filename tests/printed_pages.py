"""PDF pages for tests, generated without a library: text of any size anywhere, rules and boxes, no embedded font."""

from collections.abc import Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT = 600, 800


@dataclass
class PdfPage:
    """A page under construction.

    Positions are in points from the upper left corner; a text's position is its baseline.
    """

    content: list[str] = field(default_factory=list)

    def text(self, x: float, y: float, size: float, text: str) -> None:
        """Print a line of text."""
        self.content.append(f"BT /F1 {size} Tf 1 0 0 1 {x} {HEIGHT - y} Tm <{text.encode('utf-16-be').hex()}> Tj ET")

    def column(self, x: float, y: float, lines: Sequence[str], size: float = 10, leading: float = 14) -> None:
        """Print lines one below the other. An ideographic space at the start of a line is an indent."""
        for at, line in enumerate(lines):
            spaces = len(line) - len(line.lstrip("\u3000"))
            self.text(x + spaces * size, y + at * leading, size, line.lstrip("\u3000"))

    def box(self, left: float, top: float, right: float, bottom: float) -> None:
        """Paint a rectangle: a picture, or a rule if it is thin."""
        self.content.append(f"0.8 g {left} {HEIGHT - bottom} {right - left} {bottom - top} re f 0 g")


def pdf_of(*pages: PdfPage) -> bytes:
    """Return a PDF of the pages."""
    font = (
        "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UTF16-H/DescendantFonts[<</Type/Font"
        "/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>"
        "/DW 1000/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]"
        "/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>>>]>>"
    )
    numbers = range(4, 4 + 2 * len(pages), 2)
    objects = {
        1: "<</Type/Catalog/Pages 2 0 R>>",
        2: f"<</Type/Pages/Count {len(pages)}/Kids[{' '.join(f'{number} 0 R' for number in numbers)}]>>",
        3: font,
    }
    for number, page in zip(numbers, pages, strict=True):
        stream = "\n".join(page.content)
        objects[number] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Resources<</Font<</F1 3 0 R>>>>"
            f"/Contents {number + 1} 0 R>>"
        )
        objects[number + 1] = f"<</Length {len(stream)}>>stream\n{stream}\nendstream"
    written, offsets = "%PDF-1.7\n", []
    for number in sorted(objects):
        offsets.append(len(written))
        written += f"{number} 0 obj{objects[number]}endobj\n"
    rows = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    table = f"xref\n0 {len(offsets) + 1}\n0000000000 65535 f \n{rows}"
    trailer = f"trailer<</Root 1 0 R/Size {len(offsets) + 1}>>\nstartxref\n{len(written)}\n%%EOF\n"
    return (written + table + trailer).encode("ascii")
