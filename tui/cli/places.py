"""`places`: the places that have articles, or what a name means."""

from collections import Counter

from ..place import Gazetteer, Place
from ..words import _
from .arguments import Arguments
from .opened import opened
from .output import Json, remark, write_json, write_jsonl


def run(arguments: Arguments) -> int:
    """Print places with how many articles they have; 1 when there are none."""
    library = opened(arguments)
    if library is None:
        return 2
    gazetteer = library.gazetteer()
    counts = Counter(article.place for article in library.load()[0] if article.place)
    places = _asked(gazetteer, arguments, counts)
    rows = [_json(gazetteer, place, counts[place.label]) for place in places]
    if arguments.format() == "json":
        write_json({"places": [*rows]})
    elif arguments.format() == "jsonl":
        write_jsonl(rows)
    else:
        for place in places:
            above = "·".join(one.label for one in gazetteer.above(place))
            print(f"{place.id}  {counts[place.label]:>5}  {place.label}  {above}".rstrip())
    return 0 if places else 1


def _asked(gazetteer: Gazetteer, arguments: Arguments, counts: Counter[str]) -> list[Place]:
    if arguments.flag("all"):
        return list(gazetteer.places)
    if not arguments.operands:
        return [place for label in counts if (place := gazetteer.by_label(label))]
    places: list[Place] = []
    for name in arguments.operands:
        meant = gazetteer.resolve(name)
        if not meant:
            remark(_("地名表里没有“{place}”。").format(place=name))
        places += meant
    return places


def _json(gazetteer: Gazetteer, place: Place, articles: int) -> dict[str, Json]:
    return {
        "id": place.id,
        "label": place.label,
        "name": place.name,
        "level": place.level,
        "above": [one.label for one in gazetteer.above(place)],
        "seat": place.seat,
        "pinyin": place.pinyin,
        "lat": place.lat,
        "lon": place.lon,
        "articles": articles,
    }
