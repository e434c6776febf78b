"""Text as the index knows it: single characters, pairs, and triples that hold a digit or a Latin letter.

Grams are made of folded text. FTS5's `ascii` tokenizer parts tokens at ASCII characters that are neither letter nor
digit; folding leaves none of them but the space, and a gram with a space in it is not kept. Nor is a pair with a
punctuation mark in it, unless a digit or Latin letter is next to the mark: they were a tenth of all grams, and tell
little that the pairs around them do not.
"""

import re
import sys
from array import array
from collections.abc import Iterator
from itertools import pairwise

_CODEC = f"utf-32-{sys.byteorder[0]}e"
_SPACE = array("I", [0x20])
TITLE = "\ue000"
PLACE = "\ue001"
AUTHOR = "\ue002"
TAG = "\ue003"
BULLETIN = "\ue004"
"""The first character of a token for a gram of the title, or for a whole place, author, tag or bulletin."""

_LATIN = re.compile("[0-9a-z]+")
_MARK = re.compile(r"(?<![0-9a-z])\W(?![0-9a-z])")
MAX_VALUE = 64
"""Code points of a whole value in the index; a longer one is cut."""


def grams(text: str) -> set[str]:
    """Return all grams of folded fields separated by line feeds; no gram crosses fields."""
    found = {one + other for one, other in pairwise(_parted(text))}
    found.update(text, _triples(text))
    return {gram for gram in found if " " not in gram and "\n" not in gram}


def stream(text: str) -> set[str]:
    """The same grams, with white space among them. Made for feeding many articles: takes half the time of `grams`."""
    return {*_pairs(_parted(text)).split(" "), *text, *_triples(text)}


def _parted(text: str) -> str:
    """The text with spaces for the marks that no pair holds."""
    return _MARK.sub(" ", text)


def _pairs(text: str) -> str:
    """Return each character with the next, separated by spaces. Built as numbers, without a string for each pair."""
    if not text:
        return ""
    codes = array("I", text.encode(_CODEC, "surrogatepass"))
    pairs = _SPACE * (3 * len(codes))
    pairs[0::3] = codes
    pairs[1::3] = codes[1:] + _SPACE
    return pairs.tobytes().decode(_CODEC, "surrogatepass")


def _triples(text: str) -> Iterator[str]:
    for run in _LATIN.finditer(text):
        for at in range(max(0, run.start() - 2), min(run.end(), len(text) - 2)):
            yield text[at : at + 3]


def wanted(text: str) -> list[str]:
    """Grams that every text holding this folded text has; empty where the index can say nothing about it."""
    if len(text) <= 1:
        return [] if text == " " else [text]
    parted = _parted(text)
    pairs = [parted[at : at + 2] for at in range(len(text) - 1)]
    every = {gram for gram in (*pairs, *_triples(text)) if " " not in gram}
    covered = {part for gram in every if len(gram) == 3 for part in (gram[:2], gram[1:])}
    alone = {one for part in parted.split(" ") if len(part) == 1 for one in part}
    return sorted((every - covered) | alone or set(text) - {" "})


def exact(text: str) -> bool:
    """Whether having its grams is the same as holding the text."""
    return " " not in text and (len(text) == 1 or (len(text) == 2 and _parted(text) == text))


def value_token(kind: str, value: str) -> str:
    """The token of a whole folded value, a place or an author."""
    return kind + value.replace(" ", "\u00b7")[:MAX_VALUE]
