"""Layout of articles as text extraction yields them: blocks, blocks broken between columns, hard-wrapped columns."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from .articles import Made, flattened
from .texts import FURNITURE, PEOPLE

LAYOUTS = ("blocks", "broken blocks", "narrow columns", "wide columns", "columns without indents")
NOT_FIRST = "，。、；：？！…—”’）》,;:?!)"


@dataclass(frozen=True)
class Row:
    """A line of the page: its kind, the index of its article, and whether it continues the line above."""

    text: str
    kind: str
    article: int
    goes_on: bool = False


def rows(random: Random, made: list[Made], layout: str, stacked: bool) -> list[Row]:
    """Return the lines of a page."""
    measure = random.randint(10, 18) if layout == "narrow columns" else random.randint(19, 30)
    keeps_rules = random.random() < 0.5
    indent = "" if layout == "columns without indents" else random.choice(("　　", "    "))
    page: list[Row] = []
    for number, article in enumerate(made):
        for kind, text in _printed(article, stacked):
            if layout == "blocks" or (layout == "broken blocks" and kind != "paragraph"):
                cut = [text]
            elif layout == "broken blocks":
                cut = list(broken(random, text))
            elif kind == "paragraph":
                cut = list(wrapped(indent + text, measure, keeps_rules))
            else:
                cut = list(wrapped(text, max(measure, 14) if kind == "headline" else measure, keeps_rules))
            page += [Row(piece, kind, number, at > 0) for at, piece in enumerate(cut)]
    return page


def with_furniture(random: Random, page: list[Row]) -> list[Row]:
    """Add a line of furniture (folio, date, editors) at the start and the end of the page."""
    person = random.choice(PEOPLE)
    first, last = random.choice(FURNITURE[1:3]), random.choice((FURNITURE[0], FURNITURE[3], FURNITURE[4]))
    return [
        Row(first, "furniture", 0),
        *page,
        Row(flattened(last.format(person=person)), "furniture", page[-1].article),
    ]


def _printed(article: Made, stacked: bool) -> Iterator[tuple[str, str]]:
    """Yield the kind and text of an article's pieces as printed, from top to bottom."""
    title = [flattened(part) for part in article.title]
    yield from (("headline", part) for part in title) if stacked else [("headline", " ".join(title))]
    if article.byline_at == "above":
        yield "byline", flattened(article.byline)
    last = max(at for at, (kind, _text) in enumerate(article.pieces) if kind == "paragraph")
    for at, (kind, text) in enumerate(article.pieces):
        printed = text + article.credits.get(at, "")
        if at == 0 and article.dateline:
            bracket = article.byline if article.byline_at == "after the dateline" else ""
            printed = f"{article.dateline}{bracket or ' '}{printed}"
        if at == last and article.byline_at == "in the last paragraph":
            printed += article.byline
        yield kind, flattened(printed)
        if at == last and article.byline_at == "closing":
            yield "byline", flattened(article.byline)


def broken(random: Random, text: str, rate: float = 0.35, least: int = 40) -> Iterator[str]:
    """Yield the pieces of a text broken at column ends, never after a full stop, where a break would not show."""
    while len(text) > least and random.random() < rate:
        edge = min(6, least // 4)
        at = random.randint(edge, len(text) - edge)
        if least < 40 and random.random() < 0.5:
            at = random.randint(edge, min(20, len(text) - edge))
        while at < len(text) and (text[at] in NOT_FIRST or (text[at - 1].isascii() and text[at].isascii())):
            at += 1
        if at >= len(text) - 1 or re.search("[。!?…][”’)]*$", text[:at]):
            continue
        yield text[:at]
        text = text[at:]
    yield text


def wrapped(text: str, measure: int, keeps_rules: bool) -> Iterator[str]:
    """Yield the lines of a text at `measure`, in characters. With `keeps_rules`, closing marks hang."""
    while text:
        at = measure
        while keeps_rules and at < len(text) and text[at] in NOT_FIRST and at < measure + 1:
            at += 1
        yield text[:at]
        text = text[at:]
