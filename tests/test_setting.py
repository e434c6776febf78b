"""Pages laid out row by row: every kind of block, headlines, and long articles laid out on demand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.chinese import hostile, paragraph
from tui.article import Article, Block, BlockKind, InlineSpan
from tui.compose import ComposedArticle, compose
from tui.typeset import PageLayout, Style, print_page, set_page

KINDS: tuple[BlockKind, ...] = (
    *("headline", "meta", "byline", "paragraph", "subhead", "quote"),
    *("item", "table", "caption", "code", "rule", "footnote"),
)


def page_of(*blocks: Block) -> ComposedArticle:
    return ComposedArticle(blocks, 0, len(blocks))


def printed(*blocks: Block, measure: int = 40, style: Style | None = None) -> list[str]:
    return list(print_page(page_of(*blocks), measure, style))


def test_headline_breaks_at_its_space_and_is_centred() -> None:
    assert printed(Block("headline", "筑牢禁毒防线 守护一方净土"), measure=20) == [
        "    筑牢禁毒防线",
        "    守护一方净土",
    ]


@pytest.mark.parametrize("measure", range(16, 31, 2))
def test_headline_is_not_broken_inside_a_quoted_term(measure: int) -> None:
    rows = printed(Block("headline", "代钦塔拉派出所组织“红枫义警”开展《反诈工作手册》宣传"), measure=measure)
    assert any("“红枫义警”" in row for row in rows)
    assert any("《反诈工作手册》" in row for row in rows)


def test_headline_without_a_space_is_balanced() -> None:
    rows = [row.strip() for row in printed(Block("headline", "牧民群众交口称赞草原上的移动警务室"), measure=32)]
    assert len(rows) == 2
    assert abs(len(rows[0]) - len(rows[1])) <= 3


def test_headline_is_not_broken_inside_a_name() -> None:
    article = Article("a/b", ("派出所民警苏和巴特尔获评全国最美基层民警",), authors=("苏和巴特尔",))
    for measure in range(16, 40, 2):
        rows = list(print_page(compose(article, []), measure))
        assert any("苏和巴特尔" in row for row in rows)


def test_byline_is_aligned_right() -> None:
    assert printed(Block("byline", "（刘星）"), measure=20) == [" " * 12 + "（刘星）"]


def test_item_hangs_on_its_marker() -> None:
    rows = printed(Block("item", "对农村偏远地区等地势隐蔽之处逐一进行排查。", marker="1."), measure=24)
    assert rows[0].startswith("1.  对农村")
    assert rows[1].startswith("    ")


def test_nested_item_is_indented_further() -> None:
    assert printed(Block("item", "罂粟", marker="•", level=1))[0] == "    • 罂粟"


def test_quotation_is_indented() -> None:
    rows = printed(Block("quote", "毒品不仅危害人的身体健康，更会破坏家庭、社会和民族团结。"), measure=40)
    assert [len(row) - len(row.lstrip()) for row in rows] == [8, 4]


TABLE = Block("table", "项目\t上半年\t同比\n反诈宣传\t120场\t12.5%\n破获案件\t1,345起\t-3%", marker="lrr")


def test_table_has_aligned_columns() -> None:
    assert [row.strip() for row in printed(TABLE)] == [
        "项目       上半年   同比",
        "-" * 24,
        "反诈宣传    120场  12.5%",
        "破获案件  1,345起    -3%",
    ]


def test_table_too_wide_becomes_a_list_of_rows() -> None:
    assert printed(TABLE, measure=20) == [
        *("项目：反诈宣传", "上半年：120场", "同比：12.5%", ""),
        *("项目：破获案件", "上半年：1,345起", "同比：-3%"),
    ]


def test_code_is_cut_only_at_the_measure() -> None:
    assert printed(Block("code", "def 报警(x):\n    return x"), measure=40) == ["  def 报警(x):", "      return x"]


def test_footnote_hangs_and_rule_is_centred() -> None:
    assert printed(Block("footnote", "据开鲁县公安局通报。", marker="[1]"))[0] == "[1] 据开鲁县公安局通报。"
    assert printed(Block("rule", ""))[0].strip() == "＊　＊　＊"


def test_styled_rows_have_the_text_of_plain_rows() -> None:
    block = Block("paragraph", "“红枫义警”以多种形式开展反诈宣传活动。", (InlineSpan("strong", 0, 6),))
    styled = list(print_page(page_of(block), 20, styled=True))
    assert styled[0].startswith("  \x1b[1m“红枫义警”\x1b[0m")
    assert ["".join(row.replace("\x1b[1m", "").replace("\x1b[0m", "")) for row in styled] == printed(block, measure=20)


@settings(max_examples=60, deadline=None)
@given(text=st.one_of(paragraph, hostile), kind=st.sampled_from(KINDS), measure=st.integers(1, 60))
def test_any_block_is_set_at_any_measure(text: str, kind: BlockKind, measure: int) -> None:
    block = Block(kind, text, marker="1.", level=2)
    setting = set_page(page_of(block), measure)
    lines = setting.lines(0)
    assert lines
    at = 0
    for line in lines:
        assert at <= line.start <= line.end <= len(text)
        at = line.end
    if kind not in ("rule", "table"):
        shown = setting.prepared(0).shown
        kept = "".join(shown[line.start : line.end] for line in lines)
        assert "".join(kept.split()) == "".join(shown.split())


ARTICLE = page_of(
    Block("headline", "筑牢禁毒防线 守护一方净土"),
    *(Block("paragraph", f"第{n}段，" + "开鲁县公安局组织民警开展反诈宣传活动。" * (n % 7 + 1)) for n in range(60)),
    Block("byline", "（刘星）"),
)


def test_rows_and_positions_map_to_each_other() -> None:
    setting = set_page(ARTICLE, 40)
    while setting.settle(500):
        pass
    for y in range(setting.rows):
        row = setting.row(y)
        if row.line:
            assert setting.row_of(row.block, row.line.start) == y
            assert setting.row_of(row.block, max(row.line.start, row.line.end - 1)) == y
    with pytest.raises(IndexError):
        setting.row(setting.rows)


@settings(max_examples=30, deadline=None)
@given(first=st.integers(0, 61), offset=st.integers(0, 60), measure=st.integers(10, 80))
def test_rows_do_not_depend_on_the_order_of_access(first: int, offset: int, measure: int) -> None:
    looked = set_page(ARTICLE, measure)
    looked.row_of(first, offset)
    whole = [looked.row(y) for y in range(set_all(looked).rows)]
    fresh = set_page(ARTICLE, measure)
    assert whole == [fresh.row(y) for y in range(set_all(fresh).rows)]


def set_all(setting: PageLayout) -> PageLayout:
    while setting.settle(100_000):
        pass
    return setting


def test_first_screen_of_a_long_article_sets_little_of_it() -> None:
    blocks = tuple(Block("paragraph", "开鲁县公安局组织民警开展反诈宣传活动。" * 10) for _ in range(5000))
    setting = set_page(page_of(*blocks), 72)
    for y in range(36):
        setting.row(y)
    assert not setting.is_settled
    assert len(setting._kept) < 20
    assert setting.rows > 5000


def test_first_screen_of_a_long_paragraph_sets_little_of_it() -> None:
    setting = set_page(page_of(Block("paragraph", "开鲁县公安局组织民警开展反诈宣传活动。" * 50_000)), 72)
    for y in range(36):
        setting.row(y)
    assert setting.prepared(0).ready < 20_000


def test_paragraphs_are_separated_by_the_chosen_blank_lines() -> None:
    two = (Block("paragraph", "一"), Block("paragraph", "二"))
    assert printed(*two) == ["    一", "    二"]
    assert printed(*two, style=Style(blank_lines=1)) == ["    一", "", "    二"]
