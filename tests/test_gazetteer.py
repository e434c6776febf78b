"""The gazetteer: names are resolved to places, and each place has places above it."""

from pathlib import Path

import pytest

from tui.gazetteer import EMPTY, BadGazetteer, Gazetteer, load
from tui.gazetteer.yaml_file import any_items, plain_items
from tui.paths import content_dir
from tui.yaml_reader import Unusual


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load(content_dir() / "gazetteer.yaml")


def test_bundled_gazetteer_has_all_leagues_and_counties(gazetteer: Gazetteer) -> None:
    levels = [place.level for place in gazetteer.places]
    assert (levels.count("league"), levels.count("county")) == (12, 103)


def test_labels_and_short_forms_are_unique(gazetteer: Gazetteer) -> None:
    forms = [form for place in gazetteer.places for form in dict.fromkeys((place.name, place.label, *place.short))]
    assert sorted(set(forms)) == sorted(forms)


def test_every_parent_exists_and_every_county_is_in_a_league(gazetteer: Gazetteer) -> None:
    for place in gazetteer.places:
        parent = gazetteer.by_id(place.parent)
        assert parent is not None
        assert parent.level == ("region" if place.level == "league" else "league"), place.name


def test_every_place_has_a_syllable_for_each_character(gazetteer: Gazetteer) -> None:
    for place in gazetteer.places:
        assert len(place.pinyin.split()) == len(place.name), place.name
        assert len(place.label_pinyin) == len(place.label), place.label


def test_only_chengguan_is_the_seat_of_several_counties(gazetteer: Gazetteer) -> None:
    seats = [place.seat for place in gazetteer.places if place.seat]
    assert {seat for seat in seats if seats.count(seat) > 1} == {"城关"}
    assert [place.label for place in gazetteer.resolve("城关")] == ["和林格尔", "清水河", "兴和"]


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("科尔沁右翼中旗", "科右中旗"),
        ("科右中旗", "科右中旗"),
        ("巴彦呼舒", "科右中旗"),
        ("双河", "托克托"),
        ("托县", "托克托"),
        ("莫力达瓦", "莫旗"),
        ("锡盟", "锡林郭勒"),
        ("内蒙古", "内蒙古"),
        ("开鲁", "开鲁"),
    ],
)
def test_place_is_resolved_by_name_label_short_form_and_seat(gazetteer: Gazetteer, name: str, label: str) -> None:
    assert [place.label for place in gazetteer.resolve(name)] == [label]


def test_unknown_names_and_ids_resolve_to_no_place(gazetteer: Gazetteer) -> None:
    assert gazetteer.resolve("前旗") == ()
    assert gazetteer.by_id(None) is None
    assert gazetteer.by_label("海南") is None
    assert EMPTY.resolve("开鲁") == ()


def test_places_above_come_nearest_first_without_the_region(gazetteer: Gazetteer) -> None:
    county, league = gazetteer.by_label("科右中旗"), gazetteer.by_label("兴安盟")
    assert county is not None
    assert league is not None
    assert gazetteer.above(county) == (league,)
    assert gazetteer.above(league) == ()
    assert county in gazetteer.within(league)
    assert county.label_pinyin == ("ke", "you", "zhong", "qi")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("places:\n- {id: 1, name: 甲, level: league}\n- {id: 1, name: 乙, level: league}\n", 3),
        ("places:\n- {id: 1, name: 甲, level: league}\n- {id: 2, name: 甲, level: league}\n", 3),
        ("places:\n- {id: 1, name: 甲, level: county, parent: 9}\n", 2),
        ("places:\n- {name: 甲, level: county}\n", 2),
        ("places:\n- {id: 1, name: 甲, level: town}\n", 2),
        ("places:\n- 甲\n", 2),
        ("places: [\n", 2),
    ],
)
def test_bad_gazetteer_is_refused_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    file = tmp_path / "gazetteer.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadGazetteer) as refused:
        load(file)
    assert [problem.line for problem in refused.value.problems] == [line]


def test_missing_or_undecodable_gazetteer_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadGazetteer):
        load(tmp_path / "none.yaml")
    (tmp_path / "gbk.yaml").write_bytes("地名".encode("gb18030"))
    with pytest.raises(BadGazetteer):
        load(tmp_path / "gbk.yaml")


def test_empty_gazetteer_has_no_places(tmp_path: Path) -> None:
    (tmp_path / "gazetteer.yaml").write_text("", encoding="utf-8")
    assert load(tmp_path / "gazetteer.yaml").places == ()


def test_key_that_is_a_list_is_ignored(tmp_path: Path) -> None:
    file = tmp_path / "gazetteer.yaml"
    file.write_text("[旗]: 1\nplaces: []\n", encoding="utf-8")
    assert load(file).places == ()


def test_quick_parser_reads_the_bundled_gazetteer_like_pyyaml() -> None:
    text = (content_dir() / "gazetteer.yaml").read_text("utf-8")
    assert list(plain_items(text)) == list(any_items(text))
    assert list(plain_items(text))


@pytest.mark.parametrize(
    "item",
    [
        "{id: 0150122, name: 托克托县}",
        "{id: 150122, name: no}",
        "{id: 150122, name: '托克托县'}",
        "{id: 150122, name: 托克托县, lat: .5}",
        "{id: 150122, name: 1_000}",
        "{id: 150122, name:托克托县}",
        "{id: 150122, name: 托克托县 # 县}",
        "{id: 150122, name: &a 托克托县}",
        "{id: 150122, name: }",
        "{id: 150122, name: [托克托县}",
        "id: 150122",
    ],
)
def test_quick_parser_refuses_items_that_are_not_plain(item: str) -> None:
    with pytest.raises(Unusual):
        list(plain_items(f"places:\n- {item}\n"))


def test_date_is_text_in_both_parsers() -> None:
    text = "places:\n- {id: 150122, name: 2023-06-01}\n"
    assert list(plain_items(text)) == list(any_items(text))
    assert next(plain_items(text)).fields["name"] == "2023-06-01"


def test_deeply_nested_lists_are_one_problem(tmp_path: Path) -> None:
    path = tmp_path / "gazetteer.yaml"
    path.write_text("places:\n- {id: 150523, a: " + "[" * 6000 + "]" * 6000 + "}\n", "utf-8")
    with pytest.raises(BadGazetteer) as raised:
        load(path)
    assert [problem.line for problem in raised.value.problems] == [2]
