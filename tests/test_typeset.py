"""Lines of Chinese text: nothing lost, nothing too wide, and none of the judge's thirteen faults."""

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.chinese import hostile, paragraph
from tests.typeset_judge import Fault, judge
from tui.article import Block
from tui.compose import ComposedArticle, compose
from tui.library import open_library
from tui.markdown import blocks
from tui.paths import content_dir
from tui.typeset import Style, even, painted, prepare, print_page, wrap
from tui.typeset.normalise import normalise

SEED = Path(__file__).resolve().parent.parent / "seeds" / "000_d0cbc93060d4aa0e.txt"
STYLES = {
    "plain": Style(),
    "padded": Style(quotes="padded"),
    "hanging": Style(hanging=True),
    "justified": Style(justify=True),
    "wide": Style(ambiguous=2),
    "optimal": Style(optimal=True),
    "all": Style(quotes="padded", hanging=True, justify=True, optimal=True),
}
widths = st.integers(16, 96)


def paragraphs_of(text: str) -> list[tuple[str, str]]:
    return [("paragraph", " ".join(piece.split())) for piece in re.split(r"\n\s*\n", text) if piece.strip()]


def set_rows(paragraphs: list[tuple[str, str]], measure: int, style: Style) -> list[str]:
    made = tuple(Block("paragraph", text) for _, text in paragraphs)
    return list(print_page(ComposedArticle(made, 0, len(made)), measure, style))


def faults(paragraphs: list[tuple[str, str]], measure: int, style: Style) -> list[Fault]:
    rows = set_rows(paragraphs, measure, style)
    return judge(
        paragraphs,
        rows,
        measure,
        ambiguous=style.ambiguous,
        gutter=2 * style.hanging,
        padded=style.quotes == "padded",
    )


def rows_of(text: str, measure: int, style: Style | None = None) -> list[str]:
    style = style or Style()
    block = prepare(Block("paragraph", text), style.ambiguous, level=style.level, quotes=style.quotes)
    return [painted(block, line) for line in wrap(block, measure, style)]


@pytest.mark.parametrize("mode", STYLES)
@settings(max_examples=40, deadline=None)
@given(texts=st.lists(paragraph, min_size=1, max_size=3), measure=widths)
def test_generated_bulletins_are_set_without_a_fault(mode: str, texts: list[str], measure: int) -> None:
    assert faults([("paragraph", text) for text in texts], measure, STYLES[mode]) == []


@pytest.mark.parametrize("mode", STYLES)
def test_seed_page_is_set_without_a_fault_at_every_width(mode: str) -> None:
    paragraphs = paragraphs_of(SEED.read_text("utf-8"))
    step = 1 if mode == "plain" else 9
    found = {width: faults(paragraphs, width, STYLES[mode]) for width in range(16, 97, step)}
    assert {width: wrong for width, wrong in found.items() if wrong} == {}


@settings(max_examples=100, deadline=None)
@given(text=st.one_of(paragraph, hostile), measure=st.integers(1, 120), mode=st.sampled_from(sorted(STYLES)))
def test_every_code_point_is_on_one_line_except_spaces_between(text: str, measure: int, mode: str) -> None:
    style = STYLES[mode]
    block = prepare(Block("paragraph", text), style.ambiguous, quotes=style.quotes)
    at = 0
    for line in wrap(block, measure, style):
        assert not text[at : line.start].strip() or set(block.shown[at : line.start]) <= set(" \u3000")
        assert line.start <= line.end
        at = max(at, line.end)
    assert not block.shown[at:].strip()


@settings(max_examples=100, deadline=None)
@given(text=st.one_of(paragraph, hostile), measure=st.integers(3, 120))
def test_no_line_is_wider_than_the_measure(text: str, measure: int) -> None:
    block = prepare(Block("paragraph", text))
    for line in wrap(block, measure):
        assert line.indent + block.width(line.start, line.end) + len(line.gaps) <= max(measure, 4)


@settings(max_examples=100, deadline=None)
@given(text=hostile, measure=st.integers(1, 40))
def test_set_text_contains_no_controls(text: str, measure: int) -> None:
    for row in rows_of(text, measure):
        assert not any(unicodedata.category(c) == "Cc" or c in "\u202e\u200b" for c in row)


