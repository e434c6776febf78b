"""Links between articles, to headings and to pictures, followed on the screen and in the linear mode."""

import os
from pathlib import Path

import pytest

from tests.reading_room import reading_room
from tests.small import articles, stores
from tests.talk import answers
from tui.app import links
from tui.library.link_target import link_target, nearest
from tui.library.picture_file import picture_file
from tui.markdown import blocks
from tui.markdown.anchors import heading_block
from tui.session.stores import Stores

LONG = "\n\n".join(["很长的一段，讲民警走进社区。" * 8] * 12)


@pytest.mark.parametrize(
    ("address", "article", "file", "id"),
    [
        ("b.md", "x/a", "x/a.md", "x/b"),
        ("./b.md", "x/a", "x/a.md", "x/b"),
        ("b", "x/a", "x/a.md", "x/b"),
        ("b.html", "x/a", "x/a.md", "x/b"),
        ("b.markdown", "x/a", "x/a.md", "x/b.markdown"),
        ("b.txt", "x/a", "x/a.md", "x/b.txt"),
        ("../y/b.md#小标题", "x/a", "x/a.md", "y/b"),
        ("/y/b.md", "x/a", "x/a.md", "y/b"),
        ("y/b", "x/a", "x/a.md", "y/b"),
        ("%E4%B9%99%20b.md", "x/a", "x/a.md", "x/乙 b"),
        ("乙 b.md?plain=1", "x/a", "x/a.md", "x/乙 b"),
        ("y\\b.md", "x/a", "x/a.md", "x/y/b"),
        ("b.md", "./a", "a.md", "./b"),
        ("../b.md", "x/a", "x/a.md", "./b"),
        ("b.md", "vol1/a", "2023/01/a.md", "vol1/b"),
        ("../first/", "posts/a", "posts/x/a.md", "posts/first.index"),
        ("first/index.md", "posts/a", "posts/a.md", "posts/first.index"),
        ("first", "./a", "a.md", "./first.index"),
        ("../b.md", "posts/first.index", "posts/first/index.md", "posts/b"),
        ("guide/", "./a", "a.md", "guide/README"),
        ("v1.2 说明", "x/a", "x/a.md", "x/v1.2 说明"),
    ],
)
def test_address_means_the_article_of_its_file(address: str, article: str, file: str, id: str) -> None:
    assert id in link_target(address, article, file).ids


@pytest.mark.parametrize("address", ["../../b.md", "../" * 50 + "etc/passwd", "/../b.md", "x/" * 300])
def test_address_never_leaves_the_library(address: str) -> None:
    target = link_target(address, "x/a", "x/a.md")
    assert not [path for path in target.paths if path.startswith((".", "/")) or path.count("/") > 100]


def test_name_without_folder_means_the_nearest_article() -> None:
    assert link_target("乙", "x/a", "x/a.md").endings == ("/乙",)
    assert link_target("/2023/06/02/b/", "x/a", "x/a.md").endings[1:] == ("/2023-06-02-b", "/b")
    assert link_target("README.md", "x/a", "x/a.md").endings == ()
    assert nearest(["z/乙", "x/deep/乙", "x/乙"], "x/a") == "x/乙"


@pytest.mark.parametrize(
    ("anchor", "heading"),
    [
        ("第一节", 0),
        ("a-b-c", 1),
        ("A b, c!", 1),
        ("第一节-1", 2),
        ("甲#第一节", 0),
        ("一什么是反诈", 3),
        ("什么", None),
        ("", None),
    ],
)
def test_anchor_names_a_heading_as_written_or_as_a_slug(anchor: str, heading: int | None) -> None:
    found = blocks("## 第一节\n\n## A b, c!\n\n## 第一节\n\n## 一、什么是“反诈”？")
    assert heading_block(found, anchor) == heading


