"""The reader pane at any width: painted text, position, selection, links."""

import pytest
from textual.app import App, ComposeResult
from textual.geometry import Offset
from textual.pilot import Pilot
from textual.selection import SELECT_ALL, Selection
from textual.strip import Strip

from tests.reading_room import source_text
from tests.typeset_judge import judge
from tui.article import Article, Block, InlineSpan
from tui.cells import cell_len
from tui.compose import ComposedArticle, compose
from tui.theme import BUILTIN
from tui.typeset import Style
from tui.widgets.article_page import ArticlePage
from tui.widgets.character_selection import SelectsWholeCharacters
from tui.widgets.page_scroll import TOP

ARTICLE = Article("2023/001", ("筑牢禁毒防线", "守护一方净土"), place="开鲁", dateline="开鲁讯", byline="（刘星）")
SENTENCE = "6月1日,民警在“反诈”宣传中对农村偏远地区和田间地头、房前屋后、废弃宅院等重点区域逐一进行了排查,群众很欢迎。"
BODY = (
    *(Block("paragraph", f"第{n}天，" + SENTENCE * (n % 4 + 1)) for n in range(1, 9)),
    Block("subhead", "踏查铲毒，打好禁种“阻击战”", level=2),
    Block(
        "paragraph",
        "详见通报[1]，或看国家反诈中心。",
        (InlineSpan("note", 4, 7, "1"), InlineSpan("link", 10, 16, "https://a.cn")),
    ),
    *(Block("paragraph", f"又第{n}天，" + SENTENCE * (n % 3 + 1)) for n in range(1, 9)),
    Block("footnote", "开鲁县公安局通报。", marker="[1]"),
)
PAGE = compose(ARTICLE, BODY)
SUBHEAD = 10


class ReaderScreen(SelectsWholeCharacters[None]):
    CSS = "ArticlePage { width: 1fr; height: 1fr; }"

    def compose(self) -> ComposeResult:
        yield ArticlePage()


class ReaderApp(App[None]):
    def __init__(self, screen: type[SelectsWholeCharacters[None]] = ReaderScreen) -> None:
        super().__init__()
        self.first = screen
        self.links: list[str] = []
        self.places: list[ArticlePage.PositionChanged] = []

    def get_default_screen(self) -> SelectsWholeCharacters[None]:
        return self.first()

    def on_article_page_link_chosen(self, message: ArticlePage.LinkChosen) -> None:
        self.links.append(message.target)

    def on_page_scroll_position_changed(self, message: ArticlePage.PositionChanged) -> None:
        self.places.append(message)


async def opened(pilot: Pilot[None], page: ComposedArticle = PAGE) -> ArticlePage:
    await pilot.pause()
    pane = pilot.app.screen.query_one(ArticlePage)
    pane.page = page
    await pilot.pause()
    return pane


def rows(pane: ArticlePage) -> list[str]:
    return [pane.render_line(y).text.rstrip() for y in range(pane.size.height)]


def screen_rows(pilot: Pilot[None]) -> list[str]:
    """Return the rows of the screen as Textual last drew them."""
    return ["".join(segment.text for segment in strip) for strip in pilot.app.screen._compositor.render_strips()]


def cell_of(pane: ArticlePage, block: int, offset: int) -> tuple[int, int]:
    """Return column and row of a character in the pane."""
    assert pane._setting is not None
    y = pane._setting.row_of(block, offset)
    line = pane._setting.row(y).line
    assert line is not None
    before = pane._setting.prepared(block).painted(line.start, offset)
    return pane._left + line.indent + cell_len(before), y + TOP - pane.scroll_offset.y


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (44, 20), (20, 15)])
@pytest.mark.parametrize("style", [Style(), Style(quotes="padded", justify=True), Style(hanging=True, optimal=True)])
async def test_screen_has_no_typesetting_fault(size: tuple[int, int], style: Style) -> None:
    app = ReaderApp()
    async with app.run_test(size=size) as pilot:
        pane = await opened(pilot)
        pane.setting_style = style
        shown: list[str] = []
        for _ in range(200):
            await pilot.pause()
            assert pane._setting is not None
            top = pane.scroll_offset.y
            for y, strip in enumerate(app.screen._compositor.render_strips()):
                text = "".join(segment.text for segment in strip)[pane._left :]
                if top + y == len(shown):
                    shown.append(text[:-2])
            if top >= pane.max_scroll_y:
                break
            pane.line_down(pane.size.height - 3)
        sources = [("paragraph" if b.kind == "paragraph" else "other", b.text) for b in PAGE.blocks]
        assert pane._setting is not None
        measure = pane._setting.measure
        gutter = 2 * style.hanging
        # The pane paints a footnote's marker, which is not part of its text.
        shown = [row.replace("[1] 开鲁", "开鲁") for row in shown]
        found = judge(sources, shown, measure, gutter=gutter, padded=style.quotes == "padded")
        assert found == []


