"""The class of each character for line breaking, as one byte: its kind and its width.

The sets follow CLREQ 3.1.4 and 3.1.6, GB/T 15834—2011 part 5 and UAX #14; each is named by its Chinese or Unicode term.
The upper six bits hold the `Kind`, the lower two the width: 0, 1, 2, or `AMBIGUOUS`.
"""

import unicodedata
from enum import IntEnum

from ..cells import AmbiguousWidth, character_width, is_ambiguous

# 避头, may not begin a line: pause marks, closers, connectors, iteration marks, small kana, what follows a number.
_PAUSE_MARKS = "。．，、：；！？‼⁇⁈⁉｡､︐︑︒︓︔︕︖﹐﹑﹒﹔﹕﹖﹗"
_CLOSERS = "）〕］｝〉》」』】〗〙〛〟’”｠｣︶︸︺︼︾﹀﹂﹄﹈﹚﹜﹞〞»›"
_CONNECTORS = "·‧・･•～–‐〜゠⸗–—―"
_SMALL_KANA = "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿｧｨｩｪｫｬｭｮｯｰﾞﾟ゛゜"
_ITERATION = "々〻ーゝゞヽヾ〵"
_AFTER_NUMBER = "%％‰‱°℃℉′″‴‵¢￠﹪º"
_ASCII_CLOSERS = ",.:;!?)]}%"
_DOTS = "…⋯․‥︙𐫶"
# 避尾, may not end a line: openers and what precedes a number.
_OPENERS = "（〔［｛〈《「『【〖〘〚〝‘“｟｢︵︷︹︻︽︿﹁﹃﹇﹙﹛﹝«‹([{¡¿"
_BEFORE_NUMBER = "￥￡￦＄$€£¥₩№±−﹩"
# Neither at the start nor at the end of a line.
_SOLIDUS = "/／⁄"
_STRAIGHT = "\"'"
_GLUE = "\u00a0\u202f\u2011\u034f\u0f0c\u2007\u2060\ufeff"

STOPS = frozenset("，。、；：！？")
"""Pause marks that may hang (CLREQ 3.1.7)."""


class Kind(IntEnum):
    """The behaviour of a character at the ends of a line."""

    PLAIN = 0
    """May begin and end a line: Han, kana, most symbols."""
    LETTER = 1
    """A letter of Latin, Greek or Cyrillic, whose words are not broken."""
    CLOSE = 2
    """避头: may not begin a line."""
    OPEN = 3
    """避尾: may not end a line."""
    BOTH = 4
    """Solidus, straight quotation marks and no-break characters, which may stand at neither end."""
    SPACE = 5
    """Belongs to the line before it. Not painted at the start or end of a line."""
    MARK = 6
    """Part of the grapheme before it."""
    JOINER = 7
    """Zero-width joiner: part of the grapheme before it, which includes the next character."""
    DOTS = 8
    """Ellipsis. May begin a line at level `gb`, but not at `strict`."""
    HYPHEN = 9
    """ASCII hyphen: begins no line and joins words."""
    FEED = 10
    """Line feed: ends a line of code or a table row."""
    FLAG = 11
    """Regional indicator, of which two form a flag."""
    DIGIT = 12
    """A digit, ASCII or full width."""
    SCRIPT = 13
    """A letter or digit of another script, whose words are not broken."""


AMBIGUOUS = 3
"""The lower two bits of a class byte for a character of ambiguous width (UAX #11)."""

_KINDS: dict[str, Kind] = {
    **dict.fromkeys(_PAUSE_MARKS + _CLOSERS + _CONNECTORS + _SMALL_KANA + _ITERATION + _AFTER_NUMBER, Kind.CLOSE),
    **dict.fromkeys(_ASCII_CLOSERS, Kind.CLOSE),
    **dict.fromkeys(_DOTS, Kind.DOTS),
    **dict.fromkeys(_OPENERS + _BEFORE_NUMBER, Kind.OPEN),
    **dict.fromkeys(_SOLIDUS + _STRAIGHT + _GLUE, Kind.BOTH),
    **dict.fromkeys(" \t\u3000\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f", Kind.SPACE),
    **dict.fromkeys("×÷", Kind.LETTER),
    "\u200d": Kind.JOINER,
    "-": Kind.HYPHEN,
    "\n": Kind.FEED,
}


class _Classes(dict[str, int]):
    """A class byte for each character, computed at its first use."""

    def __missing__(self, character: str) -> int:
        width = AMBIGUOUS if is_ambiguous(character) else character_width(character)
        value = self[character] = kind_of(character) << 2 | width
        return value


def kind_of(character: str) -> Kind:
    """Return the kind of a character."""
    known = _KINDS.get(character)
    if known is not None:
        return known
    if "\u3400" <= character <= "\u9fff":
        return Kind.PLAIN
    if "\U0001f1e6" <= character <= "\U0001f1ff":
        return Kind.FLAG
    if character_width(character) == 0 or "\U0001f3fb" <= character <= "\U0001f3ff":
        return Kind.MARK
    category = unicodedata.category(character)
    is_wide = unicodedata.east_asian_width(character) in "WF"
    if category in ("Ps", "Pi"):
        return Kind.OPEN
    if category in ("Pe", "Pf"):
        return Kind.CLOSE
    if "0" <= character <= "9" or "０" <= character <= "９":
        return Kind.DIGIT
    if not is_wide and (category[0] == "L" or category == "Nd"):
        return Kind.LETTER if character < "\u0530" else Kind.SCRIPT
    return Kind.PLAIN


CLASSES = _Classes()
"""The class byte of each character: `CLASSES[character]`."""


def _table(value: dict[Kind, int], default: int) -> bytes:
    return bytes(value.get(Kind(code >> 2), default) if code >> 2 <= Kind.SCRIPT else default for code in range(256))


KINDS = bytes(code >> 2 for code in range(256))
"""Maps a class byte to its kind."""
HAN = bytes((Kind.PLAIN << 2 | 2,))
"""The class byte of most characters."""
KEEPS_NEXT = _table(dict.fromkeys((Kind.OPEN, Kind.BOTH, Kind.JOINER), 1), 0)
"""Maps a class byte to 1 if no break may follow the character."""
_NO_START = (Kind.CLOSE, Kind.BOTH, Kind.SPACE, Kind.MARK, Kind.JOINER, Kind.HYPHEN, Kind.FEED)
MAY_BEGIN = {
    "strict": _table(dict.fromkeys((*_NO_START, Kind.DOTS), 0), 1),
    "gb": _table(dict.fromkeys(_NO_START, 0), 1),
}
"""For each level, maps a class byte to 1 if the character may begin a line."""
WIDTHS: dict[AmbiguousWidth, bytes] = {
    1: bytes((0, 1, 2, 1)[code & 3] for code in range(256)),
    2: bytes((0, 1, 2, 2)[code & 3] for code in range(256)),
}
"""For each width of ambiguous characters, maps a class byte to cells."""


def width_of(text: str, ambiguous: AmbiguousWidth) -> int:
    """Return the cells of a short text."""
    table = WIDTHS[ambiguous]
    return sum(table[CLASSES[character]] for character in text)
