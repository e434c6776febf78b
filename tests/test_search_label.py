"""Matching typed characters, pinyin or initials with short labels."""

import pytest

from tui.query.label_match import BEGINS, EXACT, HOLDS, match


@pytest.mark.parametrize(
    ("label", "typed", "fit"),
    [
        ("开鲁", "开鲁", EXACT),
        ("开鲁", "開魯", EXACT),
        ("开鲁", "开", BEGINS),
        ("开鲁", "鲁", HOLDS),
        ("开鲁", "kailu", EXACT),
        ("开鲁", "KaiLu", EXACT),
        ("开鲁", "kāilǔ", EXACT),
        ("开鲁", "kai'lu", EXACT),
        ("开鲁", "kl", EXACT),
        ("开鲁", "k", BEGINS),
        ("开鲁", "kai", BEGINS),
        ("开鲁", "开lu", EXACT),
        ("开鲁", "lu", 0),
        ("开鲁", "kailuxian", 0),
        ("开鲁", "", 0),
        ("呼和浩特", "hhht", EXACT),
        ("呼和浩特", "huhe", BEGINS),
        ("呼和浩特", "hhh", BEGINS),
        ("下一篇", "xyp", EXACT),
        ("下一篇", "xiayi", BEGINS),
    ],
)
def test_label_matches_characters_pinyin_and_initials(label: str, typed: str, fit: int) -> None:
    assert match(label, typed) == fit


def test_label_with_given_syllables_matches_no_other_reading() -> None:
    assert match("科右中旗", "kyzq", ("ke", "you", "zhong", "qi")) == EXACT
    assert match("重庆", "zhongqing", ("chong", "qing")) == 0
