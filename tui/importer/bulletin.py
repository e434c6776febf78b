"""Imported articles as the files of a bulletin: names, front matter, Markdown. Nothing is written here."""

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
"""What a bulletin's folder holds: text by file name."""

_UNSAFE = re.compile(r"[^a-z0-9]+")


def files_of(
    bulletin: Bulletin, pages: Sequence[tuple[str, Sequence[Imported]]], gazetteer: Gazetteer
) -> dict[str, str]:
    """The files of a bulletin made from pages: file names of the pages and the articles of each."""
    found = [(page, article) for page, articles in pages for article in articles]
    digits = max(2, len(str(len(found))))
    files = {"bulletin.yaml": bulletin_yaml(bulletin)}
    for number, (page, imported) in enumerate(found, 1):
        stem = stem_of(number, digits, imported.place_id, gazetteer)
        files[f"{stem}.md"] = render(article_of(imported, f"{bulletin.id}/{stem}", page, bulletin.issued))
    return files


def stem_of(number: int, digits: int, place: int | None, gazetteer: Gazetteer) -> str:
    """`05-keyouzhongqi`: the article's number, then the syllables of its place; the number alone without one."""
    known = gazetteer.by_id(place)
    syllables = "".join(known.label_pinyin) if known else ""
    name = _UNSAFE.sub("", syllables.lower())
    return f"{number:0{digits}}-{name}" if name else f"{number:0{digits}}"


def article_of(imported: Imported, id: str, page: str, issued: str | None) -> Article:
    """The article as the library knows it."""
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
    """What a bulletin says of itself."""
    fields = {"id": bulletin.id, "title": bulletin.title, "issued": bulletin.issued, "source": bulletin.source}
    return "".join(f"{key}: {_yaml(value)}\n" for key, value in fields.items() if value)


def _yaml(value: str) -> str:
    plain = re.fullmatch(r"[A-Za-z\u3400-\u9fff][\w\u3400-\u9fff-]*", value) and value not in ("true", "false", "null")
    return value if plain or re.fullmatch(r"\d{4}(?:-\d\d){1,2}", value) else json.dumps(value, ensure_ascii=False)
