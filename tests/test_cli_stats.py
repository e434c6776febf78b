"""Keywords of groups, and counts."""

import json
from pathlib import Path

import pytest

from tests.test_cli import Run, library, run
from tui.cli.keywords import MAX_UNIT_TEXT, keywords

__all__ = ["run"]
TEXTS = {
    "开鲁": [
        "民警走进校园开展禁毒宣传。禁毒宣传员讲解罂粟的危害。",
        "禁毒宣传进社区，罂粟一株不留。",
        "禁毒宣传月。罂粟。",
    ],
    "赤峰": ["民警走进校园开展反诈宣传。", "公安民警讲解电信网络诈骗。电信网络诈骗花样多。", "严防电信网络诈骗。"],
}


def test_keywords_are_words_that_other_groups_lack() -> None:
    found = keywords(TEXTS, 100)
    assert {one.word for one in found["开鲁"][:2]} == {"禁毒宣传", "罂粟"}
    assert found["赤峰"][0].word == "电信网络诈骗"
    assert found["赤峰"][0].times == 3
    assert "民警" not in [one.word for group in found.values() for one in group]


def test_only_common_words_count_in_long_text() -> None:
    found = keywords(TEXTS, MAX_UNIT_TEXT + 1)
    assert all(len(one.word) == 2 for group in found.values() for one in group)
    assert found["开鲁"]


@pytest.mark.parametrize("texts", [{}, {"甲": []}, {"甲": ["ABC 123"]}, {"甲": ["禁毒禁毒"]}])
def test_groups_without_keywords_are_no_error(texts: dict[str, list[str]]) -> None:
    assert all(not words for words in keywords(texts, 0).values())


def test_stats_counts_by_place_month_and_author(run: Run, tmp_path: Path) -> None:
    root = str(library(tmp_path / "l", 9))

    def counted(by: str) -> dict[str, int]:
        document = json.loads(run("stats", "--by", by, "--json", "--library", root)[1])
        assert document["total"] == 9
        return {group["key"]: group["articles"] for group in document["groups"]}

    assert counted("place") == {"开鲁": 3, "托克托": 3, "赤峰": 3}
    assert counted("author") == {"刘星": 9}
    assert counted("month") == {"2023-06": 3, "2023-05": 6}
    assert run("stats", "--library", root)[1].splitlines()[0].startswith("开鲁")