@pytest.mark.parametrize("width", [1, 2, 3, 4, 5, 7, 10, 200])
async def test_page_fills_the_pane_at_any_width(width: int) -> None:
    async with ReaderApp().run_test(size=(width, 6)) as pilot:
        pane = await opened(pilot)
        pane.page_down()
        pane.to_end()
        await pilot.pause()
        assert all(strip.cell_length == pane._width for strip in map(pane.render_line, range(6)))


async def test_position_stays_when_pane_or_measure_is_resized() -> None:
    async with ReaderApp().run_test(size=(100, 20)) as pilot:
        pane = await opened(pilot)
        pane.go_to(6, 70)
        await pilot.pause()
        for width in (60, 33, 21, 140, 100):
            await pilot.resize_terminal(width, 20)
            await pilot.pause()
            assert pane.page_position == (6, 70)
            assert pane.is_shown(6, 70)
        for measure in (40, 20, 96):
            pane.measure = measure
            await pilot.pause()
            assert pane.page_position == (6, 70)
            top = pane._row_at(pane.scroll_offset.y)
            assert top is not None and top.line is not None
            assert top.line.start <= 70 < top.line.end


async def test_measure_is_in_whole_characters_and_the_column_is_centred() -> None:
    async with ReaderApp().run_test(size=(101, 20)) as pilot:
        pane = await opened(pilot)
        for width in range(24, 110, 7):
            await pilot.resize_terminal(width, 20)
            await pilot.pause()
            assert pane._setting is not None
            assert pane._setting.measure % 2 == 0
            left, right = pane._left, pane._width - pane._left - pane._setting.measure
            assert 0 <= right - left <= 1


async def test_line_and_page_commands_scroll_without_delay() -> None:
    async with ReaderApp().run_test(size=(80, 20)) as pilot:
        pane = await opened(pilot)
        seen: list[int] = []
        line, page, half = pane.line_down, pane.page_down, pane.half_page_down
        for move, count in ((line, 1), (line, 1), (line, -1), (page, 1), (half, -1), (page, -1)):
            move(count)
            seen.append(pane.scroll_offset.y)
        assert seen == [1, 2, 1, 19, 9, 0]
        pane.to_end()
        assert pane.scroll_offset.y == pane.max_scroll_y
        assert pane.percent == 100
        pane.to_top()
        assert pane.page_position == (0, 0)


async def test_position_change_is_announced_once() -> None:
    app = ReaderApp()
    async with app.run_test(size=(80, 20)) as pilot:
        pane = await opened(pilot)
        app.places.clear()
        pane.go_to(5)
        await pilot.pause()
        pane.go_to(5)
        await pilot.pause()
        assert [(place.block, place.offset) for place in app.places] == [(5, 0)]
        assert 0 < app.places[0].percent < 100


async def test_match_is_highlighted_across_lines_and_bold_when_current() -> None:
    async with ReaderApp().run_test(size=(60, 20)) as pilot:
        pane = await opened(pilot)
        pane.look = BUILTIN[0]
        line = next(line for line in pane._setting.lines(2) if line.start > 0) if pane._setting else None
        assert line is not None
        span = (line.start - 2, line.start + 2)
        pane.matches = {2: (span, (line.start + 5, line.start + 7))}
        pane.current_match = (2, *span)
        await pilot.pause()
        painted: dict[int, tuple[str, bool]] = {}
        hit = pane._paint.hit.bgcolor if pane._paint else None
        here = pane._paint.here.bgcolor if pane._paint else None
        for offset in range(line.start - 4, line.start + 9):
            x, y = cell_of(pane, 2, offset)
            style = next(s.style for s in pane.render_line(y).crop(x, x + 1))
            assert style is not None
            name = "here" if style.bgcolor == here else "hit" if style.bgcolor == hit else ""
            painted[offset - line.start] = (name, bool(style.bold))
        assert [k for k, (name, _) in painted.items() if name == "here"] == [-2, -1, 0, 1]
        assert [k for k, (name, _) in painted.items() if name == "hit"] == [5, 6]
        assert all(bold == (name == "here") for name, bold in painted.values())


async def test_mouse_selects_whole_characters_of_the_source_text() -> None:
    async with ReaderApp().run_test(size=(60, 20)) as pilot:
        pane = await opened(pilot)
        start, end = cell_of(pane, 2, 12), cell_of(pane, 2, 40)
        assert start[1] != end[1]
        # Press on the right half of a wide character, release on the right half of another.
        await pilot.mouse_down(pane, offset=(start[0] + 1, start[1]))
        await pilot.hover(pane, offset=(end[0] + 1, end[1]))
        await pilot.mouse_up(pane, offset=(end[0] + 1, end[1]))
        await pilot.pause()
        assert pilot.app.screen.get_selected_text() == PAGE.blocks[2].text[12:41]


async def test_selection_has_one_line_per_block_without_restored_punctuation() -> None:
    async with ReaderApp().run_test(size=(60, 20)) as pilot:
        pane = await opened(pilot)
        selected = pane.get_selection(Selection(Offset(7, 0), Offset(4, 2)))
        assert selected == ("守护一方净土\n" + PAGE.blocks[2].text[:4], "\n")
        everything = pane.get_selection(SELECT_ALL)
        assert everything is not None
        assert everything[0] == source_text(pane)
        assert "民警在“反诈”宣传中" in everything[0]
        assert ",民警" in everything[0]


