"""Front matter: the quick parser and PyYAML agree, and no dangerous object is built."""

import json
import time

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tui.clean import clean
from tui.yaml_reader import BadYaml, mapping
from tui.yaml_reader.yaml_values import HEADER, MAX_CHARACTERS, by_nodes, quick

texts = st.text(max_size=12).map(clean)
scalars = texts | st.integers(-(10**9), 10**9) | st.booleans() | st.none()
values = scalars | st.lists(scalars, max_size=3) | st.dictionaries(st.sampled_from("abc"), scalars, max_size=2)
plain = st.text(alphabet="禁毒反诈（）“”，。：ab12 -:#'\"[]{}&*!|>%@`,?~.", min_size=1, max_size=12)


@given(st.dictionaries(st.sampled_from(["title", "place", "date", "byline"]), values, min_size=1))
def test_values_written_as_json_are_read_unchanged(fields: dict[str, object]) -> None:
    text = "\n".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in fields.items())
    assert mapping(text).values == fields


@given(st.lists(plain, min_size=1, max_size=3))
def test_quick_parser_agrees_with_pyyaml_or_declines(sources: list[str]) -> None:
    text = "\n".join(f"k{number}: {source}" for number, source in enumerate(sources))
    found = quick(text)
    if found is not None:
        assert found.values == yaml.load(text, Loader=NoDates)
        assert list(found.lines.values()) == list(range(1, len(sources) + 1))


@given(st.lists(plain, max_size=3), st.lists(plain, min_size=1, max_size=3), st.booleans())
def test_quick_parser_agrees_with_the_reader_of_nodes_or_declines(
    sources: list[str], items: list[str], in_braces: bool
) -> None:
    fields = [f"k{number}: {source}" for number, source in enumerate(sources)]
    listed = [f"- {{a: {source}, b: [{source}]}}" if in_braces else f"- {source}" for source in items]
    text = "\n".join([*fields, "# 列表", "k:", *listed])
    found = quick(text)
    if found is not None:
        assert found == by_nodes(text)


@pytest.mark.parametrize(
    "text",
    [
        "layout: post\ntitle: 反诈\ndate: 2023-06-02 10:00:00\ntags:\n  - 反诈\n",
        "date: 2023-06-02 10:00\nlast-modified-at: 2023-06-02T10:00:00.123+08:00\n",
        "date: 2023-06-02 10:00:00 +0800\nupdated: 2023-06-02T10:00:00Z\n",
        "dates: [2023-06-02 10:00:00, 甲]\nof: {a: 2023-06-02 10:00, b: 1}\n",
    ],
)
def test_times_of_blogs_are_read_by_the_quick_parser_as_by_the_reader_of_nodes(text: str) -> None:
    assert quick(text) == by_nodes(text)


def test_spaces_in_a_line_take_linear_time() -> None:
    text = "\n".join(f"k{number}: 甲{' ' * 15_000}乙" for number in range(4))
    began = time.process_time()
    assert quick(text)
    assert time.process_time() - began < 1


class NoDates(yaml.SafeLoader):
    """PyYAML's loader without the value types that the format lacks."""


_LACKING = (":float", ":timestamp", ":value", ":merge")
NoDates.yaml_implicit_resolvers = {
    first: [
        (tag, pattern) for tag, pattern in resolvers if not tag.endswith((":float", ":timestamp", ":value", ":merge"))
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def test_handwritten_yaml_is_read_with_the_line_of_each_field() -> None:
    found = mapping(
        "title:\n  - 打击侵财犯罪\n  - 守护群众财产\nplace: 托克托 # 县\ndate: 2023-06-01\nplace_id: 150122\n"
    )
    assert found.values == {
        "title": ["打击侵财犯罪", "守护群众财产"],
        "place": "托克托",
        "date": "2023-06-01",
        "place_id": 150122,
    }
    assert found.lines == {"title": 1, "place": 4, "date": 5, "place_id": 6}


BOMB = "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\n"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (BOMB, 1),
        ("title: [甲]\nplace: !!python/object/apply:os.system ['true']\n", 2),
        ("title: " + "[" * 10_000, 1),
        ("title: [甲]\nk: " + "{a: " * 9 + "b" + "}" * 9, 2),
        ("a: [" + "1," * 10_000 + "]\n", 1),
        ("a: " + "x" * MAX_CHARACTERS, 1),
        ("title: [甲]\ntitle: [乙]\n", 2),
        ("- 甲\n", 1),
        ("甲\n", 1),
        ("a: b\n---\nc: d\n", 2),
        ("a: b: c\n", 1),
        ("? [a]\n: b\n", 1),
        ("", 1),
    ],
)
def test_yaml_without_a_plain_mapping_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(BadYaml) as refused:
        mapping(text)
    assert refused.value.line == line


def test_nesting_is_read_to_the_allowed_depth() -> None:
    assert mapping("a: " + "[" * (HEADER.depth - 1) + "]" * (HEADER.depth - 1)).values
