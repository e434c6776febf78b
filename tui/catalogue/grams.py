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
_NEAR_LATIN = re.compile("[0-9a-z](?:[^\n]{0,2}[0-9a-z])*")
"""A stretch in which three neighbouring characters always include a digit or Latin letter."""
_MARK = re.compile(r"\W(?<![0-9a-z].)(?![0-9a-z])", re.DOTALL)
"""A mark without a digit or Latin letter beside it. `re` searches faster for a character than for a look-behind."""
MAX_VALUE = 64
"""Code points. Longer whole values are cut in the index."""


def grams(text: str) -> set[str]:
    """Return all grams of folded fields separated by line feeds; no gram crosses fields."""
    found = {one + other for one, other in pairwise(_divided(text))}
    found.update(text, _triples(text))
    return {gram for gram in found if " " not in gram and "\n" not in gram}


def stream(text: str) -> set[str]:
    """Return the same as `grams`, plus some white space tokens. Takes half the time, for indexing many articles."""
    return {*pairs(_divided(text)), *text, *_triples(text)}


def repeated_grams(text: str) -> bytes:
    """Return all grams of folded fields in UTF-8, as often as they occur, separated by spaces and line feeds.

    FTS5 records each of them once for an article, in less time than it takes to collect them in a set. A mark after the
    last digit or letter of a stretch is also paired with the character before it; no query asks for such a pair.
    """
    codes, divided = _codes(text), _codes(_divided(text))
    spaced = _SPACE * (5 * len(codes))
    spaced[0::5] = codes
    spaced[2::5] = divided
    spaced[3::5] = (divided + _SPACE)[1:]
    near = _codes(
        "\n".join([text[max(found.start() - 2, 0) : found.end() + 2] for found in _NEAR_LATIN.finditer(text)])
    )
    triples = _SPACE * (4 * len(near))
    triples[0::4] = near
    triples[1::4] = (near + _SPACE)[1:]
    triples[2::4] = (near + _SPACE * 2)[2:]
    return _text(spaced + triples).encode("utf-8", "replace")


def prefixed(prefix: str, grams: bytes) -> bytes:
    """Return the grams with a prefix such as `TITLE`, each of them once."""
    before = prefix.encode()
    return b" ".join([before + gram for gram in set(grams.split())])


def _divided(text: str) -> str:
    """Return the text with a space for each punctuation mark that no pair contains."""
    return _MARK.sub(" ", text)


def pairs(text: str) -> list[str]:
    """Return each character with the one after it. Of a pair with a space, parts without it are in the list."""
    codes = _codes(text)
    spaced = _SPACE * (3 * len(codes))
    spaced[0::3] = codes
    spaced[1::3] = (codes + _SPACE)[1:]
    return _text(spaced).split(" ")


def _codes(text: str) -> "array[int]":
    """Return the code points. Copying them is faster than creating a string for each gram."""
    return array("I", text.encode(_CODEC, "surrogatepass"))


def _text(codes: "array[int]") -> str:
    return codes.tobytes().decode(_CODEC, "surrogatepass")


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
