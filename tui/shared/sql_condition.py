"""Conversion of a query to SQL: what the index of grams must have, and what the text must have.

Both hold for every hit. If `Condition.is_exact`, they hold for hits only; else the client must verify each article.
"""

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import assert_never

from ..catalogue.fts import days
from ..catalogue.grams import AUTHOR, BULLETIN, MAX_VALUE, PLACE, SOUND, TAG, TITLE, exact, value_token, wanted
from ..query.dates import day_of
from ..query.filters import (
    AuthorFilter,
    BulletinFilter,
    DateFilter,
    Filter,
    IndexValue,
    Mark,
    MarkFilter,
    PlaceFilter,
    TagFilter,
)
from ..query.regex_literals import required_literals
from ..query.tree import And, Near, Node, Not, Or, Regex, Term, has_words, words
from ..text.match import DIGITS, POINTS

MAX_GRAMS = 5
"""Grams required for one term; see `catalogue.fts.MAX_GRAMS`."""
MAX_PARTS = 200
"""Parts of a condition. Longer queries are verified by the client."""
_MAX_DISTANCE, _MAX_NEAR_WORDS = 100, 24
"""Characters, words. Nearness beyond these is left to the client."""
_DIGIT, _POINT = ("[" + "".join(sorted(those)) + "]" for those in (DIGITS, POINTS))
_KINDS = {"place": PLACE, "author": AUTHOR, "tag": TAG, "bulletin": BULLETIN, "sound": SOUND}
_SPECIAL = frozenset(".^$*+?()[]{}\\|")
_TITLE = r"split_part(folded, E'\n', 1)"
_LAST_DAY = 99_999_999


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition on an article in SQL, over the columns of the table `article`."""

    sql: str
    is_exact: bool = True


Marked = Callable[[Mark], Condition | None]
"""Returns the condition that an article is `read`, `unread` or `starred`; None if the server does not know."""


def quote(text: str) -> str:
    """Return the text as a literal of SQL. Independent of the setting standard_conforming_strings."""
    text = text.replace("\0", "")
    escaped = text.replace("\\", "\\\\").replace("'", "''")
    return f"E'{escaped}'" if "\\" in text else f"'{escaped}'"


def array(texts: Iterable[str]) -> str:
    """Return the texts as an array of SQL."""
    return f"array[{', '.join(map(quote, texts))}]::text[]"


def tsquery(node: Node, *, title: bool = False) -> str | None:
    """Return the query of grams that every hit satisfies, None if the index cannot help.

    With `title`, every hit with all terms in the title satisfies it.
    """
    match node:
        case Term():
            prefix = TITLE if title or node.title else ""
            found = wanted(node.text)
            some = found[:: -(-len(found) // MAX_GRAMS)] if len(found) > MAX_GRAMS else found
            return _joined([_lexeme(prefix + gram) for gram in some], " & ")
        case Regex():
            return tsquery(required_literals(node.source), title=title or node.title)
        case Filter():
            return _joined([_token(value) for value in node.index_values()], " | ")
        case And(parts) | Near(parts):
            own = [one for part in parts[:MAX_PARTS] if (one := tsquery(part, title=title))]
            found_query = _joined(own, " & ")
            if found_query is None:
                return None
            excluded = [f"!{one}" for part in parts[:MAX_PARTS] if (one := _excluded(part))]
            return _joined([found_query, *excluded], " & ")
        case Or(parts):
            if title:  # a filter alone says nothing about titles
                parts = tuple(part for part in parts if has_words(part)) or parts
            every = [tsquery(part, title=title) for part in parts[:MAX_PARTS]]
            if len(parts) > MAX_PARTS or not all(every):
                return None
            return _joined([one for one in every if one], " | ")
        case Not():
            return None
        case _:
            assert_never(node)


def is_settled(node: Node) -> bool:
    """Return whether the query of grams finds only hits."""
    match node:
        case Term():
            is_gram = len(node.text) == 3 and wanted(node.text) == [node.text]  # with a digit or Latin letter
            return (exact(node.text) or is_gram) and not node.bounded
        case PlaceFilter() | AuthorFilter() | TagFilter():
            values = node.index_values()
            return bool(values) and all(len(one.value) < MAX_VALUE for one in values)
        case And(parts):
            has_wanted = any(not isinstance(part, Not) for part in parts)
            return has_wanted and len(parts) <= MAX_PARTS and all(_is_settled_part(part) for part in parts)
        case Or(parts):
            return 0 < len(parts) <= MAX_PARTS and all(map(is_settled, parts))
        case _:
            return False


def condition(node: Node, marked: Marked, *, title: bool = False) -> Condition:
    """Return the condition for a hit; with `title`, for a hit that also has every term in the title."""
    match node:
        case Term():
            return _term(node, in_title=title or node.title)
        case Regex():  # the client knows its dialect
            return Condition(condition(required_literals(node.source), marked, title=title or node.title).sql, False)
        case MarkFilter():
            return marked(node.mark) or Condition("true", False)
        case DateFilter():
            return _dated(node)
        case Filter():
            return _filter(node)
        case And(parts):
            return _every(parts, marked, title)
        case Near(parts, distance):
            return Condition(f"({_every(parts, marked, title).sql} and {_near(parts, distance)})", False)
        case Or(parts):
            if title:
                parts = tuple(part for part in parts if has_words(part)) or parts
            found = [condition(part, marked, title=title) for part in parts[:MAX_PARTS]]
            if len(parts) > MAX_PARTS:
                return Condition("true", False)
            text = " or ".join(one.sql for one in found) or "false"
            return Condition(f"({text})", all(one.is_exact for one in found))
        case Not(part):
            inner = condition(part, marked)
            return Condition(f"not coalesce({inner.sql}, false)") if inner.is_exact else Condition("true", False)
        case _:
            assert_never(node)


def day_range(node: Node) -> tuple[int, int]:
    """Return the first and the last value of `day` that a hit can have."""
    first, last = days(node)
    # an article dated only 2023 is sorted before 2023-01-01
    return (day_of(first[:4]) if first else 0), (day_of(last) if last else _LAST_DAY)


def _every(parts: tuple[Node, ...], marked: Marked, title: bool) -> Condition:
    known = parts[:MAX_PARTS]
    found = [condition(part, marked, title=title and has_words(part) and not isinstance(part, Not)) for part in known]
    text = " and ".join(one.sql for one in found) or "true"
    return Condition(f"({text})", len(known) == len(parts) and all(one.is_exact for one in found))


def _term(term: Term, *, in_title: bool) -> Condition:
    text = _TITLE if in_title else "folded"
    word = quote(term.text)
    own = f"strpos({text}, {word}) > 0"
    if term.bounded:
        own = f"({own} and {text} ~ {quote(_alone(term.text))})"
    if len(term.text) < 2:
        return Condition(own)
    across = f"coalesce(strpos(headline, {word}) > 0, false)"
    return Condition(f"({own} or {across})", not term.bounded)


def _near(parts: Sequence[Node], distance: int) -> str:
    """Return the condition that a word of each part is near one of another part: every hit satisfies it."""
    texts = [[word.text for word in words(part)] for part in parts]
    every = [text for own in texts for text in own]
    if distance > _MAX_DISTANCE or len(every) > _MAX_NEAR_WORDS or not all(texts):
        return "true"
    patterns = []
    for at, own in enumerate(texts if len(texts) > 2 else texts[:1]):
        others = [text for other, found in enumerate(texts) if other != at for text in found]
        one, another = (f"(?:{'|'.join(map(_literal, found))})" for found in (own, others))
        gap = f"[^\n]{{0,{distance}}}"
        joined = {_literal(text) for first in own for second in others for text in _overlaps(first, second)}
        patterns.append("|".join([one + gap + another, another + gap + one, *sorted(joined)]))
    near = " and ".join(f"folded ~ {quote(pattern)}" for pattern in patterns)
    return f"(({near}) or coalesce({' or '.join(map(_is_across, every))}, false))"


def _is_across(text: str) -> str:
    """Return the condition that a text crosses parts of the headline: it is there more often than in the title."""
    word = quote(text)
    if any(text.endswith(text[:length]) for length in range(1, len(text))):  # cannot be counted so
        return f"strpos(headline, {word}) > 0"
    left = (f"length({where}) - length(replace({where}, {word}, ''))" for where in ("headline", _TITLE))
    return " > ".join(left)


def _overlaps(one: str, other: str) -> Iterator[str]:
    """Yield the texts in which the two overlap."""
    for first, second in ((one, other), (other, one)):
        if second in first:
            yield first
        for length in range(1, min(len(first), len(second))):
            if first.endswith(second[:length]):
                yield first + second[length:]


def _literal(text: str) -> str:
    """Return a regular expression for the text."""
    return "".join(f"\\{one}" if one in _SPECIAL else one for one in text)


def _alone(text: str) -> str:
    """Return a regular expression for the text where it is not part of a longer number; see `match._stands_alone`."""
    word = _literal(text)
    before = f"(?<!{_DIGIT})(?<!{_DIGIT}{_POINT})" if text[0] in DIGITS else ""
    after = f"(?!{_DIGIT})(?!{_POINT}{_DIGIT})" if text[-1] in DIGITS else ""
    return before + word + after


def _filter(node: Filter) -> Condition:
    match node:
        case PlaceFilter():
            tokens = [value_token(PLACE, value.value) for value in node.index_values()]
            return Condition(f"tokens && {array(tokens)}", is_settled(node))
        case AuthorFilter():
            token = quote(value_token(AUTHOR, node.name))
            names = f"exists(select from unnest(tokens) t where starts_with(t, {token}))"
            return Condition(names, is_settled(node))
        case TagFilter():
            return Condition(f"tokens && {array([value_token(TAG, node.name)])}", is_settled(node))
        case BulletinFilter():
            return Condition(f"bulletin = any({array(sorted(node.ids))})")
        case _:
            tokens = [value_token(_KINDS[value.kind], value.value) for value in node.index_values()]
            return Condition(f"tokens && {array(tokens)}" if tokens else "true", False)


def _dated(node: DateFilter) -> Condition:
    """Return the condition that every day which the article's date can mean is within the period."""
    first, last = day_of(node.first), day_of(node.last) if node.last else _LAST_DAY
    first_month = first // 100 + (first % 100 > 1)
    first_year = first // 10_000 + (first % 10_000 > 101)
    last_month = last // 100 - (bool(node.last) and last % 100 < _month_end(last))
    last_year = last // 10_000 - (bool(node.last) and last % 10_000 < 1231)
    return Condition(
        f"(case when day = 0 then false"
        f" when day % 10000 = 0 then day / 10000 between {first_year} and {last_year}"
        f" when day % 100 = 0 then day / 100 between {first_month} and {last_month}"
        f" else day between {first} and {last} end)"
    )


def _month_end(day: int) -> int:
    return monthrange(day // 10_000, day // 100 % 100)[1]


def _excluded(part: Node) -> str | None:
    return tsquery(part.part) if isinstance(part, Not) and is_settled(part.part) else None


def _is_settled_part(part: Node) -> bool:
    return is_settled(part.part if isinstance(part, Not) else part)


def _token(value: IndexValue) -> str:
    return _lexeme(value_token(_KINDS[value.kind], value.value)) + (":*" if value.is_prefix else "")


def _lexeme(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"


def _joined(found: list[str], operator: str) -> str | None:
    if len(found) < 2:
        return found[0] if found else None
    return f"({operator.join(found)})"
