"""Output as an EPUB 3 book that EPUB 2 reading systems can also open.

Follows the W3C's EPUB 3.3: an uncompressed file `mimetype` first, one package document, one navigation document. An NCX
file repeats the table of contents for EPUB 2.
"""

import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from hashlib import sha1
from typing import IO
from uuid import UUID

from ..article import Article
from .body import article_html
from .html_page import STYLE
from .inline_html import text_of

Chapter = tuple[Article, Sequence[str]]
"""An article and the names of the places that enclose its own."""
_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""


def write_epub(into: IO[bytes], title: str, chapters: Iterable[Chapter], made: datetime | None = None) -> int:
    """Write a book with one chapter per article, in the given order, and return the number of chapters.

    `made` is the recorded time of creation, by default now. The same articles and time give the same bytes.
    """
    made = (made or datetime.now(UTC)).astimezone(UTC)
    entries: list[tuple[str, str]] = []
    identity = sha1(title.encode("utf-8", "replace"), usedforsecurity=False)
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as book:
        _add(book, "mimetype", "application/epub+zip", made, zipfile.ZIP_STORED)
        _add(book, "META-INF/container.xml", _CONTAINER, made)
        _add(book, "EPUB/style.css", STYLE, made)
        for number, (article, above) in enumerate(chapters, 1):
            name = f"chapter-{number:05d}"
            headline = " ".join(article.title)
            entries.append((name, headline))
            identity.update(article.id.encode("utf-8", "replace"))
            _add(book, f"EPUB/{name}.xhtml", _xhtml(headline, article_html(article, name, above, level=1)), made)
        book_id = UUID(bytes=identity.digest()[:16], version=5).urn
        _add(book, "EPUB/nav.xhtml", _navigation(title, entries), made)
        _add(book, "EPUB/toc.ncx", _ncx(title, entries, book_id), made)
        _add(book, "EPUB/package.opf", _package(title, entries, book_id, made), made)
    return len(entries)


def _add(book: zipfile.ZipFile, name: str, text: str, made: datetime, method: int = zipfile.ZIP_DEFLATED) -> None:
    about = zipfile.ZipInfo(name, (max(made.year, 1980), *made.timetuple()[1:6]))
    about.compress_type = method
    about.external_attr = 0o644 << 16
    book.writestr(about, text.encode("utf-8", "replace"))


def _xhtml(title: str, body: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
        ' lang="zh-Hans" xml:lang="zh-Hans">\n'
        f'<head>\n<title>{text_of(title)}</title>\n<link rel="stylesheet" type="text/css" href="style.css"/>\n</head>\n'
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def _navigation(title: str, entries: Sequence[tuple[str, str]]) -> str:
    items = "\n".join(f'<li><a href="{name}.xhtml">{text_of(headline)}</a></li>' for name, headline in entries)
    return _xhtml(title, f'<nav epub:type="toc" id="toc">\n<h1>{text_of(title)}</h1>\n<ol>\n{items}\n</ol>\n</nav>')


def _ncx(title: str, entries: Sequence[tuple[str, str]], book_id: str) -> str:
    points = "\n".join(
        f'<navPoint id="{name}" playOrder="{number}"><navLabel><text>{text_of(headline)}</text></navLabel>'
        f'<content src="{name}.xhtml"/></navPoint>'
        for number, (name, headline) in enumerate(entries, 1)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1" xml:lang="zh-Hans">\n'
        f'<head><meta name="dtb:uid" content="{book_id}"/><meta name="dtb:depth" content="1"/></head>\n'
        f"<docTitle><text>{text_of(title)}</text></docTitle>\n<navMap>\n{points}\n</navMap>\n</ncx>\n"
    )


def _package(title: str, entries: Sequence[tuple[str, str]], book_id: str, made: datetime) -> str:
    items = "\n".join(
        f'<item id="{name}" href="{name}.xhtml" media-type="application/xhtml+xml"/>' for name, _headline in entries
    )
    spine = "\n".join(f'<itemref idref="{name}"/>' for name, _headline in entries)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="zh-Hans">\n'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f'<dc:identifier id="id">{book_id}</dc:identifier>\n<dc:title>{text_of(title)}</dc:title>\n'
        f"<dc:language>zh-Hans</dc:language>\n"
        f'<meta property="dcterms:modified">{made:%Y-%m-%dT%H:%M:%SZ}</meta>\n</metadata>\n<manifest>\n'
        '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>\n'
        '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>\n'
        '<item id="style" href="style.css" media-type="text/css"/>\n'
        f'{items}\n</manifest>\n<spine toc="ncx">\n{spine}\n</spine>\n</package>\n'
    )
