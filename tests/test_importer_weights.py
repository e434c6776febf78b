"""The learned weights: their file, and what learning from generated pages does."""

import os
import sys
from subprocess import run

import pytest

from bench.learn import Learner, learned_from, lesson_of
from tui.gazetteer import load
from tui.importer.label_model import WEIGHTS, model_text, read_model
from tui.importer.scores import LABELS
from tui.paths import content_dir

GAZETTEER = load(content_dir() / "gazetteer.yaml")


def test_file_of_weights_is_small_and_has_the_labels() -> None:
    text = WEIGHTS.read_text("utf-8")
    assert len(text.encode()) < 100_000
    assert text.splitlines()[0].split() == list(LABELS)
    model = read_model(text)
    assert all(len(weights) == len(LABELS) for weights in model.signs.values())
    assert model_text(model, LABELS) == text


def test_no_sign_is_a_content_word() -> None:
    assert all(name.isascii() for name in (*read_model(WEIGHTS.read_text("utf-8")).signs,))


@pytest.mark.parametrize("seed", [7001, 7002, 7003])
def test_most_lines_of_unseen_pages_are_labelled_right(seed: int) -> None:
    model = read_model(WEIGHTS.read_text("utf-8"))
    judge = Learner({sign: list(weights) for sign, weights in model.signs.items()}, dict(model.steps))
    lesson = lesson_of(seed, GAZETTEER)
    assert lesson is not None
    lesson.signs = [[sign for sign in signs if sign in judge.signs] for signs in lesson.signs]
    found = judge.label(lesson, 0.0)
    assert sum(a[0] == b for a, b in zip(found, lesson.right, strict=True)) > 0.8 * len(found)


def test_learning_from_pages_lowers_the_errors_on_them(capsys: pytest.CaptureFixture[str]) -> None:
    lessons = [lesson for seed in range(8) if (lesson := lesson_of(seed, GAZETTEER))]
    learned_from(lessons, rounds=3)
    wrong = [int(line.split()[2]) for line in capsys.readouterr().out.splitlines()]
    assert wrong[-1] < 0.8 * wrong[0]


def test_same_seeds_give_the_same_weights() -> None:
    def text() -> str:
        lessons = [lesson for seed in range(4) if (lesson := lesson_of(seed, GAZETTEER))]
        return model_text(learned_from(lessons, rounds=2).model(), LABELS)

    assert text() == text()


def test_weights_are_the_same_whatever_the_hash_seed() -> None:
    program = (
        "from bench.learn import *; gazetteer = load(content_dir() / 'gazetteer.yaml');"
        "lessons = [lesson for seed in range(12) if (lesson := lesson_of(seed, gazetteer))];"
        "print(model_text(learned_from(lessons, rounds=1).model(), LABELS))"
    )
    texts = {
        run([sys.executable, "-c", program], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True).stdout
        for seed in ("1", "2")
    }
    assert len(texts) == 1 and len(texts.pop()) > 1_000