async def test_click_opens_a_link_and_goes_to_a_footnote() -> None:
    app = ReaderApp()
    async with app.run_test(size=(80, 20)) as pilot:
        pane = await opened(pilot)
        block = SUBHEAD + 1
        pane.go_to(block)
        await pilot.pause()
        await pilot.click(pane, offset=cell_of(pane, block, 12))
        assert app.links == ["https://a.cn"]
        await pilot.click(pane, offset=cell_of(pane, block, 5))
        await pilot.pause()
        assert pane.is_shown(len(PAGE.blocks) - 2, 0)
        assert [mark.target for _, mark in pane.links] == ["1", "https://a.cn"]


async def test_page_scrolls_only_to_a_character_out_of_view() -> None:
    async with ReaderApp().run_test(size=(80, 20)) as pilot:
        pane = await opened(pilot)
        pane.bring_into_view(2, 3)
        assert pane.scroll_offset.y == 0
        pane.bring_into_view(14, 30)
        assert pane.is_shown(14, 30)
        assert pane.page_position != (14, 30)


async def test_new_page_starts_at_its_top() -> None:
    async with ReaderApp().run_test(size=(80, 20)) as pilot:
        pane = await opened(pilot)
        pane.to_end()
        pane.page = compose(ARTICLE, BODY[:3])
        await pilot.pause()
        assert pane.page_position == (0, 0)
        assert pane.scroll_offset.y == 0


async def test_pane_is_blank_without_a_page() -> None:
    async with ReaderApp().run_test(size=(80, 20)) as pilot:
        pane = await opened(pilot)
        pane.page = None
        await pilot.pause()
        assert not any(rows(pane))


async def test_style_change_is_painted_at_once() -> None:
    """This includes styles that change neither the number of rows nor the position."""
    async with ReaderApp().run_test(size=(120, 20)) as pilot:
        pane = await opened(pilot)
        for style in (Style(hanging=True), Style(optimal=True), Style(indent=0), Style()):
            pane.setting_style = style
            await pilot.pause()
            assert [row[:-2].rstrip() for row in screen_rows(pilot)] == rows(pane)


LONG = compose(ARTICLE, tuple(Block("paragraph", f"第{n}段，" + SENTENCE * (n % 9 + 1)) for n in range(2500)))


async def test_long_article_is_set_on_demand_and_completed_without_jumps() -> None:
    async with ReaderApp().run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        pane = pilot.app.screen.query_one(ArticlePage)
        pane.page = LONG
        setting = pane._setting
        assert setting is not None
        begun = not setting.is_settled
        assert begun
        pane.to_end()
        assert rows(pane)[-2].strip() == "（刘星）"
        pane.go_to(1200, 100)
        before = rows(pane)
        while not setting.is_settled:
            await pilot.pause(0.02)
        assert rows(pane) == before
        assert pane.page_position == (1200, 100)
        pane.line_down(-1)
        assert rows(pane)[1:] == before[:-1]


async def test_scrolling_up_a_long_article_skips_no_row() -> None:
    async with ReaderApp().run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        pane = pilot.app.screen.query_one(ArticlePage)
        pane.page = LONG
        pane.to_end()
        for _ in range(40):
            before = rows(pane)
            pane.line_down(-3)
            assert rows(pane)[3:] == before[:-3]


async def test_joined_emoji_are_painted_at_their_measured_width() -> None:
    page = ComposedArticle((Block("paragraph", "👨\u200d👩\u200d👧" * 20 + "❤\ufe0f🇨🇳"),), 0, 1)
    async with ReaderApp().run_test(size=(40, 6)) as pilot:
        pane = await opened(pilot, page)
        assert pane._setting is not None
        for y, line in enumerate(pane._setting.lines(0)):
            width = pane._setting.prepared(0).width(line.start, line.end)
            assert cell_len(rows(pane)[y + TOP]) == pane._left + line.indent + width


class Watched(ArticlePage):
    """A page that records the pane width and column width of every row it paints."""

    def __init__(self) -> None:
        super().__init__()
        self.painted: set[tuple[int, int]] = set()

    def draw_row(self, row: int) -> Strip:
        strip = super().draw_row(row)
        if self._setting is not None:
            self.painted.add((self._width, self._left * 2 + self._setting.measure))
        return strip


class WatchedScreen(SelectsWholeCharacters[None]):
    CSS = "Watched { width: 1fr; height: 1fr; }"

    def compose(self) -> ComposeResult:
        yield Watched()


async def test_no_frame_shows_lines_set_for_another_width() -> None:
    app = ReaderApp(WatchedScreen)
    async with app.run_test(size=(100, 20)) as pilot:
        await pilot.pause()
        pane = app.screen.query_one(Watched)
        pane.page = PAGE
        pane.go_to(6, 70)
        for width in (60, 33, 140, 21):
            await pilot.resize_terminal(width, 20)
            await pilot.pause()
            assert pane.page_position == (6, 70)
        assert {abs(width - column) <= 1 for width, column in pane.painted} == {True}
