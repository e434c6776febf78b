"""What the app handles outside the screens: choosers, themes, settings, links."""

from pathlib import Path

import pytest

from tests.reading_room import reading_room
from tests.small import SmallCatalogue, articles, stores
from tui.app import links
from tui.app.links import open_link
from tui.i18n import set_language
from tui.problem import Problem


@pytest.mark.parametrize("typed", ["收藏或取消", "star", "shoucang", "schqx"])
async def test_palette_finds_a_command_by_chinese_english_pinyin_and_initials(typed: str) -> None:
    async with reading_room() as room:
        await room.press("colon")
        assert room.chooser
        await room.type(typed)
        await room.pilot.pause()
        assert room.chooser.choices.choice and room.chooser.choices.choice.key == "star"
        await room.press("enter")
        assert room.screen.stores.reading.starred() == ["2023-06/开鲁-0"]


async def test_help_shows_the_current_keys_and_can_be_searched() -> None:
    async with reading_room() as room:
        (room.folder / "config.yaml").write_text("keys:\n  star: [x]\n", "utf-8")
        room.app._look_at_settings()
        await room.press("f1", *"star")
        assert room.chooser and room.chooser.choices.choice
        assert room.chooser.choices.choice.note == "x"
        await room.press("escape", "x")
        assert room.screen.stores.reading.starred() == ["2023-06/开鲁-0"]


async def test_theme_is_previewed_under_the_cursor_and_reverted_by_escape() -> None:
    async with reading_room() as room:
        before = room.app.theme
        await room.press("t", "down")
        assert room.app.theme != before
        await room.press("escape")
        assert room.app.theme == before
        await room.press("t", "down", "enter")
        assert room.app.theme != before
        assert room.app._preferences.theme.name == room.app.theme


async def test_every_theme_can_be_applied() -> None:
    async with reading_room() as room:
        for look in room.app._preferences.themes:
            room.app.apply(look.name)
            await room.pilot.pause()
            assert room.app.theme == look.name


async def test_outline_goes_to_the_chosen_subhead() -> None:
    async with reading_room(stores(articles(long=4)), size=(80, 24)) as room:
        await room.press("o", "down", "down", "enter")
        assert room.pane == "reader"
        assert room.screen.page.page
        assert room.screen.page.page.blocks[room.screen.page.page_position[0]].text == "下一步"


async def test_article_follows_the_outline_and_returns_on_escape() -> None:
    async with reading_room(stores(articles(long=4)), size=(80, 24)) as room:
        page = room.screen.page
        await room.press("enter", "space")
        before = page.page_position
        await room.press("o", "down")
        assert page.page and page.page.blocks[page.page_position[0]].kind == "subhead"
        await room.press("escape")
        assert page.page_position == before


async def test_changed_settings_are_reloaded_and_a_bad_line_is_reported() -> None:
    async with reading_room() as room:
        (room.folder / "config.yaml").write_text("measure: 20\n", "utf-8")
        room.app._look_at_settings()
        assert room.screen.page.measure == 40
        (room.folder / "config.yaml").write_text("measure: breit\n", "utf-8")
        room.app._look_at_settings()
        assert "config.yaml:1" in room.said


async def test_column_widened_by_a_key_stays_wide() -> None:
    async with reading_room() as room:
        before = room.screen.page.measure
        await room.press("plus", "fullwidth_plus_sign")
        assert room.screen.page.measure == before + 4
        assert room.app._preferences.measure == before // 2 + 2


async def test_key_opens_the_list_of_content_problems() -> None:
    catalogue = SmallCatalogue(articles())
    catalogue.wrong = [Problem("2023-06/07.md", 3, "unknown-place", "没有这个地名。", "查地名表。")]
    async with reading_room(stores(catalogue)) as room:
        assert "1 处问题 !" in "".join(text for text, _role in room.screen.folio.right)
        await room.press("exclamation_mark")
        assert room.chooser and room.chooser.choices.choice
        assert room.chooser.choices.choice.label.startswith("2023-06/07.md:3")


async def test_every_chooser_opens_with_the_input_method_at_every_size() -> None:
    async with reading_room() as room:
        for size in [(1, 1), (44, 20), (400, 120)]:
            await room.pilot.resize_terminal(*size)
            for key in ("fullwidth_question_mark", "fullwidth_colon", "ｔ"):
                await room.press(key)
                assert room.chooser
                await room.press("down", "escape")
                assert room.chooser is None


def test_only_web_and_mail_addresses_are_opened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(links, "_opener", lambda: "opener")
    monkeypatch.setattr("subprocess.Popen", lambda command, **_rest: started.append(command))
    assert open_link("https://example.org/")
    assert not open_link("file:///etc/passwd")
    assert not open_link("javascript:alert(1)")
    assert started == [["opener", "https://example.org/"]]


async def test_language_changes_when_the_settings_change() -> None:
    async with reading_room() as room:
        try:
            (room.folder / "config.yaml").write_text("language: en\n", "utf-8")
            room.app._look_at_settings()
            assert room.said == "Settings read again"
        finally:
            set_language("zh")
