"""Words stay whole in the output of `stats` and at the line breaks of a headline."""

import json
import random
import re
from pathlib import Path
from typing import Any

import pytest

from tests.program import GANEWS, Program, environment
from tests.test_cli import Run, run
from tui.segmentation import common_words

__all__ = ["run"]
CUT = [
    "锡林郭勒/草原/国家级/自然保护区/管理局",
    "公安/民警/走进/校园/开展/禁毒/宣传",
    "主动/出击/打击/侵财/犯罪/守护/群众/财产",
    "就/建立/共建/互助/联动/工作/机制/达成/协议",
    "防范/电信/网络/诈骗",
    "把握/住房/市场",
    "研究/生命/科学",
    "民警/察觉",
    "中国/家庭",
    "结合/成/分子/时",
    "民辅警/讲解/罂粟/的/危害",
    "",
]
VOCABULARY = """
自然保护区 派出所 电信 网络 诈骗 犯罪嫌疑人 草原 国家级 毒品 宣传 群众 财产 校园 社区 矛盾 纠纷 化解 交通 事故 车辆
酒驾 消防 安全 隐患 排查 巡逻 走访 学习 支部 党员 礼物 孩子 妈妈 联合国 教科文 生态环境 执法 资源 共识 牧民 森林 防火
"""


@pytest.mark.parametrize("words", CUT)
def test_text_is_segmented_into_its_most_probable_words(words: str) -> None:
    assert "/".join(common_words().segment(words.replace("/", ""))) == words


def test_segmentation_loses_no_character_and_takes_linear_time() -> None:
    """The test counts table look-ups instead of time: they grow linearly with the text."""

    class Counting(dict[str, float]):
        asked = 0

        def get(self, key: str, default: Any = None, /) -> Any:
            self.asked += 1
            return super().get(key, default)

    table = common_words()
    for unit in ("自然", "自然保护区", "然自区护", "一", "的" * 7):
        asked = []
        for times in (500, 1000, 2000):
            text = unit * times
            counted = type(table)(bits := Counting(table._bits))
            assert "".join(counted.segment(text)) == text
            asked.append(bits.asked)
        assert asked[2] <= 2.1 * asked[1] <= 4.5 * asked[0]


def words_of(run: Run, root: Path, by: str = "place") -> dict[str, list[str]]:
    status, out, _err = run("stats", "--words", "--by", by, "--json", "--library", str(root))
    assert status == 0
    return {group["key"]: [word["word"] for word in group["words"]] for group in json.loads(out)["groups"]}


def library(root: Path, bodies: dict[str, str]) -> Path:
    (root / "june").mkdir(parents=True)
    (root / "june/bulletin.yaml").write_text("title: 六月\n", "utf-8")
    for place, body in bodies.items():
        (root / f"june/{place}.md").write_text(f"---\ntitle: [平安]\nplace: {place}\n---\n\n{body}\n", "utf-8")
    return root


@pytest.mark.parametrize("seed", range(6))
def test_stats_shows_words_and_no_pieces(run: Run, tmp_path: Path, seed: int) -> None:
    """In sentences of known words and recurring phrases, only whole words are shown."""
    draw = random.Random(seed)
    words = VOCABULARY.split()
    bodies = {}
    for place in ("开鲁", "赤峰", "托克托", "牙克石"):
        mine = draw.sample(words, 12)
        phrases = ["".join(draw.sample(mine, draw.randint(1, 9))) for _ in range(6)]
        bodies[place] = "，".join(draw.choice("在的和") + draw.choice(phrases) for _ in range(60)) + "。"
    shown = words_of(run, library(tmp_path / "l", bodies))
    whole = re.compile(f"(?:{'|'.join(words)})+")
    assert all(shown.values())
    for word in (word for group in shown.values() for word in group):
        assert whole.fullmatch(word), word


def test_stats_of_the_bundled_bulletin_shows_no_pieces(run: Run) -> None:
    for by in ("place", "author"):
        shown = words_of(run, Path("content").resolve(), by)
        every = {word for group in shown.values() for word in group}
        assert {"自然保护区", "禁毒", "犯罪嫌疑人", "读书班"} <= every
        assert not {word for word in every if re.match("然|家级|林郭|信网|警大", word) or re.search("国家级自$", word)}


def test_stats_knows_the_names_of_places(run: Run, tmp_path: Path) -> None:
    """克什克腾旗 is in the gazetteer but not among the common words."""
    bodies = {"赤峰": "克什克腾旗下雪。克什克腾旗刮风。", "开鲁": "罂粟。民警。" * 20}
    assert "克什克腾旗" in words_of(run, library(tmp_path / "l", bodies))["赤峰"]


@pytest.mark.parametrize("more", [[], ["--words"], ["--by", "author"], ["--color", "always"]], ids=" ".join)
def test_stats_draws_no_bars_into_a_pipe(run: Run, more: list[str]) -> None:
    out = run("stats", *more)[1]
    assert out and "▪" not in out
    assert all(line == line.rstrip() for line in out.splitlines())
    assert out.splitlines()[0].split()[1] == "1"


def test_stats_draws_bars_on_a_terminal(tmp_path: Path) -> None:
    for more in ([], ["--pager"]):
        with Program([*GANEWS, "stats", *more], env=environment(tmp_path, PAGER="cat")) as program:
            assert program.wait() == 0
            assert "▪▪▪" in program.screen.text()


@pytest.mark.parametrize(
    ("title", "whole"),
    [
        ("锡林郭勒草原国家级自然保护区管理局开展巡护", ("自然保护区", "国家级", "管理局")),
        ("白音锡勒派出所与保护区管理局签订备忘录", ("保护区", "管理局", "派出所")),
        ("发挥主观能动性推动经济建设", ("主观能动性", "推动")),
        ("坚持不懈推进精神文明建设上台阶", ("精神文明", "坚持不懈")),
    ],
)
def test_headline_is_not_broken_inside_a_word(run: Run, tmp_path: Path, title: str, whole: tuple[str, ...]) -> None:
    root = library(tmp_path / "l", {"1": "正文。"})
    (root / "june/1.md").write_text(f"---\ntitle: [{title}]\n---\n\n正文。\n", "utf-8")
    out = run("show", "1", "--width", "24", "--library", str(root))[1]
    lines = [line.strip() for line in out.splitlines() if line.strip() and "正文" not in line]
    assert "".join(lines) == title and len(lines) > 1
    for word in whole:
        assert any(word in line for line in lines), (word, lines)
