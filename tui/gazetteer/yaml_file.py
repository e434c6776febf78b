"""Reading of a gazetteer from YAML text. Every problem is reported with its line."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import NamedTuple, get_args

from ..i18n import _
from ..problem import Problem
from ..yaml_reader import BadYaml, Limits, Unusual, Value, items, lines, value_of
from .gazetteer import Authority, BadGazetteer, Gazetteer, Level, Place

Fields = dict[str, Value]
MAX_PLACES = 200_000
"""Places. Four times the number of townships in China; this many take about 200 MB."""
MAX_PROBLEMS = 100
SECTIONS = ("region", "places", "bodies")
_LIMITS = Limits(depth=12, values=2_000_000, item_values=5_000, characters=4_096)
"""Reading this many values takes about ten seconds."""
_LEVELS: dict[str, Level] = {known: known for known in get_args(Level)}


class Item(NamedTuple):
    """An entry of the gazetteer with its section and its line number."""

    section: str
    line: int
    fields: Fields


def read(text: str, file: str) -> Gazetteer:
    """Parse a gazetteer. Raises BadGazetteer, whose problems name the file `file`."""
    for way in (plain_items, any_items):
        taken = _Taken(file)
        try:
            taken.all(way(text))
        except Unusual:
            continue
        except BadYaml as error:
            message = _("地名表不能用：{why}。").format(why=error.message)
            raise BadGazetteer([_problem(file, error.line, "yaml", message)]) from error
        return taken.gazetteer()
    raise AssertionError("YAML is never unusual")


def plain_items(text: str) -> Iterator[Item]:
    """Yield the items of text in the usual form, one place in braces per line. Raises Unusual."""
    for field, number, value, is_item in lines(text):
        if field in SECTIONS and (is_item or value is not None):
            yield _item(field, number, value)


def any_items(text: str) -> Iterator[Item]:
    """Yield the items of text in any form. Raises BadYaml."""
    for section, node in items(text, SECTIONS, _LIMITS):
        yield _item(section, node.line, value_of(node, is_strict=False))


def _item(section: str, line: int, value: Value) -> Item:
    return Item(section, line, value if isinstance(value, dict) else {})


class _Taken:
    """The gazetteer under construction, and its problems so far."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._problems: list[Problem] = []
        self._places: list[Place] = []
        self._lines: list[int] = []
        self._region: Place | None = None
        self._region_line = 0
        self._bodies: list[Authority] = []

    def all(self, found: Iterable[Item]) -> None:
        """Add every item. Raises BadGazetteer if there are too many places or problems."""
        take: dict[str, Callable[[Item], None]] = {
            "places": self._add_place,
            "region": self._set_region,
            "bodies": lambda item: self._bodies.append(_body(item.fields)),
        }
        for item in found:
            take[item.section](item)
            if len(self._problems) >= MAX_PROBLEMS:
                raise BadGazetteer(self._problems)
            if len(self._places) > MAX_PLACES:
                message = _("多于 {n} 个地名。").format(n=MAX_PLACES)
                raise BadGazetteer([_problem(self._file, item.line, "place", message)])

    def gazetteer(self) -> Gazetteer:
        """Return the gazetteer. Raises BadGazetteer if there is any problem."""
        for problem in chain(_doubtful(self._places, self._region, self._lines, self._file), self._cycles()):
            self._problems.append(problem)
            if len(self._problems) >= MAX_PROBLEMS:
                break
        if self._problems:
            raise BadGazetteer(self._problems)
        return Gazetteer(tuple(self._places), self._region, tuple(self._bodies))

    def _add_place(self, item: Item) -> None:
        if place := _place(item.fields, item.line, self._file, self._problems):
            self._places.append(place)
            self._lines.append(item.line)

    def _set_region(self, item: Item) -> None:
        if self._region is None and not self._region_line:
            self._region_line = item.line
            self._region = _place(item.fields, item.line, self._file, self._problems, "region")

    def _cycles(self) -> Iterator[Problem]:
        """Yield a problem for each cycle of places that contain one another, at its first line."""
        listed = list(zip(self._lines, self._places, strict=True))
        if self._region is not None:
            listed.append((self._region_line, self._region))
        parents = {place.id: place.parent for _line, place in listed}
        lines = {place.id: (line, place.label) for line, place in listed}
        settled: set[int] = set()
        for code in parents:
            way: dict[int, None] = {}
            at: int | None = code
            while at is not None and at in parents and at not in settled and at not in way:
                way[at] = None
                at = parents[at]
            if at is not None and at in way:
                line, label = min(lines[one] for one in list(way)[list(way).index(at) :])
                message = _("“{place}”的上级绕回到自己。").format(place=label)
                yield _problem(self._file, line, "place", message)
            settled.update(way)


def _place(item: Fields, line: int, file: str, problems: list[Problem], level: str = "") -> Place | None:
    code, name, level = item.get("id"), _text(item, "name"), level or _text(item, "level")
    if not isinstance(code, int) or not name or level not in _LEVELS:
        problems.append(_problem(file, line, "place", _("地名要有 id、name 和 level。")))
        return None
    parent = item.get("parent")
    return Place(
        id=code,
        name=name,
        label=_text(item, "label") or name,
        short=_texts(item, "short"),
        level=_LEVELS[level],
        parent=parent if isinstance(parent, int) else None,
        seat=_text(item, "seat") or None,
        pinyin=_text(item, "pinyin"),
        roman=_text(item, "roman"),
        lat=_degrees(item, "lat"),
        lon=_degrees(item, "lon"),
    )


def _body(item: Fields) -> Authority:
    place, branches = item.get("place"), item.get("branches")
    return Authority(
        name=_text(item, "name"),
        aliases=_texts(item, "aliases"),
        place=place if isinstance(place, int) else None,
        branches={str(k): v for k, v in branches.items() if isinstance(v, int)} if isinstance(branches, dict) else {},
    )


def _doubtful(places: list[Place], region: Place | None, lines: list[int], file: str) -> Iterator[Problem]:
    """Yield a problem for each duplicate code or label and each parent that does not exist."""
    codes = {place.id for place in places} | ({region.id} if region else set())
    seen: set[object] = set()
    for place, line in zip(places, lines, strict=False):
        for value in (place.id, place.label):
            if value in seen:
                yield _problem(file, line, "place", _("{what} 出现了两次。").format(what=value))
            seen.add(value)
        if place.parent is not None and place.parent not in codes:
            yield _problem(file, line, "place", _("上级 {code} 不在地名表里。").format(code=place.parent))


def _text(item: Fields, key: str) -> str:
    value = item.get(key)
    return "" if value is None else str(value)


def _texts(item: Fields, key: str) -> tuple[str, ...]:
    value = item.get(key)
    return tuple(map(str, value)) if isinstance(value, list) else ()


def _degrees(item: Fields, key: str) -> float | None:
    """Return a number of degrees, or None for anything else, including infinity and NaN, which JSON lacks."""
    try:
        degrees = float(str(item.get(key)))
    except ValueError:
        return None
    return degrees if abs(degrees) <= 360 else None


def _problem(file: str, line: int | None, code: str, message: str) -> Problem:
    return Problem(file, line, code, message)
