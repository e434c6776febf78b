"""What can stand for an article, a place, an author, a bulletin or the start of a query: for completions."""

from ..clean import clean_line
from .arguments import Arguments
from .opened import opened_shelf
from .shelf import Shelf

Value = tuple[str, str]
"""What is typed, and what it is."""
_MOST = 5000
FIELDS = ("place:", "author:", "title:", "date:", "is:unread", "is:starred")


def values(arguments: Arguments, kind: str) -> list[Value]:
    """At most some thousand values of this kind; none where the library cannot be opened."""
    shelf = opened_shelf(arguments)
    if shelf is None:
        return []
    found = list(dict.fromkeys(_values(shelf, kind)))[:_MOST]
    return [(clean_line(value), clean_line(about)) for value, about in found]


def _values(shelf: Shelf, kind: str) -> list[Value]:
    if kind == "article":
        return [(entry.id, " ".join(entry.title)) for entry in shelf.entries()]
    if kind == "place":
        gazetteer = shelf.library.gazetteer()
        every = (*((gazetteer.region,) if gazetteer.region else ()), *gazetteer.places)
        return [(place.label, place.name) for place in every]
    if kind == "bulletin":
        return [(bulletin.id, bulletin.title) for bulletin in shelf.library.bulletins()]
    if kind == "author":
        return [(author, "") for entry in shelf.entries() for author in entry.authors]
    if kind == "query":
        return [(field, "") for field in FIELDS] + [
            (f"place:{entry.place}", "") for entry in shelf.entries() if entry.place
        ]
    return []
