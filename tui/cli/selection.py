"""The articles that a subcommand works on."""

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from ..article import Article, ArticleSummary
from ..i18n import _
from .arguments import Arguments, UsageError
from .article_source import ArticleSource, LibraryFacts
from .output import remark

if TYPE_CHECKING:
    from ..query.filters import Filter

_MAX_NAMED = 6
"""Articles that an error names if an ending matches several."""


def find_article(source: ArticleSource, ending: str) -> Article | None:
    """Return the article whose id is or ends with `ending`, or None. Raises UsageError if several match."""
    ending = ending.strip("/")
    ids = source.ids_ending(ending, 1000) if ending else ()
    whole = [id for id in ids if id == ending or id.endswith("/" + ending)]
    meant = whole or ids
    if len(meant) > 1:
        some = _("、").join(meant[:_MAX_NAMED])
        raise UsageError(_("“{ending}”不止一篇：{some}。").format(ending=ending, some=some))
    return source.article(meant[0]) if meant else None


def find_articles(source: ArticleSource, endings: tuple[str, ...]) -> list[Article]:
    """Return the articles with these ids or ends of ids, and report the missing ones."""
    articles: list[Article] = []
    for ending in endings:
        article = find_article(source, ending)
        if article is None:
            remark(_("没有“{id}”这篇文章。").format(id=ending))
        elif article not in articles:
            articles.append(article)
    return articles


def select_entries(source: ArticleSource, arguments: Arguments) -> Iterator[ArticleSummary]:
    """Yield the articles that match `--place` and the other filters, at most `--limit` of them."""
    found = source.select(list(_filters(source, arguments)), arguments.text("bulletin"))
    return islice(found, arguments.number("limit"))


def _filters(source: ArticleSource, arguments: Arguments) -> Iterator["Filter"]:
    """Yield the options that filter, as nodes of the query language: `list` and `search` give them one meaning."""
    place, author, date = (arguments.text(name) for name in ("place", "author", "date"))
    if not (place or author or date or arguments.flag("place")):
        return
    from ..fold import dense
    from ..query.dates import period
    from ..query.filters import AuthorFilter, DateFilter, PlaceFilter
    from ..query.places import PlaceResolver

    if arguments.flag("place"):
        where = PlaceResolver(source.library.gazetteer(), frozenset(map(dense, source.places())))
        yield where(place.strip()) or PlaceFilter(place, frozenset(), frozenset())
    if author:
        yield AuthorFilter(author, dense(author).strip())
    if date:
        days = period(date.strip())
        if days is None:
            raise UsageError(_("--date 写成 2023-06 或 2023-05..2023-06，不是“{date}”。").format(date=date))
        yield DateFilter(date, *days)


def region_labels(library: LibraryFacts, article: Article) -> tuple[str, ...]:
    """Return the labels of the regions that contain the article's place, smallest first."""
    gazetteer = library.gazetteer()
    place = gazetteer.by_id(article.place_id)
    return tuple(higher.label for higher in gazetteer.above(place)) if place else ()
