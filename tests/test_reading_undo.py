"""Undo and redo, compared with a model that stores every state."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tui.reading import Reading, marks

IDS = ["2023-06/kailu", "2023-06/tuoketuo", "2023-07/chifeng", "2023-07/yakeshi"]
Marks = frozenset[tuple[str, str]]
ids = st.sampled_from(IDS)


class OneWindow(RuleBasedStateMachine):
    """Marks equal those of the model after any sequence of mark, undo and redo."""

    def __init__(self) -> None:
        super().__init__()
        self.reading = Reading(":memory:")
        self.now: Marks = frozenset()
        self.before: list[Marks] = []
        self.after: list[Marks] = []

    def teardown(self) -> None:
        self.reading.close()

    def marked(self, kind: str, is_on: bool, some: Iterable[str]) -> None:
        marks = {(kind, id) for id in some}
        now = self.now | marks if is_on else self.now - marks
        if now != self.now:
            self.before.append(self.now)
            self.after.clear()
            self.now = now

    @rule(id=ids)
    def read(self, id: str) -> None:
        self.reading.mark_read(id)
        self.marked("read", True, [id])

    @rule(id=ids)
    def unread(self, id: str) -> None:
        if self.reading.is_read(id):
            self.reading.toggle_read(id)
        self.marked("read", False, [id])

    @rule(id=ids)
    def toggle_star(self, id: str) -> None:
        self.marked("star", self.reading.toggle_star(id), [id])

    @rule(some=st.sets(ids, min_size=1))
    def read_all(self, some: set[str]) -> None:
        assert self.reading.mark_all_read(sorted(some)) == len(some - {id for kind, id in self.now if kind == "read"})
        self.marked("read", True, some)

    @rule()
    def undo(self) -> None:
        assert (self.reading.undo() is not None) == bool(self.before)
        if self.before:
            self.after.append(self.now)
            self.now = self.before.pop()

    @rule()
    def redo(self) -> None:
        assert (self.reading.redo() is not None) == bool(self.after)
        if self.after:
            self.before.append(self.now)
            self.now = self.after.pop()

    @invariant()
    def marks_are_those_of_the_model(self) -> None:
        read, starred = self.reading.read_among(IDS), self.reading.starred_among(IDS)
        assert {("read", id) for id in read} | {("star", id) for id in starred} == self.now


class OneWindowInParts(OneWindow):
    """The same with every change undone mark by mark, looking through all marks."""

    def __init__(self) -> None:
        super().__init__()
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(marks, "SLICE_MARKS", 1)
        self.patch.setattr(marks, "_MAX_RECORDED", 0)

    def teardown(self) -> None:
        self.patch.undo()
        super().teardown()


TestOneWindow = OneWindow.TestCase
TestOneWindow.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
TestOneWindowInParts = OneWindowInParts.TestCase
TestOneWindowInParts.settings = settings(max_examples=20, stateful_step_count=20, deadline=None)


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("which", ["undo", "redo"])
def test_undo_killed_in_the_middle_can_be_completed(which: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = [f"2023-06/{number:03}" for number in range(200)]
    monkeypatch.setattr(marks, "SLICE_MARKS", 60)
    reading = Reading(":memory:")
    reading.mark_read(ids[0])
    reading.mark_all_read(ids)
    if which == "redo":
        reading.undo()
    change, parts = getattr(marks, f"{which}_change"), iter((True, True))

    def dies(*given: object, **named: object) -> None:
        if not next(parts, False):
            raise Killed
        change(*given, **named)

    monkeypatch.setattr(marks, f"{which}_change", dies)
    with pytest.raises(Killed):
        getattr(reading, which)()
    assert 1 < len(reading.read_among(ids)) < 200
    monkeypatch.setattr(marks, f"{which}_change", change)
    reading.undo()
    assert reading.read_among(ids) == {ids[0]}


def test_undo_of_a_few_marks_looks_through_no_others() -> None:
    reading = Reading(":memory:")
    reading.mark_all_read(f"2023-06/{number}" for number in range(2_000))
    assert reading.is_undo_long()
    reading.toggle_read("2023-06/7")
    reading.mark_all_read(["2023-06/7", "2023-07/a", "2023-07/b"])
    assert not reading.is_undo_long()
    assert reading.undo() is not None
    assert not reading.is_redo_long()
    assert reading.read_among(["2023-06/7", "2023-07/a", "2023-06/8"]) == {"2023-06/8"}
    reading.undo()
    assert reading.is_undo_long()


@pytest.mark.parametrize("id", ["", " ", "\x00", "开鲁", "\U0010ffff"])
def test_undo_reverts_the_mark_of_any_id(tmp_path: Path, id: str) -> None:
    reading = Reading(tmp_path / "reading.sqlite")
    reading.mark_read(id)
    assert reading.undo() and not reading.is_read(id)
    assert reading.redo() and reading.is_read(id)
    reading.close()
