"""Articles that continue on another page: the two pieces become one article again.

A jump line names a page: 下转第4版 where the article is left, 上接第1版 where it goes on.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from .folio import plain_number, value_of
from .result import FurnitureLine, Imported, ImportResult, JumpMark, Piece
from .source_lines import to_half_width
from .text_cues import closed

_JUMP = re.compile(
    r"(下转|上接|转自|紧接)第?(?:([A-Z]?\d{1,3})|([一二三四五六七八九十]{1,3})版|[^A-Z\d]{0,3}([A-Z]?\d{1,3}))?"
)


def jump_of(text: str, article: int, on: str | None) -> JumpMark | None:
    """Return the jump that a line of text states for an article on page `on`, or None."""
    found = _JUMP.search(to_half_width(text))
    if found is None:
        return None
    digits = found[2] or found[4]
    number = plain_number(digits) if digits else str(value_of(found[3])) if found[3] else None
    return JumpMark(article, found[1] == "下转", number, on)


def with_jumps_joined(results: Sequence[ImportResult]) -> list[ImportResult]:
    """Return the results of all pages with every continuation moved to the article that it continues."""
    ends = [(at, jump) for at, result in enumerate(results) for jump in result.jumps if jump.onward]
    joined = [list(result.articles) for result in results]
    furniture = [list(result.furniture) for result in results]
    gone: dict[tuple[int, int], tuple[int, int]] = {}
    for at, result in enumerate(results):
        for jump in result.jumps:
            here = at, jump.article
            left = None if jump.onward or here in gone else _left_at(results, here, jump, ends)
            if left is None:
                continue
            ends.remove(left)
            whole = left[0], left[1].article
            while whole in gone:
                whole = gone[whole]
            if whole == here:
                continue
            rest = joined[at][jump.article]
            joined[whole[0]][whole[1]] = _joined(joined[whole[0]][whole[1]], rest)
            furniture[at] += [FurnitureLine(rest.span[0], part) for part in rest.title]
            gone[here] = whole
    return [
        replace(
            result,
            articles=tuple(one for index, one in enumerate(joined[at]) if (at, index) not in gone),
            furniture=tuple(sorted(furniture[at], key=lambda line: line.line)),
            jumps=(),
        )
        for at, result in enumerate(results)
    ]


def _left_at(
    results: Sequence[ImportResult], here: tuple[int, int], jump: JumpMark, ends: Sequence[tuple[int, JumpMark]]
) -> tuple[int, JumpMark] | None:
    """Return the jump line where the article that goes on `here` is left, or None if no or several lines fit."""
    fitting = [
        (at, mark)
        for at, mark in ends
        if (at, mark.article) != here and _agree(mark.page, jump.on) and _agree(jump.page, mark.on)
    ]
    title = results[here[0]].articles[here[1]].title
    alike = [(at, mark) for at, mark in fitting if _alike(results[at].articles[mark.article].title, title)]
    found = alike or [(at, mark) for at, mark in fitting if _names_other(mark, jump)]
    return found[0] if len(found) == 1 else None


def _names_other(end: JumpMark, start: JumpMark) -> bool:
    """Return whether one of two jump lines names the page of the other."""
    return (end.page is not None and end.page == start.on) or (start.page is not None and start.page == end.on)


def _agree(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Return whether two headlines share four characters in a row, or all of a shorter one."""
    first, second = "".join(one), "".join(other)
    size = min(4, len(first), len(second))
    return size > 0 and any(second[at : at + size] in first for at in range(len(second) - size + 1))


def _joined(beginning: Imported, rest: Imported) -> Imported:
    """Return the whole article. A sentence that the end of the page breaks becomes one paragraph."""
    pieces, more = list(beginning.paragraphs), list(rest.paragraphs)
    if beginning.dateline and rest.dateline:  # the second is text: nothing is lost
        more.insert(0, Piece("paragraph", rest.dateline + (more.pop(0).text if more else ""), rest.span))
    last = next((at for at in range(len(pieces) - 1, -1, -1) if pieces[at].kind == "paragraph"), None)
    if last is not None and more and more[0].kind == "paragraph" and not closed(to_half_width(pieces[last].text)):
        pieces[last] = Piece("paragraph", pieces[last].text + more.pop(0).text, pieces[last].span)
    return replace(
        beginning,
        place=beginning.place or rest.place,
        place_id=beginning.place_id or rest.place_id,
        admin=beginning.admin or rest.admin,
        dateline=beginning.dateline or rest.dateline,
        authors=tuple(dict.fromkeys((*beginning.authors, *rest.authors))),
        byline=" ".join(filter(None, (beginning.byline, rest.byline))),
        paragraphs=(*pieces, *more),
    )
