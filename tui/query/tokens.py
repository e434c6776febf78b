"""The tokens of a query: words, quoted phrases, and operators that have their operands."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Literal

from ..fold import fold

Kind = Literal["word", "phrase", "regex", "open", "close", "or", "and", "not", "field"]

_MAX_FIELD = 8
"""Characters of the longest field name."""
_DEEPEST = 40
"""Levels of nested brackets; deeper brackets are text."""
_OPERATORS: dict[str, Kind] = {
    **dict.fromkeys(("OR", "或", "|", "｜"), "or"),
    **dict.fromkeys(("AND", "且"), "and"),
    **dict.fromkeys(("NOT", "非"), "not"),
}
_OPERAND_STARTS = frozenset({"word", "phrase", "regex", "open", "not", "field"})
_EXCLUDABLE = _OPERAND_STARTS - {"not"}
_OPERAND_ENDS = frozenset({"word", "phrase", "regex", "close"})


@dataclass(frozen=True, slots=True)
class Token:
    kind: Kind
    text: str
    """Without quotes or colon."""
    raw: str = ""
    """The token as it was typed."""


def tokens(typed: str, fields: frozenset[str]) -> list[Token]:
    """Return the tokens in order. Brackets are balanced, operators have their operands, fields their values.

    `fields` has the folded names of the fields.
    """
    return _settled(list(_pieces(typed, _brackets(typed), fields)))


def _brackets(typed: str) -> dict[int, Kind]:
    """Return the positions of brackets that group: at the start of a word, closed, around more than one word."""
    found: dict[int, Kind] = {}
    open_at: list[int] = []
    quoted = False
    several = _several(typed)
    regex_end = 0
    for at, character in enumerate(typed):
        if at < regex_end:
            continue
        if character == "/" and not quoted and (regex_end := _regex_ends(typed, at)):
            continue
        if character == '"' and (quoted or _starts_word(typed, at)):
            quoted = not quoted
        elif quoted:
            continue
        elif character == "(":
            open_at.append(at)
        elif character == ")" and open_at:
            start = open_at.pop()
            if len(open_at) < _DEEPEST and _starts_word(typed, start) and several(start + 1, at):
                found[start], found[at] = "open", "close"
    return found


def _regex_ends(typed: str, at: int) -> int:
    """Return the end of the regular expression whose first slash is at `at`; 0 if there is none.

    It fills whole words, and no space follows its first slash or precedes its last. `\\/` is a slash inside it.
    """
    if typed[at] != "/" or not _starts_word(typed, at):
        return 0
    end = at + 1
    while end < len(typed) and typed[end] != "/":
        end += 2 if typed[end] == "\\" else 1
    if end >= len(typed) or end == at + 1 or typed[at + 1].isspace() or typed[end - 1].isspace():
        return 0
    after = typed[end + 1 : end + 2]
    return end + 1 if not after or after.isspace() or after in "|)" else 0


def _several(typed: str) -> Callable[[int, int], bool]:
    """Return a function that tells whether there is more than one word between two positions, in constant time.

    The first position must follow a bracket. Scanning the text between nested brackets would take quadratic time.
    """
    bars = [0, *accumulate(character == "|" for character in typed)]
    begun = (at > 0 and typed[at - 1].isspace() and not typed[at].isspace() for at in range(len(typed)))
    begins = [0, *accumulate(begun)]

    def several(start: int, end: int) -> bool:
        words = begins[end] - begins[start] + (start < end and not typed[start].isspace())
        return words > 1 or bars[end] > bars[start]

    return several


def _starts_word(typed: str, at: int) -> bool:
    before = typed[at - 1] if at else " "
    return before.isspace() or before in "(-－|:："


def _pieces(typed: str, brackets: dict[int, Kind], fields: frozenset[str]) -> Iterator[Token]:
    at = 0
    while at < len(typed):
        character = typed[at]
        if character.isspace():
            at += 1
        elif at in brackets:
            yield Token(brackets[at], character)
            at += 1
        elif character == "|":
            yield Token("or", character)
            at += 1
        elif character == '"' and at + 1 < len(typed):
            end = typed.find('"', at + 1)
            end = len(typed) if end < 0 else end
            yield Token("phrase", typed[at + 1 : end], typed[at : end + 1])
            at = end + 1
        elif end := _regex_ends(typed, at):
            yield Token("regex", typed[at + 1 : end - 1], typed[at:end])
            at = end
        elif character in "-－" and at + 1 < len(typed) and not typed[at + 1].isspace() and typed[at + 1] not in "-－|":
            yield Token("not", character)
            at += 1
        elif character in "=＝" and _takes_word(typed, at, brackets):
            end = _word_ends(typed, at + 1, brackets)
            yield Token("phrase", typed[at + 1 : end], typed[at:end])
            at = end
        elif colon := _field_ends(typed, at, fields):
            yield Token("field", typed[at : colon - 1], typed[at:colon])
            at = colon
        else:
            end = _word_ends(typed, at + 1, brackets)
            text = typed[at:end]
            yield Token(_OPERATORS.get(text, "word"), text, text)
            at = end


def _takes_word(typed: str, at: int, brackets: dict[int, Kind]) -> bool:
    """Return whether a word follows the equals sign at `at`."""
    after = typed[at + 1 : at + 2]
    return bool(after) and not after.isspace() and after not in '|"' and at + 1 not in brackets


def _word_ends(typed: str, at: int, brackets: dict[int, Kind]) -> int:
    while at < len(typed) and not typed[at].isspace() and typed[at] != "|" and at not in brackets:
        at += 1
    return at


def _field_ends(typed: str, at: int, fields: frozenset[str]) -> int:
    """Return the position after the colon of a field that has a value; 0 if there is no such field at `at`."""
    for colon in range(at + 1, min(at + _MAX_FIELD + 1, len(typed) - 1)):
        if typed[colon] in ":：":
            value = typed[colon + 1]
            return colon + 1 if fold(typed[at:colon]) in fields and not value.isspace() and value not in "|)" else 0
    return 0


def _settled(pieces: list[Token]) -> list[Token]:
    """Return the tokens with operators without operands turned into words."""
    for at in range(len(pieces) - 1, -1, -1):
        piece = pieces[at]
        after = pieces[at + 1].kind if at + 1 < len(pieces) else "close"
        before = pieces[at - 1].kind if at else "open"
        if (
            (piece.kind == "not" and after not in _EXCLUDABLE)
            or (piece.kind in ("or", "and") and (after not in _OPERAND_STARTS or before not in _OPERAND_ENDS))
            or (piece.kind == "field" and after not in ("word", "phrase", "regex"))
        ):
            pieces[at] = replace(piece, kind="word", text=piece.raw or piece.text)
    return pieces
