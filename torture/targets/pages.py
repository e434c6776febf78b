"""Raw pages: their encodings, the importer, and the bulletin written from them."""

from collections import Counter
from pathlib import Path

from tui.article import Bulletin
from tui.clean import clean, clean_line
from tui.gazetteer import load
from tui.importer import as_json, import_page
from tui.importer.bulletin import files_of
from tui.importer.decode import BadPage, decode
from tui.importer.source_lines import normalise, to_half_width
from tui.library import Library
from tui.library.bulletin_writer import BulletinWriter

from . import ROOT, Target, Targets, real_files, text_of

_GAZETTEER = load(ROOT / "content/gazetteer.yaml")
_ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "big5", "utf-16", "utf-16-le", "utf-16-be", "latin-1")


def targets(folder: Path) -> Targets:
    """Return the targets for pages as bytes in many encodings, as text, and imported into a library."""
    corpus = [data for data in real_files() if data]
    pages = [path.read_bytes() for path in sorted((ROOT / "seeds").glob("*.txt"))]
    encoded = [data.decode("utf-8").encode(each, "ignore") for data in corpus for each in _ENCODINGS]
    return {
        "encodings of pages": Target(_decoded, encoded),
        "pages to import": Target(_imported, pages * 4 + corpus),
        "pages imported into a library": Target(lambda data: _put(data, folder / "library"), pages),
    }


def _decoded(data: bytes) -> None:
    """All of it is text in the named encoding, or one line says where it is not."""
    try:
        text, encoding = decode(data, "page.txt")
    except BadPage as error:
        assert str(error.problem) == clean_line(str(error.problem))
        return
    again = text.encode(encoding)
    assert data.endswith(again) and len(data) - len(again) <= 3, encoding
    text.encode("utf-8")


def _imported(data: bytes) -> None:
    """No character is lost or doubled."""
    page = clean(text_of(data))
    result = import_page(page, _GAZETTEER)
    as_json(result)
    counted: Counter[str] = Counter()
    for article in result.articles:
        pieces = (piece.text for piece in article.paragraphs)
        counted += Counter(_bare("".join([*article.title, article.dateline or "", article.byline, *pieces])))
    whole = Counter(_bare(normalise(page)))
    assert counted == whole, f"lost {whole - counted}, doubled {counted - whole}"


def _put(data: bytes, root: Path) -> None:
    """The bulletin opens without a problem of form and has as many articles as were found."""
    try:
        text, _encoding = decode(data, "page.txt")
    except BadPage:
        return
    result = import_page(text, _GAZETTEER)
    files = files_of(Bulletin("page", "page", "2023-06"), [("page.txt", result.articles)], _GAZETTEER)
    BulletinWriter(root, "page").put(files)
    articles, problems = Library(root).load()
    forms = [str(problem) for problem in problems if problem.code not in _OF_CONTENT]
    assert len(articles) == len(result.articles) and not forms, f"{len(result.articles)} written, {len(articles)} read"


_OF_CONTENT = ("no-articles", "bidi")


def _bare(text: str) -> str:
    return "".join(to_half_width(text).split())
