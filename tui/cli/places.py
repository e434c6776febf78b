"""The subcommand `places`: list the places with articles, or look up a name."""

from collections import Counter
from collections.abc import Iterator

from ..cells import cell_len, drawn
from ..gazetteer import Gazetteer, Place
from ..i18n import _
from .arguments import Arguments
from .open_library import open_source
from .output import Json, paged_output, remark, write_json_list, write_jsonl, write_lines
from .terminal_style import column_width

_CELLS = ("id", "label", "name", "level", "above", "seat", "pinyin", "lat", "lon", "articles")


def run(arguments: Arguments) -> int:
    """Print places with their numbers of articles, and return 1 if there are none."""
    source = open_source(arguments)
    if source is None:
        return 2
    gazetteer = source.library.gazetteer()
    found = source.group_counts("place").groups
    counts = Counter({place: count.articles for place, count in found.items() if place})
    places = _requested(gazetteer, arguments, counts)
    rows = (_json(gazetteer, place, counts[place.label]) for place in places)
    with paged_output(arguments):
        if arguments.format() == "json":
            write_json_list("places", rows)
        elif arguments.format() == "jsonl":
            write_jsonl(rows)
        elif arguments.format() == "csv":
            from ..export.csv_file import csv_lines

            for line in csv_lines(_CELLS, (_cells(gazetteer, place, counts[place.label]) for place in places)):
                print(line, end="")
        else:
            write_lines(_columns(gazetteer, places, counts))
    if not places and not arguments.operands and next(source.entries(), None):
        remark(_("没有一篇文章的地方在地名表里。"))
    return 0 if places else 1


def _requested(gazetteer: Gazetteer, arguments: Arguments, counts: Counter[str]) -> list[Place]:
    if arguments.flag("all"):
        return list(gazetteer.places)
    if not arguments.operands:
        return [place for label in counts if (place := gazetteer.by_label(label))]
    places: list[Place] = []
    for name in arguments.operands:
        meant = gazetteer.resolve(name)
        if not meant:
            remark(_("地名表里没有“{place}”。").format(place=name))
        places += [place for place in meant if place not in places]
    return places


def _columns(gazetteer: Gazetteer, places: list[Place], counts: Counter[str]) -> Iterator[str]:
    labels = column_width(cell_len(place.label) for place in places)
    for place in places:
        above = " · ".join(one.label for one in gazetteer.above(place))
        gap = " " * (labels - cell_len(place.label))
        yield drawn(f"{place.id}  {counts[place.label]:>5}  {place.label}{gap}  {above}").rstrip()


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


def _cells(gazetteer: Gazetteer, place: Place, articles: int) -> list[str | int | float | None]:
    above = "、".join(one.label for one in gazetteer.above(place))
    about: list[str | int | float | None] = [place.id, place.label, place.name, place.level, above, place.seat]
    return [*about, place.pinyin, place.lat, place.lon, articles]
