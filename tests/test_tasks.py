"""More than thirty tasks of a user, done by keys on a pseudo-terminal, also with the input method left on."""

import re
from pathlib import Path

import pytest

from .program import GANEWS, Program, environment

UP, DOWN, ALT_LEFT, ESC, PGDN = "\x1b[A", "\x1b[B", "\x1b[1;3D", "\x1b", "\x1b[6~"

TASKS: list[tuple[str, str, str, str]] = [
    # task, keys, keys with the input method on, text that is then on the screen
    ("the first article is open", "", "", "禁毒工作事关"),
    ("the next article", "j", "ｊ", "看护总队"),
    ("the previous one", "k", "ｋ", "禁毒工作事关"),
    ("with the arrows", DOWN, DOWN, "看护总队"),
    ("the next place", "}", "｝", "白音锡勒"),
    ("the place before", "{", "｛", "看护总队"),
    ("the third place", "3", "３", "白音锡勒"),
    ("two on from here", ESC + "2j", ESC + "２ｊ", "代钦塔拉"),
    ("the last one", "G", "Ｇ", "警察小熊"),
    ("the first one", "g", "ｇ", "禁毒工作事关"),
    ("star it", "s", "ｓ", "已收藏"),
    ("undo that", "U", "Ｕ", "撤销"),
    ("redo it", "\x19", "\x19", "重做"),
    ("all as read", "A", "Ａ", "可撤销"),
    ("undo that", "\x1a", "\x1a", "7 未读"),
    ("read the article", "\r", "\r", "6 未读"),
    ("a page on", " ", "\u3000", "踏查铲毒"),
    ("the next article, reading", "]", "】", "5 未读"),
    ("the one before", "[", "【", "筑牢禁毒防线"),
    ("the outline", "o", "ｏ", "目录"),
    ("to its last heading", "G\r", "Ｇ\r", "踏查铲毒"),
    ("a wider column", "+", "＋", "每行 37 字"),
    ("a narrower one", "-", "－", "每行 36 字"),
    ("copy the article", "y", "ｙ", "全文已交给终端"),
    ("copy where it is from", "Y", "Ｙ", "[N]"),
    ("back to the list", ESC, ESC, "▾ 开鲁"),
    ("fold the place", "f", "ｆ", "▸ 开鲁"),
    ("unfold it", "f", "ｆ", "▾ 开鲁"),
    ("another grouping", "v", "ｖ", "按月份分组"),
    ("and on, to places again", "vvv", "ｖｖｖ", "按地方分组"),
    ("to a place by initials", "phhht", "ｐ呼和", "看护总队"),
    ("stay there", "\r", "\r", "搜索"),
    ("search a word", "/反诈", "、反诈", "1/4"),
    ("read the hit", "\r", "\r", "4 未读"),
    ("the next hit", "n", "ｎ", "2/4"),
    ("the one before", "N", "Ｎ", "1/4"),
    ("out of the search", ESC + ESC, ESC + ESC, "▾ 开鲁"),
    ("search by pinyin", "/fanzha", "／ｆａｎｚｈａ", "反诈"),
    ("out again", ESC, ESC, "▾ 开鲁"),
    ("Chinese starts a search", "警", "警", "/ 警"),
    ("and goes on, four at once", "犬技术中", "犬技术中", "1 篇"),
    ("out again", ESC, ESC, "▾ 开鲁"),
    ("five at once", "电信网络诈", "电信网络诈", "/ 电信网络诈"),
    ("out again", ESC, ESC, "▾ 开鲁"),
    ("twelve at once", "青少年禁毒宣传教育长廊在", "青少年禁毒宣传教育长廊在", "1 篇"),
    ("out again", ESC, ESC, "▾ 开鲁"),
    ("the help", "?", "？", "按键"),
    ("out of it", ESC, ESC, "▾ 开鲁"),
    ("a command by its name", ":收藏", "：收藏", "收藏或取消"),
    ("out of it", ESC, ESC, "▾ 开鲁"),
    ("the themes", "t", "ｔ", "高对比"),
    ("the last of them", "G", "Ｇ", "无色"),
    ("none of them", ESC, ESC, "▾ 开鲁"),
]


def plain(keys: str) -> bytes:
    return keys.encode()


def kitty(keys: str) -> bytes:
    """Return a commit as terminals with the kitty protocol may send it: one escape sequence with all its characters."""
    sent, commit = "", ""
    for key in [*keys, ""]:
        if key and not key.isascii():
            commit += key
            continue
        if commit:
            sent += f"\x1b[0;;{':'.join(str(ord(each)) for each in commit)}u"
            commit = ""
        sent += key
    return sent.encode()


@pytest.mark.parametrize(
    ("column", "encoded"),
    [(1, plain), (2, plain), (2, kitty)],
    ids=["plain keys", "input method", "input method, kitty protocol"],
)
def test_every_task_succeeds_by_keys(tmp_path: Path, column: int, encoded: object) -> None:
    assert callable(encoded)
    with Program(GANEWS, env=environment(tmp_path)) as program:
        for task in TASKS:
            for part in re.findall(r"\x1b\[.|\x1b|[^\x1b]*", task[column]):
                program.send(encoded(part))
                program.settle(0.06)
            try:
                program.wait_for(task[3])
            except AssertionError as error:
                raise AssertionError(f"{task[0]}: {error}") from None
        program.send(encoded("q" if column == 1 else "ｑ"))
        assert program.wait() == 0
        assert program.terminal_changes() == []
