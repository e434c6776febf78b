"""`list`: the articles, one a line."""

from ..article import Article
from ..cells import cell_len
from .arguments import Arguments
from .opened import opened
from .output import write_json, write_jsonl
from .selection import chosen
from .shapes import article_json


def run(arguments: Arguments) -> int:
    """Print the articles asked for in the sidebar's order; 1 when there are none."""
    library = opened(arguments)
    if library is None:
        return 2
    articles = list(chosen(library, arguments))
    if arguments.format() == "json":
        write_json({"articles": [article_json(article) for article in articles]})
    elif arguments.format() == "jsonl":
        write_jsonl(article_json(article) for article in articles)
    else:
        for line in _lines(articles):
            print(line)
    return 0 if articles else 1


def _lines(articles: list[Article]) -> list[str]:
    ids = max((cell_len(article.id) for article in articles), default=0)
    places = max((cell_len(article.place or "") for article in articles), default=0)
    return [
        f"{_padded(article.id, ids)}  {_padded(article.place or '', places)}  {article.date or '':10}"
        f"  {' '.join(article.title)}"
        for article in articles
    ]


def _padded(text: str, cells: int) -> str:
    return text + " " * (cells - cell_len(text))
