"""Pinyin as users type it: whole (`kailu`), partial (`kail`), initials (`kl`), with tones (`kāilǔ`), mixed (`开lu`)."""

import re
import unicodedata
from dataclasses import dataclass

from ..fold import dense
from ..word_tables import word_tables

_LETTERS = re.compile(r"[a-z']*[a-z][a-z']*\Z")
_TONE = re.compile(r"(?<=[a-z])[1-5]")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_LONGEST = 48
"""Characters. Longer text is not read as pinyin."""
_MAX_SEGMENTATIONS = 64
"""Segmentations kept for one typed word. None of the 31,000 words of the table has more than 32."""
SPELLINGS = {"lue": "lve", "nue": "nve"} | {
    f"{one}v{end}": f"{one}u{end}" for one in "jqxy" for end in ("", "e", "n", "an")
}
"""Other spellings of a syllable that input methods accept."""
_NO_INITIALS = frozenset("iuv'")


@dataclass(frozen=True, slots=True)
class Step:
    """The typed text for one character: the character, a whole syllable, or the beginning of one."""

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
    """The segmentations of a typed text; within each kind those with fewer characters come first."""

    whole: tuple[Segmentation, ...] = ()
    """Only whole syllables."""
    begun: tuple[Segmentation, ...] = ()
    """Whole syllables, the last of them only begun."""
    initials: tuple[Segmentation, ...] = ()


def plain(typed: str) -> str:
    """Return lower case without tones: `Kāilǔ`, `kai1lu3` and `kailu` become the same; `ü` and `u:` become `v`."""
    decomposed = unicodedata.normalize("NFD", typed.lower().replace("’", "'").replace("：", ":").replace("u:", "v"))
    umlauts = decomposed.replace("u\u0308", "v")
    bare = "".join(one for one in umlauts if not unicodedata.combining(one))
    return _TONE.sub("", unicodedata.normalize("NFKC", bare))


def syllable(written: str) -> str:
    """Return a syllable in the spelling of the tables: `lve` for `Lüè` and `lue`."""
    bare = plain(written)
    return SPELLINGS.get(bare, bare)


def segmentations(typed: str) -> list[Segmentation]:
    """Return all segmentations of a typed text, the likeliest first; empty if it is not pinyin."""
    found = kinds_of_ways(typed)
    return [*found.whole, *found.begun, *found.initials]


def kinds_of_ways(typed: str) -> Ways:
    """Return the segmentations of a typed text by kind; all empty if it is not pinyin.

    A segmentation that fits several kinds is listed only under the first.
    """
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
    """Split at apostrophes into single Han characters and runs of letters; return None if there is anything else."""
    parts = [part for part in re.split(f"({_HAN.pattern})|'", text) if part]
    return parts if all(_HAN.match(part) or _LETTERS.match(part) for part in parts) else None


def _syllable_segmentations(parts: list[str], begun: bool) -> list[Segmentation]:
    """Return the ways to read all parts as whole syllables; with `begun` the last syllable is only begun."""
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
    """Return the ways to split letters into syllables, fewest first; with `begun` the last syllable is only begun."""
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
