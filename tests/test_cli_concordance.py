"""The subcommand `concordance`."""

import csv
import io
import json
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.search_bulletin import WORDS, heap
from tests.search_command import Commands, made, own_folders, searched_both_ways
from tests.test_cli import Run, run  # noqa: F401  (a fixture)
from tui.article import Article
from tui.cells import cell_len
from tui.fold import dense
from tui.text.document import fields

_MATCH = 31
"""Cells before the match at the usual width: the context and a space."""
_HEAP = [Article(**{**one._asdict(), "title": ("".join(one.title),)}) for one in heap(40)]
commands = searched_both_ways(lambda: _HEAP)


def test_lines_are_aligned_on_the_match_by_cells(run: Run) -> None:  # noqa: F811
    status, out, err = run("concordance", "禁毒")
    lines = out.splitlines()
    assert status == 0
    assert f"{len(lines)} 处" in err
    for line in lines:
        before, _match, _after = line.partition(" 禁毒 ")
        assert cell_len(f"{before} ") == _MATCH
    assert lines[0].endswith("neimenggu-gongan/01-kailu title:2")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.lists(st.sampled_from([word for word in WORDS if dense(word)]), min_size=1, max_size=2), cut=st.booleans()
)
def test_number_of_lines_equals_a_plain_scan(commands: Commands, words: list[str], cut: bool) -> None:
    word = "".join(words)[: 2 if cut else 20]
    wanted = sum(dense(text).count(dense(word)) for one in _HEAP for _, text in fields(one))
    status, out = commands.run("concordance", "--", f'"{word}"')
    assert len(out.splitlines()) == wanted
    assert status == (0 if wanted else 1)


def test_data_formats_have_the_same_occurrences(commands: Commands) -> None:
    texts = {one.id.rpartition("/")[2]: dict(fields(one)) for one in _HEAP}
    whole = json.loads(commands.run("concordance", "--json", "反诈")[1])
    assert (whole["query"], whole["read_as"]) == ("反诈", "反诈")
    found = whole["occurrences"]
    assert found
    for one in found:
        text = texts[one["article"].rpartition("/")[2]][one["field"]]
        assert text[one["start"] : one["end"]] == one["match"] == "反诈"
        assert text[: one["start"]].endswith(one["left"])
        assert text[one["end"] :].startswith(one["right"])
    lines = [json.loads(line) for line in commands.run("concordance", "--jsonl", "反诈")[1].splitlines()]
    assert lines == found
    rows = list(csv.DictReader(io.StringIO(commands.run("concordance", "--csv", "反诈")[1])))
    assert [(row["article"], row["field"], int(row["start"])) for row in rows] == [
        (one["article"], str(one["field"]), one["start"]) for one in found
    ]
    assert len(commands.run("concordance", "-n", "3", "反诈")[1].splitlines()) == 3


def test_expression_has_a_line_for_every_match(commands: Commands) -> None:
    wanted = sum(text.count("民警") + text.count("辅警") for one in _HEAP for _, text in fields(one))
    assert len(commands.run("concordance", "/[民辅]警/")[1].splitlines()) == wanted
    assert commands.run("concordance", "/(/")[0] == 2


def test_context_is_cut_between_characters_and_cleaned(tmp_path: Path) -> None:
    with own_folders(tmp_path):
        body = "e\u0301" * 40 + "警" + "👮🏽" * 40 + "\x1b[31m"
        commands = Commands(tmp_path, [made("a", "题", body), made("b", "题", "警")], indexed=False)
        out = commands.run("concordance", "--context", "11", "警")[1]
    second, first = sorted(out.splitlines())
    assert "\x1b" not in out
    assert first.startswith("e\u0301" * 11 + " 警 ")
    assert second.startswith(" " * 12 + "警 ")
    assert cell_len(first.partition("  ga-2023")[0]) <= 26


def test_filter_alone_has_no_occurrences(commands: Commands) -> None:
    assert commands.run("concordance", "date:2015..")[0] == 1
