"""What is kept from reaching the terminal: control characters, escape sequences, bidi and invisible controls, towers.

Text is cleaned when it is read and once more before it is shown; a clean text costs one scan.
"""

import re

# Only what every text is looked through with is compiled at once; the others, a thirtieth of the start, when needed.
_HOSTILE = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)
_MARK = (
    "[\u0300-\u036f\u0483-\u0489\u064b-\u065f\u0816-\u082d\u08d3-\u0903\u093a-\u094f\u0951-\u0957\u0e31-\u0e3a\u0e47-\u0e4e"
    "\u0eb1-\u0ece\u0f18-\u0f39\u0f71-\u0fbc\u102b-\u103e\u17b4-\u17d3\u180b-\u180f\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u200c\u200d\ufe00-\ufe0f]"
)
"""Marks that stand on the character before them, of the blocks that towers are built of, and joiners between them."""
_LEADS = tuple(bytes([lead]) for lead in (0xCC, 0xCD, 0xD2, 0xD9, 0xE0, 0xE1))
"""The bytes that these marks begin with in UTF-8; no Chinese character does."""
_SUSPECT = re.compile(f"{_HOSTILE[:-1]}{_MARK[1:]}")
_TOP = f"(?<={_MARK * 8}){_MARK}+"
_BIDI = "[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"


def clean(text: str) -> str:
    """The text with nothing in it that a terminal obeys; line feeds and tabs stay.

    C0 controls and DEL become their visible symbols (U+2400…), C1 controls and lone surrogates U+FFFD, line and
    paragraph separators a line feed; bidi controls, zero-width spaces and tag characters go. Of combining marks at most
    eight stay on one character (no script needs more; Unicode's stream-safe form, UAX #15, allows thirty).
    """
    if not _SUSPECT.search(text):
        return text
    return re.sub(_TOP, "", re.sub(_HOSTILE, _shown, text))


def may_tower(utf8: bytes) -> bool:
    """Whether combining marks may be piled up in the text of these bytes; much cheaper than looking at the text."""
    return any(lead in utf8 for lead in _LEADS)


def clean_line(text: str) -> str:
    """The same for what must stay on one line: line feeds and tabs become spaces."""
    return clean(text).replace("\n", " ").replace("\t", " ")


def bidi_controls(text: str) -> int:
    """How many bidi overrides, embeddings, isolates and marks the text holds (UAX #9)."""
    return len(re.findall(_BIDI, text))


def _shown(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return "" if code == 0x0D else chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if code < 0xA0 or 0xD800 <= code < 0xE000:
        return "\ufffd"
    return "\n" if code in (0x2028, 0x2029) else ""
