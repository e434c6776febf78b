"""`show`: an article, set."""

import sys
from collections.abc import Sequence
from shutil import get_terminal_size

from ..article import Article
from ..i18n import _
from ..library import Library, render
from ..markdown import blocks
from .arguments import Arguments
from .article_json import whole_json
from .open_library import open_source
from .output import coloured, paged, write_json, write_json_list, write_jsonl
from .selection import above, all_named


def run(arguments: Arguments) -> int:
    """Print the articles named; 1 when one of them is not there."""
    shelf = open_source(arguments)
    if shelf is None:
        return 2
    articles = all_named(shelf, arguments.operands)
    if not articles:
        return 1
    styled = coloured(arguments)
    with paged(arguments):
        _print(shelf.library, articles, arguments, styled)
    return 0 if len(articles) == len(arguments.operands) else 1


def _print(library: Library, articles: Sequence[Article], arguments: Arguments, styled: bool) -> None:
    wanted = arguments.format()
    if wanted == "json" and len(articles) == 1:
        write_json(whole_json(articles[0]))
    elif wanted == "json":
        write_json_list("articles", map(whole_json, articles))
    elif wanted == "jsonl":
        write_jsonl(map(whole_json, articles))
    elif wanted == "md":
        print("\n".join(render(article) for article in articles), end="")
    elif wanted == "html":
        _print_page(library, articles)
    else:
        _print_set(library, articles, arguments, styled)


def _print_set(library: Library, articles: Sequence[Article], arguments: Arguments, styled: bool) -> None:
    """Set the articles as the reader does; on a terminal with its line of place and authors, and styled."""
    from ..compose import compose
    from ..config import load, measure_of, override, style_of
    from ..paths import config_file
    from ..typeset import print_page

    settings, _wrong = override(load(config_file())[0], arguments.options)
    measure = arguments.number("width") or _measure(measure_of(settings))
    for number, article in enumerate(articles):
        page = compose(article, blocks(article.body), above=above(library, article), chrome=styled)
        if number:
            print("\n")
        for line in print_page(page, measure, style_of(settings), styled=styled):
            print(line)


def _measure(wanted: int) -> int:
    """The measure wanted, as far as the terminal has room for it."""
    from ..typeset import even

    return even(min(wanted, get_terminal_size().columns)) if sys.stdout.isatty() else wanted


def _print_page(library: Library, articles: Sequence[Article]) -> None:
    from ..export.body import article_html
    from ..export.html_page import page

    bodies = (article_html(one, f"article-{number}", above(library, one)) for number, one in enumerate(articles, 1))
    title = " ".join(articles[0].title) if len(articles) == 1 else _("公安新闻")
    for part in page(title, bodies):
        print(part, end="")
