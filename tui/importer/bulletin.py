"""Conversion of imported articles to the files of a bulletin: names, front matter, Markdown. Writes nothing to disk."""

import json
import re
from collections.abc import Mapping, Sequence

from ..article import Article, Block, Bulletin, Source
from ..gazetteer import Gazetteer
from ..i18n import _
from ..library import render
from ..markdown.write import render as render_blocks
from .result import Imported

Files = Mapping[str, str]
"""Contents of a bulletin's folder: text by file name."""

_UNSAFE = re.compile(r"[^a-z0-9]+")


def files_of(
    bulletin: Bulletin,
    pages: Sequence[tuple[str, Sequence[Imported]]],
    gazetteer: Gazetteer,
    dates: Sequence[str | None] = (),
) -> dict[str, str]:
    """Return the files of a bulletin. `pages` pairs the file name of each page with its articles.

    `dates` are the dates of issue of the pages, where they are known; else articles have that of the bulletin.
    """
    issued = dates or [None] * len(pages)
    found = [
        (page, article, day or bulletin.issued)
        for (page, articles), day in zip(pages, issued, strict=True)
        for article in articles
    ]
    digits = max(2, len(str(len(found))))
    files = {"bulletin.yaml": bulletin_yaml(bulletin)}
    for number, (page, imported, day) in enumerate(found, 1):
        stem = stem_of(number, digits, imported.place_id, gazetteer)
        files[f"{stem}.md"] = render(article_of(imported, f"{bulletin.id}/{stem}", page, day))
    return files


def stem_of(number: int, digits: int, place: int | None, gazetteer: Gazetteer) -> str:
    """Return a file name without suffix: the article's number and its place in pinyin, as in `05-keyouzhongqi`.

    Without a known place, the name is the number alone, padded to `digits`.
    """
    known = gazetteer.by_id(place)
    syllables = "".join(known.label_pinyin) if known else ""
    name = _UNSAFE.sub("", syllables.lower())
    return f"{number:0{digits}}-{name}" if name else f"{number:0{digits}}"


def article_of(imported: Imported, id: str, page: str, issued: str | None) -> Article:
    """Convert an imported article to the library's form. `page` is the name of the source file."""
    blocks = [Block(piece.kind, piece.text, level=2 if piece.kind == "subhead" else 0) for piece in imported.paragraphs]
    return Article(
        id=id,
        title=imported.title or (_("无题"),),
        place=imported.place,
        place_id=imported.place_id,
        dateline=imported.dateline,
        authors=imported.authors,
        byline=imported.byline,
        date=issued,
        source=Source(page, *imported.span),
        body=render_blocks(blocks),
    )


def bulletin_yaml(bulletin: Bulletin) -> str:
    """Return the text of `bulletin.yaml`; empty fields are left out."""
    fields = {"id": bulletin.id, "title": bulletin.title, "issued": bulletin.issued, "source": bulletin.source}
    return "".join(f"{key}: {_yaml(value)}\n" for key, value in fields.items() if value)


def _yaml(value: str) -> str:
    plain = re.fullmatch(r"[A-Za-z\u3400-\u9fff][\w\u3400-\u9fff-]*", value) and value not in ("true", "false", "null")
    return value if plain or re.fullmatch(r"\d{4}(?:-\d\d){1,2}", value) else json.dumps(value, ensure_ascii=False)
