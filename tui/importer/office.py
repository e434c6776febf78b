"""Reading of DOCX documents with mammoth, the extra `office`, as plain text with one line for each paragraph."""

import io
import zipfile

from ..i18n import _
from ..problem import Problem
from .decode import BadPage, refused_format
from .web_page import WebBlock, blocks_of_web_page

_LARGEST_BYTES, _MOST_FILES = 64 << 20, 4000
"""Unpacked size of a document without its pictures, and number of its files."""
_DOCUMENT = "word/document.xml"


def is_archive(raw: bytes) -> bool:
    """Return whether the first bytes are those of a ZIP file, which a DOCX document is."""
    return raw.startswith(b"PK\x03\x04")


def blocks_of_document(raw: bytes, file: str) -> list[WebBlock]:
    """Return the blocks of a DOCX document. Raises BadPage if it is none, or too large, or damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise _damaged(file) from None
    names = {entry.filename for entry in entries}
    if _DOCUMENT not in names:
        raise refused_format("OFD" if "OFD.xml" in names else "ZIP", file)
    text = sum(entry.file_size for entry in entries if entry.filename.endswith((".xml", ".rels")))
    if text > _LARGEST_BYTES or len(entries) > _MOST_FILES:
        raise BadPage(Problem(file, None, "too-large", _("这份 DOCX 展开后太大。"), _("分成几个文件导入。")))
    try:
        import mammoth
    except ImportError:
        remedy = _("安装：pip install 'ganews-tui[office]'。")
        raise BadPage(Problem(file, None, "no-docx-reader", _("读 DOCX 要装 mammoth。"), remedy)) from None
    try:
        pictures = mammoth.images.img_element(lambda _picture: {})
        page = mammoth.convert_to_html(io.BytesIO(raw), convert_image=pictures).value
    except Exception:  # mammoth raises errors of many libraries for a damaged document
        raise _damaged(file) from None
    return blocks_of_web_page(page)


def _damaged(file: str) -> BadPage:
    return BadPage(Problem(file, None, "damaged", _("这份 DOCX 坏了，读不出来。"), _("另存为纯文本再导入。")))