@settings(max_examples=100, deadline=None)
@given(text=paragraph, narrow=widths, wider=st.integers(0, 40))
def test_narrower_measure_gives_no_fewer_lines(text: str, narrow: int, wider: int) -> None:
    style = Style(indent=0)
    assert len(rows_of(text, narrow, style)) >= len(rows_of(text, narrow + wider, style))


@settings(max_examples=100, deadline=None)
@given(text=paragraph, measure=widths)
def test_optimal_breaks_need_as_many_lines_as_first_fit(text: str, measure: int) -> None:
    assert len(rows_of(text, measure, Style(optimal=True))) == len(rows_of(text, measure))


@settings(max_examples=100, deadline=None)
@given(text=st.one_of(paragraph, hostile))
def test_normalise_keeps_the_length_and_is_idempotent(text: str) -> None:
    restored = normalise(text)
    assert len(restored) == len(text)
    assert normalise(restored) == restored


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("民警,群众", "民警，群众"),
        ("时间:15:30,地点", "时间：15:30，地点"),
        ("返还1,000元", "返还1,000元"),
        ("(刘星)", "（刘星）"),
        ("电信(China Telecom)", "电信（China Telecom）"),
        ("see (p. 3), then", "see (p. 3), then"),
        ("他说:“好!”", "他说：“好！”"),
        ("下载APP, 并注册", "下载APP， 并注册"),
        ("打开https://a.cn/?x=1", "打开https://a.cn/?x=1"),
        ("打击犯罪.", "打击犯罪。"),
        ("约翰.史密斯", "约翰.史密斯"),
        ('称为"义警"的人', "称为“义警”的人"),
        ('5"的屏', '5"的屏'),
        ("1)打击", "1）打击"),
    ],
)
def test_punctuation_is_restored_in_chinese_context(written: str, shown: str) -> None:
    assert normalise(written) == shown


@pytest.mark.parametrize(
    "whole",
    [
        *(
            "20个",
            "30多分钟",
            "2023年",
            "6月",
            "3.5%",
            "1,234.56万元",
            "第18轮",
            "15:30",
            "±800千伏",
            "５００元",
        ),
        *(
            "COVID-19",
            "GB/T",
            "don’t",
            "police@nmg.cn",
            "……",
            "——",
            "“不”",
            "（局）",
            "e\u0301",
            "🇨🇳",
            "👨\u200d👩",
            "1\ufe0f\u20e3",
        ),
    ],
)
@pytest.mark.parametrize("before", range(12))
def test_unbreakable_units_stay_on_one_line(whole: str, before: int) -> None:
    rows = rows_of("文" * before + whole + "字字字字", 24, Style(indent=0))
    shown = painted(block := prepare(Block("paragraph", whole)), wrap(block, 80, Style(indent=0))[0])
    assert any(shown in row for row in rows)


def test_normalise_gives_up_on_a_long_chain_of_marks() -> None:
    """Each replaced mark makes the next one change, so there would be as many passes as marks."""
    assert normalise(") " * 20_000 + "好").endswith("） ） 好")
    assert len(normalise(")" * 20_000 + "好")) == 20_001


def test_long_measure_word_leaves_its_number_on_a_short_line() -> None:
    assert rows_of("全年发电" + "文" * 6 + "880亿千瓦时电力", 28, Style(indent=0))[0].endswith("880亿")
    assert rows_of("全年发电" + "文" * 8 + "880亿千瓦时电力", 28, Style(indent=0))[0].endswith("文")


def test_long_address_is_cut_after_its_signs() -> None:
    rows = rows_of("https://www.nmg.gov.cn/police/2023/06/01/index.html", 20, Style(indent=0))
    assert all(len(row) <= 20 for row in rows)
    assert all(row[-1] in "/.-" for row in rows[:-1])


def test_padding_is_dropped_at_both_ends_of_a_line() -> None:
    rows = rows_of("民警“红枫”群众“义警”送来锦旗", 16, Style(indent=0, quotes="padded"))
    assert rows == ["民警 “红枫” 群众", "“义警” 送来锦旗"]


