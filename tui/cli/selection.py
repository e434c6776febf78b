"""Which articles a command is about, in the sidebar's order."""

from collections.abc import Iterable, Iterator

from ..article import Article
from ..library import Library
from ..words import _
from .arguments import Arguments, UsageError


def in_order(articles: Iterable[Article]) -> list[Article]:
    """As the sidebar has them: places as they first appear, in a place the newest first, then the bulletin's order."""
    places: dict[str | None, list[Article]] = {}
    for article in articles:
        places.setdefault(article.place, []).append(article)
    for group in places.values():
        group.sort(key=lambda article: article.date or "", reverse=True)
    return [article for group in places.values() for article in group]


def found(library: Library, ending: str) -> Article | None:
    """The article whose id is this or, alone, ends in this; raises UsageError when several do."""
    articles = library.load()[0]
    exact = [article for article in articles if article.id == ending]
    ending = ending.lstrip("/")
    alike = exact or [article for article in articles if ending and article.id.endswith(ending)]
    whole = [article for article in alike if article.id.endswith("/" + ending)]
    if len(whole) == 1:
        return whole[0]
    if len(alike) > 1:
        some = _("、").join(article.id for article in alike[:5])
        raise UsageError(_("“{ending}”不止一篇：{some}。").format(ending=ending, some=some))
    return alike[0] if alike else None


def chosen(library: Library, arguments: Arguments) -> Iterator[Article]:
    """The articles that the filters let through, at most `--limit` of them."""
    limit = arguments.number("limit")
    number = 0
    within = _within(library, arguments.text("place")) if arguments.flag("place") else None
    for article in in_order(library.load()[0]):
        if within is not None and article.place not in within:
            continue
        if arguments.flag("author") and arguments.text("author") not in article.authors:
            continue
        if arguments.flag("bulletin") and article.bulletin != arguments.text("bulletin"):
            continue
        if arguments.flag("date") and not _dated(article.date, arguments.text("date")):
            continue
        if limit is not None and number >= limit:
            return
        number += 1
        yield article


def _within(library: Library, name: str) -> set[str]:
    """Labels of the places meant by a name, and of those below them."""
    gazetteer = library.gazetteer()
    meant = gazetteer.resolve(name)
    return {name} | {place.label for one in meant for place in (one, *gazetteer.within(one))}


def _dated(date: str | None, asked: str) -> bool:
    first, dots, last = asked.partition("..")
    if date is None:
        return False
    last = last if dots else first
    return (not first or date[: len(first)] >= first) and (not last or date[: len(last)] <= last)
