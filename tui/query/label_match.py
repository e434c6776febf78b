"""Whether a short label is meant by what is typed: characters, pinyin, initials, mixed. For lists and palettes."""

from collections.abc import Sequence

from ..fold import dense
from .lexicon import name
from .pinyin import Segmentation, Step, plain, segmentations

EXACT, BEGINS, HOLDS = 1, 2, 3


def match(label: str, typed: str, syllables: Sequence[str] = ()) -> int:
    """1 when the label is meant, 2 when it begins so, 3 when it holds that; 0 when it does not fit.

    `syllables` are the label's own, one a character; without them each character may be read in all its ways.
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
