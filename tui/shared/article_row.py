"""An article as a row of the table `incoming` or `article` of an archive. Pure."""

from hashlib import blake2b
from typing import Any, NamedTuple
from zlib import crc32

from ..article import Article, Source
from ..catalogue.grams import AUTHOR, BULLETIN, PLACE, SOUND, TAG, stream, value_token
from ..fold import INVISIBLE, bulk_fold, dense
from ..query.dates import day_of
from ..query.headline_sounds import sound_pairs
from ..text.document import fields, headline
from ..word_tables import word_tables

SHARDS = 64
COUNTED_SHARE = 8
"""Words are counted in one article of this many."""
MAX_TOKEN_BYTES = 900_000
"""Bytes of an article's distinct grams; PostgreSQL's tsvector holds 1 MB."""
_ALWAYS_FITS = 60_000
"""Characters of a text whose grams always fit."""
_LEXEME_BYTES = 14
"""Bytes of a gram in a tsvector, at most, with its entry and padding."""


class ArticleRow(NamedTuple):
    """A row of the table `incoming`: the columns of `article`, then three more."""

    day: int
    number: int
    id: str
    bulletin: str
    position: int
    shard: int
    load: int
    title: str
    place: str | None
    place_id: int | None
    date: str | None
    authors: list[str]
    tags: list[str]
    characters: int
    dateline: str | None
    byline: str
    body: str
    source: str | None
    source_first: int | None
    source_last: int | None
    description: str
    url: str
    slug: str
    folded: str
    headline: str | None
    tokens: list[str]
    digest: bytes
    file: int
    words: list[str]


TYPES = (
    *(
        "int4",
        "int8",
        "text",
        "text",
        "int8",
        "int2",
        "int8",
        "text",
        "text",
        "int4",
        "text",
        "text[]",
        "text[]",
        "int4",
    ),
    *("text", "text", "text", "text", "int4", "int4", "text", "text", "text", "text", "text", "text[]"),
    *("bytea", "int4", "text[]"),
)
"""The types of the columns, for a binary COPY."""
ARTICLE_COLUMNS = 26
"""Columns of `article`; the others are in `incoming` only."""


class TooLarge(Exception):
    """The article has more distinct grams than PostgreSQL can index."""


def row(article: Article, issued: str | None, number: int, load: int, file: int) -> ArticleRow:
    """Return the row of an article; `issued` is its bulletin's date. Raises TooLarge."""
    article = storable(article)
    text = "\n".join(field for _name, field in fields(article))
    folded = bulk_fold()(text).replace(INVISIBLE, "")
    grams = stream(folded) if len(folded) > _ALWAYS_FITS or number % COUNTED_SHARE == 0 else set()
    if len(grams) * _LEXEME_BYTES > MAX_TOKEN_BYTES:
        raise TooLarge(article.id)
    gapless = headline(folded.partition("\n")[0], article.title)
    source = article.source
    return ArticleRow(
        day_of(article.date or issued),
        number,
        article.id,
        article.bulletin,
        number,
        shard_of(article.id),
        load,
        "\n".join(article.title),
        article.place,
        article.place_id,
        article.date,
        list(article.authors),
        list(article.tags),
        sum(map(len, article.body.split())),
        article.dateline,
        article.byline,
        article.body,
        source.file if source else None,
        source.first if source else None,
        source.last if source else None,
        article.description,
        article.url,
        article.slug,
        folded,
        gapless.text if gapless else None,
        _tokens(article, folded.partition("\n")[0]),
        digest(article, issued),
        file,
        sorted(word_tables().pairs & grams) if number % COUNTED_SHARE == 0 else [],
    )


def _tokens(article: Article, title: str) -> list[str]:
    """Return whole values of the article, and the sounds of its folded title."""
    found = [value_token(PLACE, dense(article.place))] if article.place else []
    if article.place_id is not None:
        found.append(f"{PLACE}{article.place_id}")
    found += [value_token(AUTHOR, dense(name)) for name in article.authors]
    found += [value_token(TAG, dense(tag)) for tag in article.tags]
    found.append(value_token(BULLETIN, dense(article.bulletin)))
    found += [value_token(SOUND, pair) for pair in sound_pairs(title)]
    return sorted({token for token in found if len(token) > 1})


def digest(article: Article, issued: str | None) -> bytes:
    """Return a hash of everything that the archive stores about the article."""
    return blake2b(repr((*article, issued)).encode("utf-8", "backslashreplace"), digest_size=8).digest()


def shard_of(article_id: str) -> int:
    """Return the shard of an article, from 0 to `SHARDS` - 1."""
    return crc32(article_id.encode("utf-8", "backslashreplace")) % SHARDS


def storable(article: Article) -> Article:
    """Return the article without NUL, and with lone surrogates escaped: PostgreSQL stores neither."""
    values: dict[str, Any] = {name: _storable(value) for name, value in article._asdict().items()}
    return Article(**values)


def _storable(value: object) -> object:
    if isinstance(value, str):
        return storable_text(value)
    if isinstance(value, Source):
        return value._replace(file=storable_text(value.file))
    return tuple(map(_storable, value)) if isinstance(value, tuple) else value


def storable_text(text: str) -> str:
    """Return the text without NUL, and with lone surrogates escaped."""
    text = text.replace("\0", "")
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "backslashreplace").decode()
    return text
