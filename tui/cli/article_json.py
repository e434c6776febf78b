"""Articles as JSON: the one shape that every command prints. docs/cli.schema.json says the same to programs."""

from ..article import Article
from ..markdown import blocks
from .article_source import entry_of
from .output import Json

FIELDS = ("id", "title", "place", "place_id", "dateline", "authors", "byline", "date", "bulletin", "characters")


def article_json(article: Article) -> dict[str, Json]:
    """The article without its body."""
    return {
        "id": article.id,
        "title": list(article.title),
        "place": article.place,
        "place_id": article.place_id,
        "dateline": article.dateline,
        "authors": list(article.authors),
        "byline": article.byline,
        "date": article.date,
        "bulletin": article.bulletin,
        "characters": entry_of(article).characters,
    }


def whole_json(article: Article) -> dict[str, Json]:
    """The article with its body, block by block."""
    body: list[Json] = [{"kind": block.kind, "text": block.text} for block in blocks(article.body)]
    return {**article_json(article), "blocks": body}


def article_cells(article: Article) -> list[str | int | None]:
    """The article as a row of a table, in the order of FIELDS."""
    return [
        article.id,
        " ".join(article.title),
        article.place,
        article.place_id,
        article.dateline,
        "、".join(article.authors),
        article.byline,
        article.date,
        article.bulletin,
        entry_of(article).characters,
    ]
