"""The judge of set text finds every fault: good output is broken in many ways, and each way is detected."""

from collections.abc import Callable

import pytest

from tests.typeset_judge import RULES, judge

# Set by hand, 24 cells wide.
SOURCE = [
    ("paragraph", "6月1日,民警在APP上接到报警:“钱没了……”"),
    ("paragraph", "至年底,全县共返还资金1,280万元——群众送来锦旗。"),
]
GOOD = [
    "  6月1日，民警在APP上接",
    "到报警：“钱没了……”",
    "  至年底，全县共返还资金",
    "1,280万元——群众送来",
    "锦旗。",
]


def rows(*changes: tuple[int, str]) -> list[str]:
    changed = list(GOOD)
    for number, text in changes:
        changed[number] = text
    return changed


BROKEN: dict[str, tuple[str, list[str]]] = {
    "a comma begins a line": (
        "start",
        rows((2, "  至年底"), (3, "，全县共返还资金1,280万元"), (4, "——群众送来锦旗。")),
    ),
    "a closing quote begins a line": ("start", [*GOOD[:1], "到报警：“钱没了……", "”", *GOOD[2:]]),
    "a dash begins a line": ("start", rows((3, "1,280万元"), (4, "——群众送来锦旗。"))),
    "an opening quote ends a line": ("end", [*GOOD[:1], "到报警：“", "钱没了……”", *GOOD[2:]]),
    "an ellipsis is split": ("pair", [*GOOD[:1], "到报警：“钱没了…", "…”", *GOOD[2:]]),
    "a dash is split": ("pair", rows((3, "1,280万元—"), (4, "—群众送来锦旗。"))),
    "a number is split": ("token", rows((2, "  至年底，全县共返还资金1,2"), (3, "80万元——群众送来"))),
    "a number leaves its measure word": ("token", rows((0, "  6月1"), (1, "日，民警在APP上接到报警：“钱没了……”"))),
    "a Latin word is split": ("token", rows((0, "  6月1日，民警在AP"), (1, "P上接到报警：“钱没了……”"))),
    "a line is too long": ("overflow", rows((0, GOOD[0] + "到报警：“钱"), (1, "没了……”"))),
    "a character is lost": ("lost", rows((4, "锦。"))),
    "a character is there twice": ("extra", rows((4, "锦锦旗。"))),
    "two characters change places": ("lost", rows((1, "报到警：“钱没了……”"))),
    "a paragraph is not indented": ("indent", rows((2, "至年底，全县共返还资金"))),
    "a paragraph is indented too far": ("indent", rows((2, "   至年底，全县共返还资金"))),
    "a line is short though more would fit": (
        "ragged",
        rows((0, "  6月1日，民警在"), (1, "APP上接到报警：“钱没了……”")),
    ),
    "one character stands alone on the last line": ("orphan", rows((3, "1,280万元——群众送来锦"), (4, "旗。"))),
    "ASCII punctuation stays": ("flat", rows((2, "  至年底,全县共返还资金"))),
    "a blank begins a line": ("lead", rows((1, " 到报警：“钱没了……”"))),
    "two paragraphs share a line": ("merged", [*GOOD[:1], GOOD[1] + "至年底", "，全县共返还资金", *GOOD[3:]]),
}


def test_judge_finds_no_fault_in_good_output() -> None:
    assert judge(SOURCE, GOOD, 24) == []


@pytest.mark.parametrize("way", BROKEN)
def test_judge_finds_the_fault_in_broken_output(way: str) -> None:
    rule, broken = BROKEN[way]
    assert rule in {fault.rule for fault in judge(SOURCE, broken, 24)}


def test_examples_break_every_rule() -> None:
    assert {rule for rule, _ in BROKEN.values()} == set(RULES)


def doubled(rows: list[str], number: int) -> list[str]:
    return [*rows[: number + 1], *rows[number:]]


def dropped(rows: list[str], number: int) -> list[str]:
    return [*rows[:number], *rows[number + 1 :]]


@pytest.mark.parametrize("harm", [doubled, dropped])
@pytest.mark.parametrize("number", range(len(GOOD) - 1))
def test_judge_detects_a_doubled_or_dropped_row(harm: Callable[[list[str], int], list[str]], number: int) -> None:
    assert judge(SOURCE, harm(GOOD, number), 24)
