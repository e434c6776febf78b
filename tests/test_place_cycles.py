"""Places that contain themselves, directly or through others, are one problem with its line; every walk ends."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.cli import main
from tui.gazetteer import BadGazetteer, Gazetteer, Place
from tui.gazetteer.yaml_file import read

ARTICLE = "---\ntitle: 反诈\nplace: 甲县\n---\n\n民警。\n"


def gazetteer(parents: dict[int, int | None], plain: bool = True, region: int | None = None) -> str:
    """Return a gazetteer, in plain form or in a form that only a YAML parser reads."""
    quote = "" if plain else "'"
    lines = [f"region: {{id: {region}, name: 自治区, parent: {parents[region]}}}"] if region is not None else []
    lines.append("places:")
    lines += [
        f"- {{id: {code}, name: {quote}甲{code}县{quote}, level: county"
        + (f", parent: {parent}}}" if parent is not None else "}")
        for code, parent in parents.items()
        if code != region
    ]
    return "\n".join(lines) + "\n"


@given(
    ring=st.integers(1, 30),
    tail=st.integers(0, 20),
    free=st.integers(0, 20),
    order=st.randoms(),
    plain=st.booleans(),
    through_region=st.booleans(),
)
def test_ring_of_places_is_one_problem_at_its_first_line(
    ring: int, tail: int, free: int, order: object, plain: bool, through_region: bool
) -> None:
    rings: dict[int, int | None] = {100 + at: 100 + (at + 1) % ring for at in range(ring)}
    tails: dict[int, int | None] = {200 + at: 199 + at if at else 100 for at in range(tail)}
    frees: dict[int, int | None] = {300 + at: 299 + at if at else None for at in range(free)}
    every = list((rings | tails | frees).items())
    order.shuffle(every)  # type: ignore[attr-defined]
    text = gazetteer(dict(every), plain, 100 if through_region else None)
    with pytest.raises(BadGazetteer) as refused:
        read(text, "gazetteer.yaml")
    lines = [
        number
        for number, line in enumerate(text.split("\n"), 1)
        if line and any(f"id: {code}," in line for code in rings)
    ]
    assert [problem.line for problem in refused.value.problems] == [min(lines)]


def test_every_ring_is_a_problem_of_its_own() -> None:
    with pytest.raises(BadGazetteer) as refused:
        read(gazetteer({1: 1, 2: 3, 3: 2, 4: 1, 5: None}), "gazetteer.yaml")
    assert [problem.line for problem in refused.value.problems] == [2, 3]


@given(st.lists(st.integers(0, 12) | st.none(), min_size=1, max_size=12))
def test_walk_up_or_down_ends_without_repeating_a_place(parents: list[int | None]) -> None:
    """This also holds for a gazetteer that was not checked on loading."""
    places = [
        Place(code, f"甲{code}", f"甲{code}", (), "county", parent, None, "", "", None, None)
        for code, parent in enumerate(parents)
    ]
    made = Gazetteer(tuple(places))
    for place in places:
        for walk in (made.above(place), made.below(place)):
            assert len({one.id for one in walk}) == len(walk)
        assert place not in made.above(place)
        assert made.below(place)[0] == place


def test_chain_of_any_length_is_walked() -> None:
    many = 20_000
    made = read(gazetteer({at: at - 1 if at else None for at in range(many)}), "gazetteer.yaml")
    first, last = made.places[0], made.places[-1]
    assert len(made.above(last)) == many - 1
    assert len(made.below(first)) == many


@pytest.mark.parametrize("ring", [1, 2, 5])
def test_commands_end_when_a_place_contains_itself(
    ring: int, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    root = tmp_path / "library"
    (root / "a").mkdir(parents=True)
    (root / "a/bulletin.yaml").write_text("id: a\ntitle: 甲\n", "utf-8")
    (root / "a/1.md").write_text(ARTICLE, "utf-8")
    places = [
        f"- {{id: {150100 + at}, name: {'甲乙丙丁戊'[at]}县, label: {'甲乙丙丁戊'[at]}县, level: county,"
        f" parent: {150100 + (at + 1) % ring}, pinyin: jia xian}}"
        for at in range(ring)
    ]
    text = "version: 1\nregion: {id: 150000, name: 内蒙古自治区, label: 内蒙古}\nplaces:\n" + "\n".join(places) + "\n"
    (root / "gazetteer.yaml").write_text(text, "utf-8")
    assert main(["check", str(root), "--json"]) == 2
    problems = json.loads(capsys.readouterr().out)["problems"]
    assert [(one["file"], one["line"]) for one in problems if one["code"] == "gazetteer"] == [("gazetteer.yaml", 4)]
    for arguments in (["search", "place:甲县"], ["list", "--place", "甲县"], ["places", "甲县"], ["show", "a/1"]):
        assert main([*arguments, "--library", str(root)]) in (0, 1)
