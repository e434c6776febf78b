"""Which articles a command is about."""

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from ..article import Article
from ..i18n import _
from ..library import Library
from .arguments import Arguments, UsageError
from .article_source import ArticleSource, Entry
from .output import remark

if TYPE_CHECKING:
    from ..query.tree import AuthorFilter, DateFilter, PlaceFilter

_NAMED = 6
"""Articles named when an ending fits several."""


def named(shelf: ArticleSource, ending: str) -> Article | None:
    """The article whose id this is or, alone, ends in this; raises UsageError when several do."""
    ending = ending.strip("/")
    ids = shelf.ids_ending(ending, 1000) if ending else ()
    whole = [id for id in ids if id == ending or id.endswith("/" + ending)]
    meant = whole or ids
    if len(meant) > 1:
        some = _("、").join(meant[:_NAMED])
        raise UsageError(_("“{ending}”不止一篇：{some}。").format(ending=ending, some=some))
    return shelf.article(meant[0]) if meant else None


def all_named(shelf: ArticleSource, endings: tuple[str, ...]) -> list[Article]:
    """The articles of these ids; says which are not there."""
    articles: list[Article] = []
    for ending in endings:
        article = named(shelf, ending)
        if article is None:
            remark(_("没有“{id}”这篇文章。").format(id=ending))
        elif article not in articles:
            articles.append(article)
    return articles


def chosen(shelf: ArticleSource, arguments: Arguments) -> Iterator[Entry]:
    """The articles that `--place` and the other filters let through, at most `--limit` of them."""
    bulletin = arguments.text("bulletin")
    filters = list(_filters(shelf, arguments))
    entries: Iterator[Entry] = shelf.entries()
    if bulletin:
        entries = (entry for entry in entries if entry.bulletin == bulletin)
    if filters:
        from ..text.document import About
        from ..text.match import lets_through

        issued = {one.id: one.issued for one in shelf.library.bulletins()}

        def passes(entry: Entry) -> bool:
            when = entry.date or issued.get(entry.bulletin)
            about = About(entry.place, entry.place_id, entry.date, when, entry.authors)
            return all(lets_through(node, about) for node in filters)

        entries = filter(passes, entries)
    return islice(entries, arguments.number("limit"))


def _filters(shelf: ArticleSource, arguments: Arguments) -> Iterator["PlaceFilter | AuthorFilter | DateFilter"]:
    """Yield the filters given, each as the query language has it: they mean the same to `list` and to `search`."""
    place, author, date = (arguments.text(name) for name in ("place", "author", "date"))
    if not (place or author or date or arguments.flag("place")):
        return
    from ..query.dates import period
    from ..query.places import PlaceResolver
    from ..query.tree import AuthorFilter, DateFilter, PlaceFilter
    from ..text.fold import dense

    if arguments.flag("place"):
        where = PlaceResolver(shelf.library.gazetteer(), frozenset(map(dense, shelf.places())))
        yield where(place.strip()) or PlaceFilter(place, frozenset(), frozenset())
    if author:
        yield AuthorFilter(author, dense(author).strip())
    if date:
        days = period(date.strip())
        if days is None:
            raise UsageError(_("--date 写成 2023-06 或 2023-05..2023-06，不是“{date}”。").format(date=date))
        yield DateFilter(date, *days)


def above(library: Library, article: Article) -> tuple[str, ...]:
    """Labels of what the article's place lies in, nearest first."""
    gazetteer = library.gazetteer()
    place = gazetteer.by_id(article.place_id)
    return tuple(higher.label for higher in gazetteer.above(place)) if place else ()
