"""Tags: the grouping by tag, and tags in lists, statistics and exports."""

from pathlib import Path

import pytest

from tests.test_any_folder import folder
from tui.catalogue import Catalogue
from tui.cli import main
from tui.indexer import Indexer

FILES = {
    "a/1.md": "---\ntags: [反诈, 社区]\n---\n\n甲",
    "a/2.md": "---\ntags: 社区\nsource: 晚报\nurl: https://a.cn/2\n---\n\n"
    "乙 [站](https://b.cn) [丙](../b/3.md)\n\n![图](p/图.png)",
    "b/3.md": "丙",
}


def groups(catalogue: Catalogue) -> list[tuple[str, list[str]]]:
    Indexer(catalogue).run()
    catalogue.refresh()
    listing = catalogue.listing("tag")
    return [
        (group.key, [row.id.rpartition("/")[2] for row in listing.summaries(group.start, group.start + group.count)])
        for group in listing.groups
    ]


def test_tag_groups_are_in_order_of_size_when_articles_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    catalogue = Catalogue(folder(tmp_path / "library", FILES))
    assert groups(catalogue) == [("社区", ["1", "2"]), ("反诈", ["1"]), ("", ["3"])]
    added = {"b/3.md": "---\ntags: 反诈\n---\n\n丙", "b/4.md": "---\ntags: [反诈, 新]\n---\n\n丁"}
    folder(tmp_path / "library", added)
    changed = catalogue.again()
    assert groups(Catalogue(folder(tmp_path / "library", {}))) == groups(changed)
    assert groups(changed) == [("反诈", ["1", "3", "4"]), ("社区", ["1", "2"]), ("新", ["4"])]
    assert [row.tags for row in changed.listing().summaries(0, 1)] == [("反诈", "社区")]
    changed.close()
    catalogue.close()


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["list"], "#反诈 #社区"),
        (["list", "--md"], "#社区"),
        (["list", "--html"], "#反诈 #社区"),
        (["stats", "--by", "tag"], "社区    2"),
        (["stats", "--by", "tag", "--json"], '"key": "反诈"'),
        (["export", "--format", "txt"], "标签：反诈、社区"),
        (["export", "--format", "txt"], "站（https://b.cn） 丙（../b/3.md）"),
        (["export", "--format", "txt"], "图（p/图.png）"),
        (["export", "--format", "md"], "来源：晚报"),
        (["export", "--format", "html"], '网址：<a href="https://a.cn/2"'),
        (["export", "--format", "html"], '<span title="../b/3.md">丙</span>'),
        (["export", "--format", "html"], "图 <small>p/图.png</small>"),
    ],
)
def test_tags_source_and_addresses_are_in_every_output(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], expected: str
) -> None:
    folder(tmp_path, FILES)
    assert main([*arguments, "--library", str(tmp_path), "--lang", "zh"]) == 0
    assert expected in capsys.readouterr().out
