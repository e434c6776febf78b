"""Pinyin as it is typed: whole (`kailu`), begun (`kail`), initials (`kl`), with tones (`kāilǔ`), mixed (`开lu`)."""

import re
import unicodedata
from dataclasses import dataclass

from ..fold import dense
from ..word_tables import word_tables

_LETTERS = re.compile(r"[a-z']*[a-z][a-z']*\Z")
_TONE = re.compile(r"(?<=[a-z])[1-5]")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_LONGEST = 48
_MAX_SEGMENTATIONS = 64
"""Divisions of one typed word; of the 31,000 words of the table none has more than 32."""
SPELLINGS = {"lue": "lve", "nue": "nve"} | {
    f"{one}v{end}": f"{one}u{end}" for one in "jqxy" for end in ("", "e", "n", "an")
}
"""Other spellings of a syllable that input methods take."""
_NO_INITIALS = frozenset("iuv'")


@dataclass(frozen=True, slots=True)
class Step:
    """What was typed for one character: a character, a whole syllable, or its beginning."""

    text: str
    kind: str
    """`han`, `syllable` or `prefix`."""

    def fits(self, character: str, syllable: str) -> bool:
        if self.kind == "han":
            return self.text == character
        return syllable == self.text if self.kind == "syllable" else syllable.startswith(self.text)


Segmentation = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways to read something typed, of each kind those of few characters first."""

    whole: tuple[Segmentation, ...] = ()
    """Whole syllables alone."""
    begun: tuple[Segmentation, ...] = ()
    """Whole syllables, and the beginning of one."""
    initials: tuple[Segmentation, ...] = ()


def plain(typed: str) -> str:
    """Return lower case without tones: `Kāilǔ`, `kai1lu3` and `kailu` are one; `ü` and `u:` are `v`."""
    parted = unicodedata.normalize("NFD", typed.lower().replace("’", "'").replace("：", ":").replace("u:", "v"))
    umlauts = parted.replace("u\u0308", "v")
    bare = "".join(one for one in umlauts if not unicodedata.combining(one))
    return _TONE.sub("", unicodedata.normalize("NFKC", bare))


def syllable(written: str) -> str:
    """Return a syllable as the tables write it: `Lüè` and `lue` are `lve`."""
    bare = plain(written)
    return SPELLINGS.get(bare, bare)


def segmentations(typed: str) -> list[Segmentation]:
    """Return all ways to read something typed, the likeliest first; empty where it is no pinyin."""
    found = kinds_of_ways(typed)
    return [*found.whole, *found.begun, *found.initials]


def kinds_of_ways(typed: str) -> Ways:
    """Return the ways to read something typed; none where it is no pinyin. A way is of the first kind it fits."""
    if not 2 <= len(typed) <= 2 * _LONGEST:
        return Ways()
    text = plain(typed)
    if not 2 <= len(text) <= _LONGEST or not any(one.isascii() for one in text):
        return Ways()
    parts = _parts(text)
    if parts is None:
        return Ways()
    whole = dict.fromkeys(_syllable_segmentations(parts, False))
    begun = {way: None for way in _syllable_segmentations(parts, True) if way not in whole}
    initials: dict[Segmentation, None] = {}
    letters = [one for part in parts for one in part]
    if len(letters) <= 8 and _NO_INITIALS.isdisjoint(letters):
        for split in (letters, re.findall("[zcs]h|.", "".join(letters))):
            way = tuple(_step(one, "prefix") for one in split)
            if way not in whole and way not in begun:
                initials[way] = None
    return Ways(tuple(filter(None, whole)), tuple(filter(None, begun)), tuple(filter(None, initials)))


def _step(text: str, kind: str) -> Step:
    return Step(dense(text), "han") if _HAN.match(text) else Step(text, kind)


def _parts(text: str) -> list[str] | None:
    """Han characters one by one, runs of letters between them and apostrophes; None where there is anything else."""
    parts = [part for part in re.split(f"({_HAN.pattern})|'", text) if part]
    return parts if all(_HAN.match(part) or _LETTERS.match(part) for part in parts) else None


def _syllable_segmentations(parts: list[str], begun: bool) -> list[Segmentation]:
    """All parts as whole syllables, or all but the last one."""
    found: list[Segmentation] = [()]
    for number, part in enumerate(parts):
        last = begun and number == len(parts) - 1
        if _HAN.match(part):
            steps: list[Segmentation] = [] if last else [(_step(part, "han"),)]
        else:
            steps = _syllables(part, last)
        found = [way + step for way in found for step in steps][:_MAX_SEGMENTATIONS]
    return found


def _syllables(letters: str, begun: bool) -> list[Segmentation]:
    """The ways to part letters into syllables, those of few syllables first; with `begun` the last is not whole."""
    known, beginnings = word_tables().syllables, word_tables().beginnings
    ways: list[list[Segmentation]] = [[()]]
    for end in range(1, len(letters) + 1):
        here: list[Segmentation] = []
        for start in range(max(0, end - 6), end):
            head = letters[start:end]
            if begun and end == len(letters):
                fits = head not in known and head not in SPELLINGS and head in beginnings
                step = Step(head, "prefix")
            else:
                said = SPELLINGS.get(head, head)
                fits, step = said in known, Step(said, "syllable")
            if fits:
                here.extend((*way, step) for way in ways[start])
        ways.append(sorted(here, key=len)[:_MAX_SEGMENTATIONS])
    return ways[-1]
