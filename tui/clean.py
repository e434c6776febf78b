"""Text without control characters, escape sequences, invisible characters, or long stacks of combining marks.

Text is cleaned when it is read and again before it is shown. A clean text costs one search.
"""

import re
from functools import cache

from .emoji import EMOJI, KEY_BASES, TONES

# Only the pattern that searches every text is compiled on import. Compiling the others would cost 3 % of start-up.
_HOSTILE = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\ud800-\udfff\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Controls, lone surrogates, and characters without a visible form.

The last are Default_Ignorable_Code_Point, interlinear annotation and Egyptian format controls (Unicode 15.0), except
those that have a meaning after some characters: see `_without_base`.
"""
_MARK = (
    "[\u0300-\u036f\u0483-\u0489\u064b-\u065f\u0816-\u082d\u08d3-\u0903\u093a-\u094f\u0951-\u0957\u0e31-\u0e3a\u0e47-\u0e4e"
    "\u0eb1-\u0ece\u0f18-\u0f39\u0f71-\u0fbc\u102b-\u103e\u17b4-\u17d3\u180b-\u180f\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u200c\u200d\ufe00-\ufe0f]"
)
"""Combining marks, and the joiners between them, of the blocks that stacks of marks are usually built from."""
_PRINTABLE_LEADS = (
    b"\xcc",
    b"\xcd",
    b"\xd2",
    b"\xd9",
    b"\xe0",
    b"\xe1",
    b"\xe3\x85\xa4",
    b"\xef\xb8",
    b"\xef\xbe\xa0",
    b"\xf3\xa0",
)
"""First bytes in UTF-8 of marks and invisible characters that `str.isprintable` accepts. No Chinese character begins
so."""
_SUSPECT = re.compile(f"{_HOSTILE[:-1]}{_MARK[1:]}")
_STACK_TOP = f"(?<={_MARK * 8}){_MARK}+"
_BIDI = "[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
_CONTEXTUAL = re.compile("[\u180b-\u180f\u200c\u200d\ufe0e\ufe0f]")
_MONGOLIAN = "[\u1820-\u18aa]"
_FORMS = "[\u180b-\u180d\u180f]"
_JOINING_SCRIPTS = "[\u0600-\u109f\u1780-\u18af\u1900-\u1cff\ua800-\ua8ff\ua980-\uaaff\U00010a00-\U00011fff]"
"""Scripts in which a joiner or non-joiner changes the form of letters: Arabic to Mongolian, and those of India."""


def clean(text: str) -> str:
    """Return the text without anything that a terminal obeys or that is invisible; line feeds and tabs stay.

    C0 controls and DEL become their visible symbols (U+2400…), C1 controls and lone surrogates U+FFFD, line and
    paragraph separators a line feed. Invisible characters are removed. Variation selectors, joiners and Mongolian form
    selectors stay where they change what is visible: after an emoji, between two, after a letter of such a script. One
    character keeps at most eight combining marks. No script needs more; Unicode's stream-safe form (UAX #15) allows 30.
    """
    if not _SUSPECT.search(text):
        return text
    text = re.sub(_HOSTILE, _shown, text)
    if _CONTEXTUAL.search(text):
        for pattern in _without_base():
            text = pattern.sub("", text)
    return re.sub(_STACK_TOP, "", text)


@cache
def _without_base() -> tuple[re.Pattern[str], ...]:
    """Return patterns of selectors and joiners that change nothing, in the order in which to remove them."""
    keycap = f"(?<=[{KEY_BASES}]\ufe0f)(?=\u20e3)"
    return (
        re.compile(f"[\ufe0e\ufe0f](?<![{EMOJI}].)(?!{keycap})"),
        re.compile(f"{_FORMS}(?<!{_MONGOLIAN}.)|\u180e(?<!{_MONGOLIAN}.)(?<!{_MONGOLIAN}{_FORMS}.)"),
        re.compile(
            f"\u200d(?<!{_JOINING_SCRIPTS}.)(?:(?<![{EMOJI}{TONES}\ufe0f].)|(?![{EMOJI}]))|\u200c(?<!{_JOINING_SCRIPTS}.)"
        ),
    )


def may_change(utf8: bytes) -> bool:
    """Return whether `clean` may change the text of these bytes if it is printable. Much cheaper than decoding it."""
    return any(lead in utf8 for lead in _PRINTABLE_LEADS)


def clean_counted(text: str) -> tuple[str, int]:
    """Return the text as `clean` does, and the number of bidi controls in it."""
    cleaned = clean(text)
    return cleaned, 0 if cleaned is text else bidi_controls(text)


def clean_line(text: str) -> str:
    """Return the text as `clean` does, with line feeds and tabs as spaces."""
    return clean(text).replace("\n", " ").replace("\t", " ")


def escaped(written: str) -> str:
    """Return JSON in which every character that `clean` may change is escaped. The values stay the same."""
    if not _SUSPECT.search(written):
        return written
    return re.sub(f"{_HOSTILE}|{_CONTEXTUAL.pattern}|{_STACK_TOP}", _json_escapes, written)


def _json_escapes(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{high:02x}{low:02x}" for high, low in zip(units[::2], units[1::2], strict=True))


def bidi_controls(text: str) -> int:
    """Return the number of bidi overrides, embeddings, isolates and marks (UAX #9)."""
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
