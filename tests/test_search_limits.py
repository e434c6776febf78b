"""Queries of any form take time and memory in proportion to their length."""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import process_time

import pytest

from tests.search_command import Commands, made, own_folders

ROOT = Path(__file__).resolve().parent.parent
MEMORY = 1 << 30
"""Bytes. The address space of the searching process."""
HOMOPHONES = {
    "shishi": "实施，事实，逝世，时事",
    "shijian": "时间，事件，实践",
    "yiyi": "意义异议",
    "jishi": "及时，即使，集市，纪实",
    "jiaoshi": "教师教室",
    "shiyan": "实验誓言",
    "zhongxin": "中心忠心",
    "zhengzhi": "政治正直",
    "shengli": "胜利生理",
    "youxing": "有形游行",
    "baofu": "报复抱负",
    "buxing": "不幸步行",
    "shili": "势力，实力，事例",
    "xingshi": "形式刑事",
    "tongzhi": "通知同志",
    "yuanyi": "愿意园艺",
    "gongshi": "公式攻势",
    "liyi": "利益礼仪",
    "renshi": "认识人事",
    "yishi": "意识，仪式，议事，遗失",
}
EIGHTFOLD = 8
BOUND = 3 * EIGHTFOLD
"""Ratio of times. Linear time grows 8 times, quadratic time 64 times."""
SHAPES: dict[str, tuple[int, Callable[[int], str]]] = {
    "brackets": (2_000, lambda n: "(" * n + ")" * n),
    "brackets around words": (500, lambda n: "(a " * n + ")" * n),
    "brackets side by side": (500, lambda n: "(a b)" * n),
    "excluded brackets": (2_000, lambda n: "-(" * n),
    "quotes": (2_000, lambda n: '"' * n),
    "open phrase": (2_000, lambda n: 'title:"' + "x " * n),
    "bars": (2_000, lambda n: "|" * n),
    "alternatives": (500, lambda n: " OR ".join(f"{at}甲" for at in range(n))),
    "words": (500, lambda n: " ".join(f"{at}甲" for at in range(n))),
    "excluded words": (500, lambda n: " ".join(f"-{at}甲" for at in range(n))),
    "one long word": (2_000, lambda n: "禁" * n),
    "one long pinyin word": (2_000, lambda n: "xian" * n),
    "pinyin words": (60, lambda n: " ".join(f"xian{'zi' * (at % 9)}{'an' * (at // 9 % 9)}" for at in range(n))),
    "digits": (2_000, lambda n: "1" * n),
    "grouped digits": (2_000, lambda n: "1," * n),
    "numerals": (2_000, lambda n: "一百" * n),
    "dates": (200, lambda n: "date:2023..2024 " * n),
    "dots of a date": (2_000, lambda n: "date:" + "." * n),
    "places": (200, lambda n: "place:x " * n),
    "fields of fields": (500, lambda n: "place:" * n),
    "soft hyphens": (2_000, lambda n: "红\u00ad" * n),
    "combining marks": (2_000, lambda n: "e\u0301" * n),
}


@pytest.fixture(scope="module")
def commands(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Commands]:
    folder = tmp_path_factory.mktemp("limits")
    with own_folders(folder):
        yield Commands(folder, [made("one", "开鲁禁毒", "公安民警宣传反诈，群众安全。")], indexed=False)


@pytest.mark.parametrize("shape", SHAPES)
def test_query_takes_time_in_proportion_to_its_length(commands: Commands, shape: str) -> None:
    length, query = SHAPES[shape]

    def taken(text: str) -> float:
        started = process_time()
        commands.answer(text)
        return process_time() - started

    taken(query(10))
    short = min(taken(query(length)) for _ in range(2))
    assert any(taken(query(EIGHTFOLD * length)) < BOUND * short + 0.1 for _ in range(3))


def test_twenty_pinyin_words_are_answered_in_bounded_memory(tmp_path: Path) -> None:
    """Each word has at least two readings, so there are millions of combinations."""
    with own_folders(tmp_path):
        body = "，".join(HOMOPHONES.values())
        library = Commands(tmp_path, [made("one", "题", body)], indexed=False).root
        done = subprocess.run(
            [sys.executable, "-m", "tui", "search", "--library", str(library), "--json", "--", " ".join(HOMOPHONES)],
            cwd=ROOT,
            env={**os.environ},
            capture_output=True,
            text=True,
            timeout=60,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),
        )
    assert [hit["article"] for hit in json.loads(done.stdout)["hits"]] == ["ga-2023/one"], done.stderr[-500:]
