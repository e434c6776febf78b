"""Which articles a command is about."""

from collections.abc import Iterator
from itertools import islice

from ..article import Article
from ..library import Library
from ..words import _
from .arguments import Arguments, UsageError
from .output import remark
from .shelf import Entry, Shelf

_NAMED = 6
"""Articles named when an ending fits several."""


def named(shelf: Shelf, ending: str) -> Article | None:
    """The article whose id this is or, alone, ends in this; raises UsageError when several do."""
    ending = ending.strip("/")
    ids = shelf.ids_ending(ending, 1000) if ending else ()
    whole = [id for id in ids if id == ending or id.endswith("/" + ending)]
    meant = whole or ids
    if len(meant) > 1:
        some = _("、").join(meant[:_NAMED])
        raise UsageError(_("“{ending}”不止一篇：{some}。").format(ending=ending, some=some))
    return shelf.article(meant[0]) if meant else None


def all_named(shelf: Shelf, endings: tuple[str, ...]) -> list[Article]:
    """The articles of these ids; says which are not there."""
    articles: list[Article] = []
    for ending in endings:
        article = named(shelf, ending)
        if article is None:
            remark(_("没有“{id}”这篇文章。").format(id=ending))
        elif article not in articles:
            articles.append(article)
    return articles


def chosen(shelf: Shelf, arguments: Arguments) -> Iterator[Entry]:
    """The articles that `--place` and the other filters let through, at most `--limit` of them."""
    within = _within(shelf.library, arguments.text("place")) if arguments.flag("place") else None
    bulletin, author, dates = (arguments.text(name) for name in ("bulletin", "author", "date"))
    if dates and not all(part.replace("-", "").isdigit() or not part for part in dates.split("..", 1)):
        raise UsageError(_("--date 写成 2023-06 或 2023-05..2023-06，不是“{date}”。").format(date=dates))
    entries = (
        entry
        for entry in shelf.entries()
        if (within is None or entry.place in within)
        and (not author or author in entry.authors)
        and (not bulletin or entry.bulletin == bulletin)
        and (not dates or dated(entry.date, dates))
    )
    return islice(entries, arguments.number("limit"))


def dated(date: str | None, asked: str) -> bool:
    """Whether the date lies in `2023-06`, or in `2023-05..2023-06`; either end may be left out."""
    first, dots, last = asked.partition("..")
    last = last if dots else first
    return date is not None and (not first or date[: len(first)] >= first) and (not last or date[: len(last)] <= last)


def _within(library: Library, name: str) -> set[str]:
    """Labels of the places meant by a name, and of those below them."""
    gazetteer = library.gazetteer()
    labels = {name}
    left = list(gazetteer.resolve(name))
    while left:
        place = left.pop()
        if place.label not in labels or place.label == name:
            labels.add(place.label)
            left += gazetteer.within(place)
    return labels


def above(library: Library, article: Article) -> tuple[str, ...]:
    """Labels of what the article's place lies in, nearest first."""
    gazetteer = library.gazetteer()
    place = gazetteer.by_id(article.place_id)
    return tuple(higher.label for higher in gazetteer.above(place)) if place else ()
