"""`show`: an article, set."""

from ..article import Article
from ..library import Library, render
from ..markdown import blocks
from ..words import _
from .arguments import Arguments
from .opened import opened
from .output import remark, write_json, write_jsonl
from .selection import found
from .shapes import whole_json


def run(arguments: Arguments) -> int:
    """Print the articles named; 1 when one of them is not there."""
    library = opened(arguments)
    if library is None:
        return 2
    articles = _named(library, arguments)
    if not articles:
        return 1
    if arguments.format() == "json":
        write_json(
            whole_json(articles[0]) if len(articles) == 1 else {"articles": [whole_json(one) for one in articles]}
        )
    elif arguments.format() == "jsonl":
        write_jsonl(whole_json(article) for article in articles)
    elif arguments.format() == "md":
        print("\n".join(render(article) for article in articles), end="")
    else:
        for article in articles:
            print(
                "\n".join(("\n".join(article.title), *(block.text for block in blocks(article.body)), article.byline))
            )
    return 0 if len(articles) == len(arguments.operands) else 1


def _named(library: Library, arguments: Arguments) -> list[Article]:
    articles: list[Article] = []
    for word in arguments.operands:
        article = found(library, word)
        if article is None:
            remark(_("没有“{id}”这篇文章。").format(id=word))
        else:
            articles.append(article)
    return articles
