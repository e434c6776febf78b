"""`show`: an article, set."""

import sys
from collections.abc import Sequence
from shutil import get_terminal_size

from ..article import Article
from ..config import load, measure_of, style_of
from ..library import Library, render
from ..markdown import blocks
from ..page import compose
from ..paths import config_file
from ..typeset import even, print_page
from ..words import _
from .arguments import Arguments
from .opened import opened
from .output import coloured, remark, write_json, write_jsonl
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
        _print_set(library, articles, arguments)
    return 0 if len(articles) == len(arguments.operands) else 1


def _print_set(library: Library, articles: Sequence[Article], arguments: Arguments) -> None:
    """Set the articles as the reader does; on a terminal with its line of place and authors, and styled."""
    settings, _problems = load(config_file())
    styled = coloured(arguments)
    gazetteer = library.gazetteer()
    measure = arguments.number("width") or _measure(measure_of(settings))
    for n, article in enumerate(articles):
        place = gazetteer.by_id(article.place_id) if article.place_id is not None else None
        above = tuple(higher.label for higher in gazetteer.above(place)) if place else ()
        page = compose(article, blocks(article.body), above=above, chrome=styled)
        if n:
            print("\n")
        for line in print_page(page, measure, style_of(settings), styled=styled):
            print(line)


def _measure(wanted: int) -> int:
    """The measure wanted, as far as the terminal has room for it."""
    return even(min(wanted, get_terminal_size().columns)) if sys.stdout.isatty() else wanted


def _named(library: Library, arguments: Arguments) -> list[Article]:
    articles: list[Article] = []
    for word in arguments.operands:
        article = found(library, word)
        if article is None:
            remark(_("没有“{id}”这篇文章。").format(id=word))
        else:
            articles.append(article)
    return articles
