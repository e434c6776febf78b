"""Grams, the tokens of the index: single characters, pairs, and triples around digits and Latin letters.

Grams consist of folded text. FTS5's `ascii` tokenizer separates tokens at ASCII characters that are neither letters nor
digits; of these only the space remains after folding, and grams with a space are dropped. Pairs with a punctuation mark
are dropped too, unless a digit or Latin letter is next to the mark: they were a tenth of all grams and add little to
the pairs around them.
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
SOUND = "\ue005"
"""Prefixes: the first character of a token for a gram of the title, for a whole place, author, tag or bulletin,
or for the sound of two characters of the title."""

_LATIN = re.compile("[0-9a-z]+")
_MARK = re.compile(r"(?<![0-9a-z])\W(?![0-9a-z])")
MAX_VALUE = 64
"""Code points. Longer whole values are cut in the index."""


def grams(text: str) -> set[str]:
    """Return all grams of folded fields separated by line feeds; no gram crosses fields."""
    found = {one + other for one, other in pairwise(_divided(text))}
    found.update(text, _triples(text))
    return {gram for gram in found if " " not in gram and "\n" not in gram}


def stream(text: str) -> set[str]:
    """Return the same as `grams`, plus some white space tokens. Takes half the time, for indexing many articles."""
    return {*_pairs(_divided(text)).split(" "), *text, *_triples(text)}


def _divided(text: str) -> str:
    """Return the text with a space for each punctuation mark that no pair contains."""
    return _MARK.sub(" ", text)


def _pairs(text: str) -> str:
    """Return all pairs of neighbouring characters, separated by spaces.

    Copies code points in arrays, which is faster than creating a string for each pair.
    """
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
    """Return grams that every text containing `text` has; empty if the index cannot help to find it."""
    if len(text) <= 1:
        return [] if text == " " else [text]
    if len(text) == 2 and text.isalpha():
        return [text]
    divided = _divided(text)
    pairs = [divided[at : at + 2] for at in range(len(text) - 1)]
    every = {gram for gram in (*pairs, *_triples(text)) if " " not in gram}
    covered = {part for gram in every if len(gram) == 3 for part in (gram[:2], gram[1:])}
    alone = {one for part in divided.split(" ") if len(part) == 1 for one in part}
    return sorted((every - covered) | alone or set(text) - {" "})


def exact(text: str) -> bool:
    """Return whether every field set with the grams of `text` also contains `text`."""
    return " " not in text and (len(text) == 1 or (len(text) == 2 and _divided(text) == text))


def value_token(kind: str, value: str) -> str:
    """Return the token of a whole folded value, such as a place or an author. `kind` is its prefix."""
    return kind + value.replace(" ", "\u00b7")[:MAX_VALUE]
