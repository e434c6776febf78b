"""Articles as JSON, in the form that every subcommand prints. docs/cli.schema.json describes it to programs."""

from ..article import Article
from ..markdown import blocks
from .article_source import summary_of
from .output import Json

FIELDS = ("id", "title", "place", "place_id", "dateline", "authors", "byline", "date", "bulletin", "characters")


def article_json(article: Article) -> dict[str, Json]:
    """Return the article without its body."""
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
        "characters": summary_of(article).characters,
    }


def full_article_json(article: Article) -> dict[str, Json]:
    """Return the article with the blocks of its body."""
    body: list[Json] = [{"kind": block.kind, "text": block.text} for block in blocks(article.body)]
    return {**article_json(article), "blocks": body}


def article_cells(article: Article) -> list[str | int | None]:
    """Return the cells of the article's table row, in the order of `FIELDS`."""
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
        summary_of(article).characters,
    ]
