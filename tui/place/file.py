"""The gazetteer's YAML text into places, with the line of everything that is wrong with it."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, get_args

from ..problem import Problem
from ..words import _
from . import BadGazetteer, Body, Gazetteer, Level, Place
from .quick import Fields, Sections, quick

if TYPE_CHECKING:
    from yaml.events import Event

_DEEPEST = 12
_LEVELS: dict[str, Level] = {known: known for known in get_args(Level)}


def read(text: str, file: str) -> Gazetteer:
    """The gazetteer written in `text`; `file` is what its problems are called by. Raises BadGazetteer."""
    sections = quick(text) or _by_yaml(text, file)
    problems: list[Problem] = []
    places = [found for line, item in sections["places"] if (found := _place(item, line, file, problems))]
    region = next((_place(item, line, file, problems, "region") for line, item in sections["region"]), None)
    bodies = tuple(_body(item) for _line, item in sections["bodies"])
    problems += _doubtful(places, region, [line for line, _item in sections["places"]], file)
    if problems:
        raise BadGazetteer(problems)
    return Gazetteer(tuple(places), region, bodies)


def _by_yaml(text: str, file: str) -> Sections:
    """Each section's items with their lines, as PyYAML has them; a section that is one mapping has one item."""
    import yaml

    kind = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    sections: Sections = {"region": [], "places": [], "bodies": []}
    try:
        _refuse_bombs(yaml.parse(text, Loader=kind), file)
        loader = kind(text)
        root = loader.get_single_node()
        for key, value in root.value if isinstance(root, yaml.MappingNode) else ():
            items = value.value if isinstance(value, yaml.SequenceNode) else [value]
            if isinstance(key.value, str) and key.value in sections:
                for node in items:
                    item = loader.construct_object(node, deep=True)
                    sections[key.value].append((node.start_mark.line + 1, item if isinstance(item, dict) else {}))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise BadGazetteer([_not_yaml(file, mark.line + 1 if mark else None)]) from error
    except ValueError as error:  # a number or a date that is none
        raise BadGazetteer([_not_yaml(file, None)]) from error
    return sections


def _refuse_bombs(events: "Iterable[Event]", file: str) -> None:
    """Aliases and deep nesting, which grow without bound when they are built, are refused before anything is."""
    import yaml

    depth = 0
    for event in events:
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST or isinstance(event, yaml.AliasEvent):
            raise BadGazetteer([_not_yaml(file, event.start_mark.line + 1 if event.start_mark else None)])


def _not_yaml(file: str, line: int | None) -> Problem:
    return _problem(file, line, "yaml", _("地名表不是有效的 YAML。"))


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


def _body(item: Fields) -> Body:
    place, branches = item.get("place"), item.get("branches")
    return Body(
        name=_text(item, "name"),
        aliases=_texts(item, "aliases"),
        place=place if isinstance(place, int) else None,
        branches={str(k): v for k, v in branches.items() if isinstance(v, int)} if isinstance(branches, dict) else {},
    )


def _doubtful(places: list[Place], region: Place | None, lines: list[int], file: str) -> Iterator[Problem]:
    """Codes and labels given twice, and parents that are not there."""
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
    value = item.get(key)
    return float(value) if isinstance(value, int | float) else None


def _problem(file: str, line: int | None, code: str, message: str) -> Problem:
    return Problem(file, line, code, message)
