"""Conversion of an archive's rows to articles and summaries. The rows are as hostile as files: all text is cleaned."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..article import Article, ArticleSummary, Bulletin, Source
from ..clean import clean, clean_line
from ..fold import has_invisible
from ..problem import Problem
from ..query.dates import iso, span
from ..text.document import About, Document, fields
from .node_link import Row, understood

MAX_BODY, MAX_LINE, MAX_PARTS = 10_000_000, 10_000, 1_000
"""Code points of a body and of any other text; parts of a title, authors and tags. Longer values are cut."""
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?", re.ASCII)

KEY = "day, number, id"
SUMMARY = f"{KEY}, title, place, date, characters, authors, place_id, bulletin, tags, position"
"""The columns of `summary_of`."""
ARTICLE = (
    f"{KEY}, title, place, date, characters, authors, place_id, bulletin, tags, position,"
    " dateline, byline, body, source, source_first, source_last, description, url, slug"
)
"""The columns of `article_of` and `document_of`. They begin with those of `summary_of`."""


class Listed(NamedTuple):
    """An article as lists show it, and what determines its place in them."""

    day: int
    number: int
    position: int
    summary: ArticleSummary


class Held(NamedTuple):
    """A whole article, and its key."""

    day: int
    number: int
    article: Article


class Candidate(NamedTuple):
    """A candidate of a search as the server sent it, before its texts are cleaned."""

    day: int
    number: int
    id: str
    is_whole: bool
    """Whether the texts came, too."""
    row: Row
    """The columns of `ARTICLE`, of which those after `SUMMARY` are None unless it is whole."""

    @property
    def lengths(self) -> tuple[int, int]:
        """The characters of headline and body, without white space; see `document.lengths`."""
        return len("".join(str(self.row[3]).split())), self.row[6]


def listed_of(row: Row, titles: dict[str, str]) -> Listed:
    """Return the summary in a row of `SUMMARY` or `ARTICLE`. `titles` has those of the bulletins. Raises Away."""
    with understood():
        return _listed(row, titles)


def held_of(row: Row) -> Held:
    """Return the whole article in a row of `ARTICLE`. Raises Away."""
    with understood():
        return _held(row)


def candidates_of(rows: Iterable[Row]) -> list[Candidate]:
    """Return the candidates in rows of a truth value, whether they are whole, and `ARTICLE`. Raises Away."""
    with understood():
        found = []
        for is_whole, *row in rows:
            day, number, id, _title, _place, _date, characters = row[:7]
            _whole(characters)
            found.append(Candidate(_whole(day), _whole(number), _line(id), bool(is_whole), tuple(row)))
        return found


def problem_of_row(row: Row) -> Problem:
    """Return the problem in a row of path, line, code, message and remedy."""
    path, line, code, message, remedy = row
    return Problem(_line(path), _whole(line) if line is not None else None, _line(code), _line(message), _line(remedy))


def _listed(row: Row, titles: dict[str, str]) -> Listed:
    day, number, id, title, place, date, characters, authors, place_id, bulletin, tags, position = row[:12]
    summary = ArticleSummary(
        number,
        _line(id),
        _title(title),
        _line(place) or None,
        _date(date),
        max(_whole(characters), 0),
        _lines(authors),
        None if place_id is None else _whole(place_id),
        titles.get(bulletin, ""),
        _lines(tags),
    )
    return Listed(_whole(day), _whole(number), _whole(position), summary)


def _held(row: Row) -> Held:
    day, number, id, title, place, date, _characters, authors, place_id, _bulletin, tags, _position = row[:12]
    dateline, byline, body, source, first, last, description, url, slug = row[12:]
    article = Article(
        id=_line(id),
        title=_title(title),
        place=_line(place) or None,
        place_id=None if place_id is None else _whole(place_id),
        dateline=_line(dateline) or None,
        authors=_lines(authors),
        byline=_line(byline),
        date=_date(date),
        source=Source(_line(source), _whole(first or 0), _whole(last or 0)) if source is not None else None,
        tags=_lines(tags),
        body=clean(str(body or "")[:MAX_BODY]),
        description=_line(description),
        url=_line(url),
        slug=_line(slug),
    )
    return Held(_whole(day), _whole(number), article)


def document_of(held: Held) -> Document:
    """Return the text of an article for the search."""
    article = held.article
    when = article.date or iso(held.day)
    text = "\n".join(text for _name, text in fields(article))
    about = About(article.place, article.place_id, article.date, when, article.authors, article.tags)
    return Document(
        *(held.number, article.id, article.title, text, about),
        dateline=bool(article.dateline),
        byline=bool(article.signature),
        unseen=has_invisible(text),
    )


def titled_of(candidate: Candidate) -> Document:
    """Return a document of the candidate with its title for a text. Raises Away."""
    one = listed_of(candidate.row, {})
    about = one.summary
    title, when = about.title, about.date or iso(one.day)
    whole = About(about.place, about.place_id, about.date, when, about.authors, about.tags)
    return Document(one.number, about.id, title, " ".join(title), whole)


def bulletin_of(row: Row) -> Bulletin:
    """Return the bulletin in a row of id, title and date of issue."""
    id, title, issued = row
    return Bulletin(_line(id), _line(title), _date(issued))


def _whole(value: object) -> int:
    """Return the value if it is an integer. Raises TypeError."""
    if not isinstance(value, int):
        raise TypeError(value)
    return value


def _line(value: object) -> str:
    return clean_line(str(value)[:MAX_LINE]) if value is not None else ""


def _lines(values: Sequence[object] | None) -> tuple[str, ...]:
    return tuple(text for value in (values or ())[:MAX_PARTS] if (text := _line(value)))


def _title(value: object) -> tuple[str, ...]:
    return tuple(map(_line, str(value or "")[:MAX_LINE].split("\n")[:MAX_PARTS]))


def _date(value: object) -> str | None:
    """Return the ISO date, None for anything else."""
    text = str(value) if value is not None else ""
    return text if _DATE.fullmatch(text) and span(text) else None
