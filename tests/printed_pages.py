"""PDF pages for tests, generated without a library: text of any size anywhere, rules and boxes, no embedded font."""

from collections.abc import Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT = 600, 800
FACES = {
    "song": "STSong-Light",
    "hei": "STHeiti-Regular",
    "kai": "STKaiti-Regular",
    "fangsong": "STFangsong-Light",
    "round": "FZY1JW--GB1-0",
}
"""Names of the fonts. The name of `hei` says that it is bold; that of `round`, a bold face too, does not."""


@dataclass
class PdfPage:
    """A page under construction.

    Positions are in points from the upper left corner; a text's position is its baseline.
    """

    content: list[str] = field(default_factory=list)
    width: float = WIDTH
    height: float = HEIGHT

    def text(
        self, x: float, y: float, size: float, text: str, face: str = "song", gap: float = 0.0, white: bool = False
    ) -> None:
        """Print a line of text, with `gap` points between its characters."""
        number = 1 + list(FACES).index(face)
        spacing, reset = (f"{gap:.3f} Tc ", " 0 Tc") if gap else ("", "")
        colour, black = ("1 g ", " 0 g") if white else ("", "")
        self.content.append(
            f"{colour}BT {spacing}/F{number} {size:.4g} Tf 1 0 0 1 {x:.6g} {self.height - y:.6g} Tm "
            f"<{text.encode('utf-16-be').hex()}> Tj{reset} ET{black}"
        )

    def column(self, x: float, y: float, lines: Sequence[str], size: float = 10, leading: float = 14) -> None:
        """Print lines one below the other. An ideographic space at the start of a line is an indent."""
        for at, line in enumerate(lines):
            spaces = len(line) - len(line.lstrip("\u3000"))
            self.text(x + spaces * size, y + at * leading, size, line.lstrip("\u3000"))

    def box(self, left: float, top: float, right: float, bottom: float, grey: float = 0.8) -> None:
        """Paint a rectangle: a picture, a tint, or a rule if it is thin."""
        self.content.append(
            f"{grey} g {left:.6g} {self.height - bottom:.6g} {right - left:.6g} {bottom - top:.6g} re f 0 g"
        )

    def frame(self, left: float, top: float, right: float, bottom: float) -> None:
        """Draw the outline of a rectangle."""
        self.content.append(f"{left:.6g} {self.height - bottom:.6g} {right - left:.6g} {bottom - top:.6g} re S")


def pdf_of(*pages: PdfPage) -> bytes:
    """Return a PDF of the pages. ASCII characters are half as wide as the others."""
    numbers = range(4, 4 + 2 * len(pages), 2)
    fonts = [3, *range(numbers.stop, numbers.stop + len(FACES) - 1)]
    objects = {
        1: "<</Type/Catalog/Pages 2 0 R>>",
        2: f"<</Type/Pages/Count {len(pages)}/Kids[{' '.join(f'{number} 0 R' for number in numbers)}]>>",
        **{number: _font(name) for number, name in zip(fonts, FACES.values(), strict=True)},
    }
    named = "".join(f"/F{1 + at} {number} 0 R" for at, number in enumerate(fonts))
    for number, page in zip(numbers, pages, strict=True):
        stream = "\n".join(page.content)
        objects[number] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {page.width} {page.height}]/Resources<</Font<<{named}>>>>"
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


def _font(name: str) -> str:
    return (
        f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/UniGB-UTF16-H/DescendantFonts[<</Type/Font"
        f"/Subtype/CIDFontType0/BaseFont/{name}/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>"
        f"/DW 1000/W[1 95 500]/FontDescriptor<</Type/FontDescriptor/FontName/{name}/Flags 6/FontBBox[-25 -254 1000 880]"
        "/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>>>]>>"
    )
