"""What is kept from reaching the terminal: control characters, escape sequences, bidi and invisible controls.

Text is cleaned when it is read and once more before it is shown; a clean text costs one scan.
"""

import re

_HOSTILE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """The text with nothing in it that a terminal obeys; line feeds and tabs stay.

    C0 controls and DEL become their visible symbols (U+2400…), C1 controls and lone surrogates U+FFFD, line and
    paragraph separators a line feed; bidi controls, zero-width spaces and tag characters go.
    """
    return _HOSTILE.sub(_shown, text) if _HOSTILE.search(text) else text


def clean_line(text: str) -> str:
    """The same for what must stay on one line: line feeds and tabs become spaces."""
    return clean(text).replace("\n", " ").replace("\t", " ")


def bidi_controls(text: str) -> int:
    """How many bidi overrides, embeddings, isolates and marks the text holds (UAX #9)."""
    return len(_BIDI.findall(text))


def _shown(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return "" if code == 0x0D else chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if code < 0xA0 or 0xD800 <= code < 0xE000:
        return "\ufffd"
    return "\n" if code in (0x2028, 0x2029) else ""
