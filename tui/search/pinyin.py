"""Pinyin as it is typed: whole (`kailu`), begun (`kail`), initials (`kl`), with tones (`kāilǔ`), mixed (`开lu`)."""

import re
import unicodedata
from dataclasses import dataclass

from .words import words

_LETTERS = re.compile(r"[a-z']*[a-z][a-z']*\Z")
_TONE = re.compile(r"(?<=[a-z])[1-5]")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_LONGEST = 48
_MOST_WAYS = 8
_NO_INITIALS = frozenset("iuv'")


@dataclass(frozen=True, slots=True)
class Step:
    """What was typed for one character: a character, a whole syllable, or its beginning."""

    text: str
    kind: str
    """`han`, `whole` or `begun`."""

    def fits(self, character: str, syllable: str) -> bool:
        if self.kind == "han":
            return self.text == character
        return syllable == self.text if self.kind == "whole" else syllable.startswith(self.text)


Way = tuple[Step, ...]


def plain(typed: str) -> str:
    """Lower case, without tones; ü is v: `Kāilǔ`, `kai1lu3` and `kailu` are one. Han characters stay."""
    parted = unicodedata.normalize("NFD", typed.lower().replace("’", "'"))
    umlauts = parted.replace("u\u0308", "v")
    bare = "".join(one for one in umlauts if not unicodedata.combining(one))
    return _TONE.sub("", unicodedata.normalize("NFKC", bare))


def ways(typed: str) -> list[Way]:
    """The ways to read something typed, the likeliest first: whole syllables (the fewer the better), then the last one
    begun, then initials. Empty where it is no pinyin."""
    text = plain(typed)
    if not 2 <= len(text) <= _LONGEST or not any(one.isascii() for one in text):
        return []
    parts = _parts(text)
    if parts is None:
        return []
    found = [*_whole(parts, False), *_whole(parts, True)]
    letters = [one for part in parts for one in part]
    if len(letters) <= 8 and _NO_INITIALS.isdisjoint(letters):
        for split in (letters, re.findall("[zcs]h|.", "".join(letters))):
            found.append(tuple(Step(one, "han" if _HAN.match(one) else "begun") for one in split))
    return list(dict.fromkeys(way for way in found if way))


def _parts(text: str) -> list[str] | None:
    """Han characters one by one, runs of letters between them and apostrophes; None where there is anything else."""
    parts = [part for part in re.split(f"({_HAN.pattern})|'", text) if part]
    return parts if all(_HAN.match(part) or _LETTERS.match(part) for part in parts) else None


def _whole(parts: list[str], begun: bool) -> list[Way]:
    """All parts as whole syllables, or all but the last one."""
    found: list[Way] = [()]
    for number, part in enumerate(parts):
        last = begun and number == len(parts) - 1
        if _HAN.match(part):
            steps: list[Way] = [] if last else [(Step(part, "han"),)]
        else:
            steps = _syllables(part, last)
        found = [way + step for way in found for step in steps][:_MOST_WAYS]
    return found


def _syllables(letters: str, begun: bool) -> list[Way]:
    """The ways to part letters into syllables, those of few syllables first; with `begun` the last is not whole."""
    known, beginnings = words().syllables, words().beginnings
    ways: list[list[Way]] = [[()]]
    for end in range(1, len(letters) + 1):
        here: list[Way] = []
        for start in range(max(0, end - 6), end):
            head = letters[start:end]
            if begun and end == len(letters):
                fits = head not in known and head in beginnings
                step = Step(head, "begun")
            else:
                fits, step = head in known, Step(head, "whole")
            if fits:
                here.extend((*way, step) for way in ways[start])
        ways.append(sorted(here, key=len)[:_MOST_WAYS])
    return ways[-1]
