"""Bodies parsed into blocks, and blocks written as bodies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.article import Block, InlineSpan
from tui.clean import clean
from tui.markdown import blocks
from tui.markdown.write import render


def kinds(body: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in blocks(body)]


@pytest.mark.parametrize(
    ("source", "text", "marked"),
    [
        ("组织**“红枫义警”**以多种形式", "组织“红枫义警”以多种形式", ["“红枫义警”"]),
        ("**“红枫义警”**以", "“红枫义警”以", ["“红枫义警”"]),
        ("开展**反诈宣传，**发放", "开展反诈宣传，发放", ["反诈宣传，"]),
        ("*（记者）*说", "（记者）说", ["（记者）"]),
        ("~~旧~~新", "旧新", ["旧"]),
        ("手机号138****1234报警", "手机号138****1234报警", []),
        ("3~5天，2*3*4", "3~5天，2*3*4", []),
        ("snake_case_name", "snake_case_name", []),
        ("一 * 二 * 三", "一 * 二 * 三", []),
    ],
)
def test_emphasis_works_as_chinese_writers_expect(source: str, text: str, marked: list[str]) -> None:
    (block,) = blocks(source)
    assert block.text == text
    assert [block.text[mark.start : mark.end] for mark in block.spans] == marked


def test_body_without_markup_is_paragraphs() -> None:
    assert kinds("近日，民警走访。\n\n2023年6月") == [("paragraph", "近日，民警走访。"), ("paragraph", "2023年6月")]


def test_han_lines_join_without_a_space_and_latin_with_one() -> None:
    assert kinds("民警走进\n社区，use the\nAPP") == [("paragraph", "民警走进社区，use the APP")]


def test_unsafe_address_is_text_only() -> None:
    (block,) = blocks("[点我](javascript:alert(1))")
    assert (block.text, block.spans) == ("点我", ())


@pytest.mark.parametrize(
    ("source", "text", "targets"),
    [
        ("**[甲](a)**：见[乙](b)或[丙](c)", "甲：见乙或丙", ["a", "b", "c"]),
        ("~~[甲](a)~~[乙](b)", "甲乙", ["a", "b"]),
        ("_甲_（[乙](b)）_丙_[丁](c)", "甲（乙）丙丁", ["b", "c"]),
        ("[甲 [乙](b) 丙](c)", "[甲 乙 丙](c)", ["b"]),
    ],
)
def test_link_is_read_after_another_within_emphasis(source: str, text: str, targets: list[str]) -> None:
    (block,) = blocks(source)
    assert block.text == text
    assert [mark.target for mark in block.spans if mark.kind == "link"] == targets


def test_footnote_after_an_exclamation_mark_is_one() -> None:
    (block, note) = blocks("真好![^3]\n\n[^3]: 注")
    assert (block.text, block.spans[0].kind, note.kind) == ("真好![3]", "note", "footnote")


def test_boxes_of_python_markdown_hold_their_indented_text() -> None:
    box = '???+ note "提示"\n    正文。\n\n    ```c\n    int a;\n    ```\n\n    === "甲"\n        - 项'
    assert kinds(f"{box}\n\n!!! warning\n    注意\n外面") == [
        ("paragraph", "提示"),
        ("paragraph", "正文。"),
        ("code", "int a;"),
        ("paragraph", "甲"),
        ("item", "项"),
        ("paragraph", "WARNING"),
        ("paragraph", "注意外面"),
    ]


@pytest.mark.parametrize(
    ("source", "text", "target"),
    [
        ("## 错误 {#errors}", "错误", "#errors"),
        ("## 错误 {: #errors .wide}", "错误", "#errors"),
        ("错误 {#errors}\n---", "错误", "#errors"),
        ("## 标签 {.tabset}", "标签", ""),
        ("## 集合 {1,2}", "集合 {1,2}", ""),
        ("## 错误 \\{#errors}", "错误 {#errors}", ""),
    ],
)
def test_attributes_of_a_heading_are_no_text(source: str, text: str, target: str) -> None:
    (block,) = blocks(source)
    assert (block.text, block.target) == (text, target)
    assert blocks(render([block])) == (block,)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ('<Badge type="tip">新</Badge>的', "新的"),
        ("甲<Icon name='x' />乙", "甲乙"),
        ("<ClientOnly>甲</ClientOnly>", "甲"),
        ("List<Text>和<size>", "List<Text>和<size>"),
        ("Map<K, V> 的 <K,V>", "Map<K, V> 的 <K,V>"),
        ("见<ftp://a.cn/b>", "见ftp://a.cn/b"),
        ("用 List<std::string>", "用 List<std::string>"),
    ],
)
def test_components_vanish_and_text_in_angle_brackets_stays(source: str, text: str) -> None:
    assert kinds(source) == [("paragraph", text)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "甲\n\n    int a;\n      b;\n\n    c;\n\n乙",
            [("paragraph", "甲"), ("code", "int a;\n  b;\n\nc;"), ("paragraph", "乙")],
        ),
        ("    2023年6月，民警走访。", [("paragraph", "2023年6月，民警走访。")]),
        ("    Hello, world!\n\n    民警走访。", [("code", "Hello, world!"), ("paragraph", "民警走访。")]),
        ("    if a:  # 注释", [("paragraph", "if a:  # 注释")]),
        ("    x = 1\n    # 注释", [("code", "x = 1\n# 注释")]),
        ("    <img src='a.png'>", [("paragraph", "a.png")]),
        ("甲\n    second line", [("paragraph", "甲second line")]),
    ],
)
def test_indented_lines_are_code_unless_they_are_chinese(body: str, expected: list[tuple[str, str]]) -> None:
    assert kinds(body) == expected


def test_picture_on_its_own_line_is_a_caption() -> None:
    assert blocks("![图为宣传现场。]()") == (Block("caption", "图为宣传现场。"),)


def test_spans_point_to_their_text() -> None:
    (block,) = blocks("见[公告](https://a.cn)与`代码`")
    assert block.spans == (InlineSpan("link", 1, 3, "https://a.cn"), InlineSpan("code", 4, 6))


EVERYTHING = """组织**“红枫义警”**以多种形式，见[公告](https://a.cn/x(1)y)。

## 全民动员，织密平安“防护网”

> 引用一

>> 深

- 一
    - 二
        1. 三
- 四

| 地区 | 起数 |
| --- | --: |
| 开鲁 | **3** |

![图为民警宣传。](a.jpg)

---

```
code
```

文[^1]

[^1]: 注 ***粗斜*** `code`"""


def test_written_blocks_are_read_back_the_same() -> None:
    once = blocks(EVERYTHING)
    assert blocks(render(once)) == once
    assert render(blocks(render(once))) == render(once)


@pytest.mark.parametrize(
    "text", ["• 甲", "•", '!!! note "甲"', '??? 甲 "乙"', '=== "甲"', "{: .甲}", "::: 甲", "- - -"]
)
def test_written_paragraph_that_looks_like_another_block_is_a_paragraph(text: str) -> None:
    block = blocks("甲")[0]._replace(text=text)
    assert blocks(render([block])) == (block,)


def test_escaped_backtick_before_backticks_opens_no_code() -> None:
    assert blocks("电话\\```报警")[0].text == "电话```报警"


PIECES = (
    "禁 毒 a 1 ， “ ” * ** _ ~~ ` `` [ ] ( ) ](x) ![ ![a](b) < &amp; & \\ | --- |-|-| |a|b| [^1] https://a.cn/b = + ."
)
pieces = st.sampled_from(
    [*PIECES.split(), "[^1]: ", " ", "  ", "    ", "\u3000", "\n", "\n\n", "- ", "1. ", "> ", "# ", "## ", "```\n"]
)
bodies = st.lists(pieces, max_size=20).map("".join)


@given(bodies | st.text(max_size=60).map(clean))
def test_any_body_is_the_same_after_parsing_and_writing(body: str) -> None:
    once = blocks(body)
    assert blocks(render(once)) == once


@given(bodies)
def test_spans_are_inside_the_text_of_one_line(body: str) -> None:
    for block in blocks(body):
        assert all(0 <= mark.start < mark.end <= len(block.text) for mark in block.spans)
        assert block.kind in ("table", "code") or "\n" not in block.text


@given(st.lists(st.text(alphabet="禁毒12-+•.) \n\u3000a，", max_size=8), max_size=4).map("\n\n".join))
def test_quick_parser_for_plain_bodies_agrees_with_the_full_one(body: str) -> None:
    assert blocks(body) == blocks(body + "\n\n[^1]: 注")[:-1]


@pytest.mark.parametrize(
    "body",
    [
        ">" * 10_000 + "深",
        "".join(" " * depth + "- 深\n" for depth in range(0, 400, 2)),
        "[" * 100_000,
        "[a](" * 50_000,
        "*a" * 50_000 + "a*" * 50_000,
        "`a" * 100_000,
        "- " * 50_000 + "a",
        "|a" * 50_000 + "\n" + "|-" * 50_000,
        "![" + "\\" * 100_000,
        "&" * 100_000,
        "禁毒" * 500_000,
    ],
)
def test_hostile_bodies_take_linear_time(body: str) -> None:
    """Quadratic time would be minutes here and exceed the time limit of the tests."""
    assert blocks(body)
    assert all(block.level < 8 for block in blocks(body))