def test_only_pictures_inside_the_library_are_opened(tmp_path: Path) -> None:
    root = tmp_path / "library"
    (root / "static").mkdir(parents=True)
    (root / "notes/attachments").mkdir(parents=True)
    for name in ("notes/attachments/d.png", "a.png", "static/b.JPG", "a.sh", "a.desktop"):
        (root / name).write_bytes(b"x")
    (tmp_path / "c.png").write_bytes(b"x")
    os.symlink(tmp_path / "c.png", root / "link.png")
    os.mkfifo(root / "pipe.png")
    assert picture_file(root, ["no.png", "a.png"]) == root / "a.png"
    assert picture_file(root, ["b.JPG"]) == root / "static/b.JPG"
    assert picture_file(root, ["x/d.png", "d.png"]) == root / "notes/attachments/d.png"
    for refused in ("a.sh", "a.desktop", "link.png", "pipe.png", "../c.png", "static", "a\0.png"):
        assert picture_file(root, [refused]) is None


@pytest.fixture
def linked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stores:
    """Three linked articles of a folder that holds one picture."""
    (tmp_path / "图.png").write_bytes(b"x")
    first, second, third = articles()[:3]
    bodies = (
        "[乙](乙.md#%E7%AC%AC%E4%BA%8C%E8%8A%82) [无](没有.md) [[丙]] [下](#下面)\n\n" + LONG + "\n\n## 下面\n\n完",
    )
    held = [
        first._replace(id="册/甲", body=bodies[0] + "\n\n![图一](图.png)\n\n[站](https://a.cn)"),
        second._replace(id="册/乙", body="第一段。\n\n" + LONG + "\n\n## 第二节\n\n终点。\n\n" + LONG),
        third._replace(id="别册/丙", body="丙的正文。"),
    ]
    given = stores(held)
    monkeypatch.setattr(given.catalogue, "file_of", lambda id: tmp_path / f"{id.rpartition('/')[2]}.md")
    return given._replace(root=str(tmp_path))


async def test_followed_link_opens_the_article_at_its_heading_and_back_returns(linked: Stores) -> None:
    async with reading_room(linked) as room:
        await room.press("enter")
        for address, id in (("乙.md#第二节", "册/乙"), ("丙", "别册/丙")):
            room.screen.follow_link(address)
            await room.until(lambda id=id: room.shown == id)  # type: ignore[misc]
            if id == "册/乙":
                assert room.screen.page.page_position[0] > 10
                await room.press("alt+left")
                await room.until(lambda: room.shown == "册/甲")
        assert room.under_cursor == "别册/丙"
        await room.press("alt+left")
        await room.until(lambda: room.shown == "册/甲")
        await room.press("alt+right")
        await room.until(lambda: room.shown == "别册/丙")


async def test_link_within_the_article_goes_to_the_heading_and_back(linked: Stores) -> None:
    async with reading_room(linked) as room:
        await room.press("enter")
        before = room.screen.page.page_position
        room.screen.follow_link("#下面")
        await room.until(lambda: room.screen.page.page_position != before)
        await room.press("alt+left")
        await room.until(lambda: room.screen.page.page_position == before)
        assert room.shown == "册/甲"


async def test_link_to_nothing_says_so_and_moves_nothing(linked: Stores) -> None:
    async with reading_room(linked) as room:
        await room.press("enter")
        room.screen.follow_link("没有.md")
        await room.until(lambda: "没有.md" in room.said)
        assert room.shown == "册/甲"


async def test_links_key_lists_links_and_pictures_and_opens_one(
    linked: Stores, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def opening(what: str) -> bool:
        opened.append(what)
        return True

    monkeypatch.setattr(links, "_open", opening)
    async with reading_room(linked) as room:
        await room.press("enter", "O")
        await room.until(lambda: room.chooser is not None)
        await room.press("down", "down", "down", "down", "enter")
        await room.until(lambda: bool(opened))
        assert opened == [str(tmp_path / "图.png")]


async def test_picture_without_a_desktop_is_named(
    linked: Stores, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(links, "_open", lambda what: False)
    async with reading_room(linked) as room:
        room.screen.follow_link("图.png")
        await room.until(lambda: "图片" in room.said)
        assert room.app.clipboard == str(tmp_path / "图.png")


def test_linear_mode_follows_links_and_goes_back(linked: Stores) -> None:
    typed = ["1", "links", "1", "back", "links 2", "links 5", "links 6", "links 3", "back", "where"]
    said = [" ".join(lines) for lines in answers(typed, linked)[1:]]
    for line, expected in zip(
        said, ["", "乙", "第二节", "", "没有.md", "图.png", "https://a.cn", "丙的正文", "", ""], strict=True
    ):
        assert expected in line
    assert said[4].count("\n") == 0
