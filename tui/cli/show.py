"""The subcommand `show`: set articles as the reader pane does."""

import sys
from collections.abc import Sequence
from shutil import get_terminal_size

from ..article import Article
from ..i18n import _
from ..library import render
from ..markdown import blocks
from ..paths import config_file
from .arguments import Arguments
from .article_json import full_article_json
from .article_source import LibraryFacts
from .open_library import open_source
from .output import paged_output, use_colour, write_json, write_json_list, write_jsonl
from .selection import find_articles, region_labels


def run(arguments: Arguments) -> int:
    """Print the articles, and return 1 if one is missing."""
    source = open_source(arguments)
    if source is None:
        return 2
    articles = find_articles(source, arguments.operands)
    if not articles:
        return 1
    styled = use_colour(arguments)
    with paged_output(arguments):
        _print(source.library, articles, arguments, styled)
    return 0 if len(articles) == len(arguments.operands) else 1


def _print(library: LibraryFacts, articles: Sequence[Article], arguments: Arguments, styled: bool) -> None:
    output_format = arguments.format()
    if output_format == "json" and len(articles) == 1:
        write_json(full_article_json(articles[0]))
    elif output_format == "json":
        write_json_list("articles", map(full_article_json, articles))
    elif output_format == "jsonl":
        write_jsonl(map(full_article_json, articles))
    elif output_format == "md":
        print("\n".join(render(article) for article in articles), end="")
    elif output_format == "html":
        _print_page(library, articles)
    else:
        _print_typeset(library, articles, arguments, styled)


def _print_typeset(library: LibraryFacts, articles: Sequence[Article], arguments: Arguments, styled: bool) -> None:
    """Set the articles as the reader pane does. With `styled`, add the line of place and authors, and styles."""
    from ..compose import compose
    from ..config import load, measure_of, override, style_of
    from ..typeset import print_page

    settings, _wrong = override(load(config_file())[0], arguments.options)
    measure = arguments.number("width") or _fit_measure(measure_of(settings))
    for number, article in enumerate(articles):
        page = compose(article, blocks(article.body), above=region_labels(library, article), chrome=styled)
        if number:
            print("\n")
        for line in print_page(page, measure, style_of(settings), styled=styled):
            print(line)


def _fit_measure(preferred: int) -> int:
    """Return the preferred measure in cells, reduced to the width of the terminal."""
    from ..typeset import even

    return even(min(preferred, get_terminal_size().columns)) if sys.stdout.isatty() else preferred


def _print_page(library: LibraryFacts, articles: Sequence[Article]) -> None:
    from ..export.body import article_html
    from ..export.html_page import page

    bodies = (
        article_html(one, f"article-{number}", region_labels(library, one)) for number, one in enumerate(articles, 1)
    )
    title = " ".join(articles[0].title) if len(articles) == 1 else _("公安新闻")
    for part in page(title, bodies):
        print(part, end="")
