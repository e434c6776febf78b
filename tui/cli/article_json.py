"""Articles as JSON, in the form that every subcommand prints. docs/cli.schema.json describes it to programs."""

from ..article import Article, Block
from ..markdown import blocks
from .article_source import summary_of
from .output import Json

FIELDS = (
    *("id", "title", "place", "place_id", "dateline", "authors", "byline", "date", "bulletin", "characters"),
    *("tags", "source", "url", "description", "draft"),
)


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
        "tags": list(article.tags),
        "source": _source(article),
        "url": article.url,
        "description": article.description,
        "draft": article.draft,
    }


def _source(article: Article) -> Json:
    source = article.source
    if source is None:
        return None
    return {"file": source.file, "first": source.first or None, "last": source.last or None}


def full_article_json(article: Article) -> dict[str, Json]:
    """Return the article with the blocks of its body."""
    body: list[Json] = [_block(block) for block in blocks(article.body)]
    return {**article_json(article), "blocks": body}


def _block(block: Block) -> dict[str, Json]:
    """Return a block with the addresses of its picture and links, where it has any."""
    found: dict[str, Json] = {"kind": block.kind, "text": block.text}
    if block.target:
        found["target"] = block.target
    links: list[Json] = [[span.start, span.end, span.target] for span in block.spans if span.kind == "link"]
    if links:
        found["links"] = links
    return found


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
        "、".join(article.tags),
        article.source.file if article.source else None,
        article.url,
        article.description,
        int(article.draft),
    ]
