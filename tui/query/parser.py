"""The parser of the query language. Every string is a query: what is not an operator is text. See docs/search.md."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from ..clean import clean_line
from ..fold import dense, fold, visible
from .dates import period
from .filters import AuthorFilter, BulletinFilter, DateFilter, Filter, Mark, MarkFilter, PlaceFilter, TagFilter
from .tokens import Token, tokens
from .tree import And, Near, Node, Not, Or, Order, Query, Regex, Term, written

NO_BULLETINS: Mapping[str, str] = MappingProxyType({})
PlaceReader = Callable[[str], PlaceFilter | None]
"""Returns a filter for a value of `place:`, None if no place has that name."""

_FIELDS = {
    **dict.fromkeys(("place", "地", "地点", "地方"), "place"),
    **dict.fromkeys(("author", "作者", "署名"), "author"),
    **dict.fromkeys(("tag", "标签"), "tag"),
    **dict.fromkeys(("bulletin", "册", "公报"), "bulletin"),
    **dict.fromkeys(("title", "题", "标题"), "title"),
    **dict.fromkeys(("date", "日", "日期"), "date"),
    **dict.fromkeys(("is", "是"), "is"),
    **dict.fromkeys(("near", "近"), "near"),
    **dict.fromkeys(("sort", "序", "排序"), "sort"),
}
_MARKS: dict[str, Mark] = {
    **dict.fromkeys(("unread", "未读"), "unread"),
    **dict.fromkeys(("read", "已读"), "read"),
    **dict.fromkeys(("starred", "star", "收藏", "已收藏", "加星"), "starred"),
}

_ORDERS: dict[str, Order] = {
    **dict.fromkeys(("newest", "new", "date", "新", "最新"), "newest"),
    **dict.fromkeys(("oldest", "old", "旧", "最旧"), "oldest"),
    **dict.fromkeys(("score", "best", "相关"), "score"),
}
_MAX_DISTANCE = 1000
"""Characters. The highest value of `near:`."""


def no_places(_typed: str) -> PlaceFilter | None:
    """Return None: there is no gazetteer."""
    return None


def parse(typed: str, places: PlaceReader = no_places, bulletins: Mapping[str, str] = NO_BULLETINS) -> Query:
    """Parse a query. Never fails. `bulletins` maps the ids of the library's bulletins to their titles."""
    parser = _Parser(tokens(visible(clean_line(typed)), frozenset(_FIELDS)), places, bulletins)
    root = parser.either()
    order = f"sort:{parser.order}" if parser.order and root != And(()) else ""
    return Query(typed, root, " ".join(filter(None, (written(root, bool(order)), order))), parser.order)


@dataclass(slots=True)
class _Parser:
    """A recursive-descent parser over tokens with balanced brackets."""

    tokens: list[Token]
    places: PlaceReader
    bulletins: Mapping[str, str]
    at: int = 0
    order: Order = ""
    near: int = 0
    """Characters. The `near:` distance of the current group; 0 if it has none."""

    def either(self) -> Node:
        parts = [self.every()]
        while self._next("or"):
            self.at += 1
            parts.append(self.every())
        return _joined(parts, Or)

    def every(self) -> Node:
        parts: list[Node] = []
        outer, self.near = self.near, 0
        while self.at < len(self.tokens) and not self._next("or") and not self._next("close"):
            if self._next("and"):
                self.at += 1
                continue
            parts.append(self.one())
        near, self.near = self.near, outer
        return _joined(_near(parts, near) if near else parts, And)

    def one(self) -> Node:
        token = self.tokens[self.at]
        self.at += 1
        if token.kind == "not":
            part = self.one()
            if isinstance(part, Not):
                return part.part
            return part if part == And(()) else Not(part)
        if token.kind == "open":
            inner = self.either()
            self.at += 1
            return inner
        if token.kind == "field":
            return self._field(token)
        if token.kind == "regex":
            return Regex(token.text)
        return _word(token)

    def _next(self, kind: str) -> bool:
        return self.at < len(self.tokens) and self.tokens[self.at].kind == kind

    def _field(self, name: Token) -> Node:
        value = self.tokens[self.at]
        self.at += 1
        field = _FIELDS[fold(name.text)]
        if field in ("near", "sort") and self._control(field, fold(value.text).strip()):
            return And(())
        found = self._filter(field, value)
        # not a valid filter: it becomes a phrase, and `read_as` shows that by its quotes
        return found or _word(Token("phrase", name.raw + value.raw.strip('"')))

    def _control(self, field: str, value: str) -> bool:
        """Store a `near:` distance or a `sort:` order, which create no nodes; return whether `value` is valid."""
        if field == "sort":
            self.order = _ORDERS.get(value, self.order)
            return value in _ORDERS
        is_distance = value.isascii() and value.isdigit() and len(value) < 5 and 0 < int(value) <= _MAX_DISTANCE
        self.near = int(value) if is_distance else self.near
        return is_distance

    def _filter(self, field: str, value: Token) -> Node | None:
        folded = fold(value.text).strip()
        if value.kind == "regex":
            return Regex(value.text, title=True) if field == "title" else None
        match field:
            case "place":
                return self.places(value.text.strip())
            case "author":
                return AuthorFilter(value.text.strip(), folded) if folded else None
            case "tag":
                return TagFilter(value.text.strip(), folded) if folded else None
            case "bulletin":
                return _bulletins_like(value.text.strip(), folded, self.bulletins)
            case "title":
                return Term(folded, value.text, value.kind == "phrase", title=True) if folded else None
            case "date":
                days = period(value.text.strip())
                return DateFilter(value.text.strip(), *days) if days else None
        mark = _MARKS.get(folded)
        return MarkFilter(mark) if mark else None


def _bulletins_like(typed: str, folded: str, bulletins: Mapping[str, str]) -> Filter | None:
    """Return a filter for bulletins whose id or title equals `folded`, else starts with it, else contains it."""
    names = {id: (dense(id), dense(title)) for id, title in bulletins.items()}
    for fits in (str.__eq__, str.startswith, str.__contains__):
        if ids := frozenset(id for id, both in names.items() if any(fits(name, folded) for name in both)):
            return BulletinFilter(typed, ids) if folded else None
    return None


def _near(parts: Sequence[Node], distance: int) -> list[Node]:
    """Return the parts with their terms combined in a `Near` node if there are at least two different ones."""
    terms = tuple(dict.fromkeys(part for part in parts if isinstance(part, Term)))
    if len(terms) < 2:
        return list(parts)
    return [Near(terms, distance), *(part for part in parts if not isinstance(part, Term))]


def _word(token: Token) -> Node:
    literal = token.kind == "phrase"
    return Term(fold(token.text), token.text, literal) if token.text.strip() else And(())


def _joined(parts: list[Node], kind: type[And] | type[Or]) -> Node:
    """Return a node of the parts: nodes of the same kind flattened, duplicates dropped, a single part unwrapped."""
    found: dict[str, Node] = {}
    for part in parts:
        if part != And(()):
            for one in part.parts if isinstance(part, kind) else (part,):
                found.setdefault(written(one, True), one)
    if len(found) == 1:
        return next(iter(found.values()))
    return kind(tuple(found.values())) if found else And(())
