"""Each part of a headline is on a line of its own, whichever characters are at its ends."""

from pathlib import Path

import pytest

from tests.test_cli import Run, run

__all__ = ["run"]

SEAMS = [
    ["破案率达100%", "群众满意度98分"],
    ["案件下降30%", "民警获赞"],
    ["平安A", "B站同行"],
    ["反诈App", "守护群众"],
    ["“红枫义警”", "2023年终总结"],
    ["一", "二"],
    ["2023", "2024"],
    ["Safe", "City"],
    ["警心 向党", "护航 平安"],
    ["禁毒！", "（二）"],
]


@pytest.mark.parametrize("parts", SEAMS, ids=["".join(parts) for parts in SEAMS])
def test_show_sets_each_headline_part_on_its_own_line(run: Run, tmp_path: Path, parts: list[str]) -> None:
    (tmp_path / "library/one").mkdir(parents=True)
    (tmp_path / "library/one/bulletin.yaml").write_text("id: one\ntitle: 公安新闻\n", "utf-8")
    quoted = ", ".join(f'"{part}"' for part in parts)
    (tmp_path / "library/one/1.md").write_text(f"---\ntitle: [{quoted}]\n---\n\n正文。\n", "utf-8")
    _status, out, _err = run("show", "1", "--width", "60", "--library", str(tmp_path / "library"))
    assert [line.strip() for line in out.splitlines() if line.strip()] == [*parts, "正文。"]
