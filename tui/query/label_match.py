"""Matching of short labels with typed characters, pinyin, initials or a mix. For choosers and the palette."""

from collections.abc import Sequence

from ..fold import dense
from .lexicon import name
from .pinyin import Segmentation, Step, plain, segmentations

EXACT, BEGINS, HOLDS = 1, 2, 3


def match(label: str, typed: str, syllables: Sequence[str] = ()) -> int:
    """Return `EXACT` if `typed` is the label, `BEGINS` if it starts it, `HOLDS` if it is inside it, else 0.

    `syllables` has the reading of each character of the label; if it is empty, every reading of a character fits.
    """
    wanted, folded = dense(typed).strip(), dense(label)
    if not wanted or not folded:
        return 0
    if wanted == folded:
        return EXACT
    if folded.startswith(wanted):
        return BEGINS
    if wanted in folded:
        return HOLDS
    said = name(label, syllables).syllables
    fitting = [way for way in _segmentations(typed) if len(way) <= len(folded) and _fits(way, folded, said)]
    if not fitting:
        return 0
    return EXACT if any(len(way) == len(folded) for way in fitting) else BEGINS


def _segmentations(typed: str) -> list[Segmentation]:
    letter = plain(typed)
    return [(Step(letter, "prefix"),)] if len(letter) == 1 and letter.isascii() else segmentations(typed)


def _fits(way: Segmentation, label: str, said: Sequence[Sequence[str]]) -> bool:
    steps = zip(way, label, said, strict=False)
    return all(any(step.fits(one, syllable) for syllable in readings) for step, one, readings in steps)
