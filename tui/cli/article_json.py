"""Articles as JSON, in the form that every subcommand prints. docs/cli.schema.json describes it to programs."""

from ..article import Article, Block
from ..library.markdown_file import field_of
from ..markdown import blocks
from .article_source import summary_of
from .output import Json

FIELDS = (
    *("id", "title", "place", "place_id", "dateline", "authors", "byline", "date", "bulletin", "characters"),
    *("tags", "source", "url", "description", "draft"),
)


def article_json(article: Article) -> dict[str, Json]:
    """Return the article without its body."""
    others: dict[str, Json] = {"characters": summary_of(article).characters, "source": _source(article)}
    return {name: others[name] if name in others else field_of(article, name) for name in FIELDS}


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
    others: dict[str, str | int | None] = {
        "title": " ".join(article.title),
        "characters": summary_of(article).characters,
        "source": article.source.file if article.source else None,
        "draft": int(article.draft),
    }
    return [others[name] if name in others else _cell(field_of(article, name)) for name in FIELDS]


def _cell(value: Json) -> str | int | None:
    if isinstance(value, list):
        return "、".join(map(str, value))
    return value if isinstance(value, str | int) else None