def test_padding_is_dropped_when_the_next_unit_then_fits() -> None:
    text = "伊拉克民兵武装“伊斯兰抵抗组织”5日发表声明"
    assert rows_of(text, 34, Style(indent=0, quotes="padded"))[0] == "伊拉克民兵武装 “伊斯兰抵抗组织”5日"


def test_pause_mark_hangs_in_the_gutter() -> None:
    text = "民警前往景区向群众，发放宣传单"
    assert rows_of(text, 18, Style(indent=0))[0] == "民警前往景区向群"
    assert rows_of(text, 18, Style(indent=0, hanging=True))[0] == "民警前往景区向群众，"


def test_missing_cells_go_to_spaces_then_seams_then_after_marks() -> None:
    text = "民警用APP办案，很快，群众很满意，送来锦旗"
    block = prepare(Block("paragraph", text))
    first = wrap(block, 26, Style(indent=0, justify=True))[0]
    assert painted(block, first) == "民警用APP 办案，很快，群众"


@pytest.mark.parametrize("measure", [2, 4, 6, 8, 10, 11, 12, 13, 19, 20, 21])
def test_narrow_measure_shows_all_text(measure: int) -> None:
    text = "6月1日15时许,民警在APP上接到报警……"
    assert "".join("".join(rows_of(text, measure)).split()) == normalise(text)


@pytest.mark.parametrize(("measure", "indent"), [(11, 0), (12, 2), (28, 2), (29, 4), (80, 4)])
def test_indent_of_the_first_line_depends_on_the_measure(measure: int, indent: int) -> None:
    row = rows_of("开鲁县公安局组织民警开展反诈宣传活动", measure)[0]
    assert len(row) - len(row.lstrip()) == indent


def test_level_gb_lets_an_unsplit_ellipsis_begin_a_line() -> None:
    text = "文字文字……文字"
    assert rows_of(text, 8, Style(indent=0, level="gb"))[1].startswith("……")
    assert rows_of(text, 8, Style(indent=0))[1].startswith("字……")


def test_measure_is_in_whole_characters() -> None:
    assert [even(n) for n in (1, 2, 3, 79, 80)] == [2, 2, 2, 78, 80]


def test_empty_paragraph_has_one_empty_line() -> None:
    for text in ("", " ", "\u3000\u3000"):
        assert rows_of(text, 20) == [""]


def test_long_paragraph_is_prepared_in_pieces() -> None:
    text = "开鲁县公安局组织民警在20个社区开展“反诈”宣传活动，群众很欢迎。" * 4000
    block = prepare(Block("paragraph", text))
    block.fit(0, len(text), 72, False)
    assert block.ready < len(text) // 4
    lines = wrap(block, 72)
    assert block.ready == len(text)
    assert lines[-1].end == len(text)
    short = prepare(Block("paragraph", text[:9000]))
    assert wrap(short, 72)[:200] == lines[:200]


@pytest.mark.parametrize("measure", [16, 19, 28, 40, 44, 57, 72, 96])
def test_bundled_articles_are_set_without_a_fault(measure: int) -> None:
    articles, problems = open_library(content_dir()).load()
    assert len(articles) == 7
    assert not problems
    for article in articles:
        page = compose(article, blocks(article.body), chrome=False)
        sources = [("paragraph" if b.kind in ("paragraph", "caption") else b.kind, b.text) for b in page.blocks]
        assert judge(sources, list(print_page(page, measure)), measure) == []


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ('运行`echo "你好,世界"`即可,"真的"好', '运行echo "你好,世界"即可，“真的”好'),
        ('他说"好",`a"`', '他说“好”，a"'),
        ("见 <https://a.cn/a,b(1)>,丙", "见 https://a.cn/a,b(1)，丙"),
    ],
)
def test_punctuation_stays_as_written_in_code_and_addresses(source: str, shown: str) -> None:
    prepared = prepare(blocks(source)[0])
    prepared.reach(prepared.size)
    assert prepared.shown == shown
