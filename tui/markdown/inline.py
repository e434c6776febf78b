"""What is marked inside a line of text: emphasis, code, links, notes.

Emphasis follows the writer, not CommonMark's flanking rule, which was made for Latin: a run of `*` opens when no
space follows it and closes when no space precedes it, so that `**“红枫义警”**以` is bold.
"""

import re
from itertools import accumulate
from typing import NamedTuple

from ..article import Block, BlockKind, InlineKind, InlineSpan
from ..clean import clean_line

# Most bodies hold no markup, and the longest of these patterns are compiled when the first markup is met.
_TOKEN = (
    r"\\[!-/:-@\[-`{-~]|`+|\*+|_+|~+|!?\[(?:\^[^\]\s\[]{1,40}\])?+|\]|<(?:https?://|mailto:)[!-;=?-~]*>|"
    r"https?://[!#-&*-;=?-Z_a-z~]+|&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});"
)
_SPECIAL = re.compile(r"[\\`*_~\[\]<&]|://")
_TARGET = r"\(\s*+(?:<([^<>]*)>|([^\s()<>]*+(?:\([^\s()<>]*+\)[^\s()<>]*+)*+))(?:\s++\"[^\"]*\")?+\s*+\)"
_SPACE = " \t\n\u3000"
_LONGEST_RUN = 6
_LOOK_BACK = 8
"""How many waiting delimiters are tried, so that no text takes more than linear time."""
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_STYLES: dict[str, tuple[InlineKind, ...]] = {
    "*": ("emphasis", "strong"),
    "_": ("emphasis", "strong"),
    "~": ("strike", "strike"),
}


def marked(kind: BlockKind, source: str, *, level: int = 0, marker: str = "", target: str = "") -> Block:
    """A block of this kind whose text is the source without its markup."""
    text, marks = _trimmed(*inline(source))
    return Block(kind, text, marks, level, marker, target if safe_target(target) else "")


def inline(source: str) -> tuple[str, tuple[InlineSpan, ...]]:
    """The text without markup and its marks, by start."""
    return _Scan(source).run() if _SPECIAL.search(source) else (source, ())


def _trimmed(text: str, marks: tuple[InlineSpan, ...]) -> tuple[str, tuple[InlineSpan, ...]]:
    """Without white space at either end, which can be left where markup was."""
    inner = text.strip()
    if len(inner) == len(text):
        return text, marks
    ahead = len(text) - len(text.lstrip())
    within = [
        InlineSpan(mark.kind, max(mark.start - ahead, 0), min(mark.end - ahead, len(inner)), mark.target)
        for mark in marks
    ]
    return inner, tuple(mark for mark in within if mark.start < mark.end)


def safe_target(target: str) -> bool:
    """Whether an address may be followed: http, https, mailto, or a relative path."""
    scheme = _SCHEME.match(target)
    return scheme is None or scheme[0].lower() in ("http:", "https:", "mailto:")


class _Waiting(NamedTuple):
    """A delimiter that may still open something."""

    char: str
    piece: int
    """Its index among the pieces of text."""
    closes: bool
    """Whether it could have closed something too."""
    length: int
    """Of the run as it was written."""


class _Scan:
    """One pass over the tokens; delimiters that may open something wait on a stack.

    Marks are kept as places between pieces of text, so that a delimiter can still vanish when its partner is found.
    """

    def __init__(self, source: str) -> None:
        self._source = source
        self._out: list[str] = []
        self._marks: list[tuple[InlineKind, int, int, str]] = []
        self._open: list[_Waiting] = []
        self._last: dict[str, list[int]] = {}
        """For each such character the places of its delimiters in `_open`."""
        self._ticks: dict[int, list[int]] = {}

    def run(self) -> tuple[str, tuple[InlineSpan, ...]]:
        source = self._source
        if "`" in source:
            for run in reversed(list(re.finditer("`+", source))):
                self._ticks.setdefault(len(run[0]), []).append(run.start())
        at, search = 0, re.compile(_TOKEN).search
        while token := search(source, at):
            self._out.append(source[at : token.start()])
            at = self._token(token)
        self._out.append(source[at:])
        return "".join(self._out), self._placed()

    def _placed(self) -> tuple[InlineSpan, ...]:
        """The marks as offsets; of the same kind none inside or right after another."""
        starts = [0, *accumulate(map(len, self._out))]
        found = [InlineSpan(kind, starts[first], starts[last], target) for kind, first, last, target in self._marks]
        placed: list[InlineSpan] = []
        latest: dict[InlineKind, int] = {}
        for mark in sorted(found, key=lambda mark: (mark.start, -mark.end, mark.kind)):
            before = latest.get(mark.kind)
            merges = mark.kind in ("strong", "emphasis", "strike")
            if mark.start == mark.end or (before is not None and mark.end <= placed[before].end):
                continue
            if merges and before is not None and mark.start <= placed[before].end:
                placed[before] = InlineSpan(mark.kind, placed[before].start, mark.end)
                continue
            latest[mark.kind] = len(placed)
            placed.append(mark)
        return tuple(placed)

    def _token(self, token: re.Match[str]) -> int:
        """Take one token; where to go on."""
        text, first = token[0], token[0][0]
        if first == "\\":
            self._out.append(text[1])
        elif first == "`":
            return self._code(token)
        elif first in "*_~":
            self._delimiter(token)
        elif first == "<":
            self._set_apart("link", text[1:-1].removeprefix("mailto:"), text[1:-1])
        elif first == "h":
            address = text.rstrip(".,;:!?*_~-")
            self._set_apart("link", address, address)
            return token.start() + len(address)
        elif first == "&":
            self._out.append(_entity(text))
        elif first == "]":
            return self._bracket(token)
        elif text.startswith("[^"):
            self._set_apart("note", f"[{text[2:-1]}]", text[2:-1])
        else:
            self._wait("[", text)
        return token.end()

    def _set_apart(self, kind: InlineKind, text: str, target: str = "") -> None:
        self._out.append(text)
        self._marks.append((kind, len(self._out) - 1, len(self._out), target))

    def _wait(self, char: str, text: str, closes: bool = False, length: int = 1) -> None:
        self._last.setdefault(char, []).append(len(self._open))
        self._open.append(_Waiting(char, len(self._out), closes, length))
        self._out.append(text)

    def _forget(self, place: int) -> None:
        """From this place of the stack on nothing can be opened any more."""
        while len(self._open) > place:
            self._last[self._open.pop().char].pop()

    def _code(self, token: re.Match[str]) -> int:
        ends = self._ticks.get(len(token[0]), [])
        while ends and ends[-1] <= token.start():
            ends.pop()
        if not ends:
            self._out.append(token[0])
            return token.end()
        text = self._source[token.end() : ends[-1]]
        if len(text) > 2 and text[0] == text[-1] == " " and text.strip():
            text = text[1:-1]
        self._set_apart("code", text)
        return ends[-1] + len(token[0])

    def _bracket(self, token: re.Match[str]) -> int:
        waiting = self._last.get("[")
        target = re.compile(_TARGET).match(self._source, token.end()) if waiting else None
        if not waiting or target is None:
            if waiting:
                self._forget(waiting[-1])
            self._out.append("]")
            return token.end()
        piece = self._open[waiting[-1]].piece
        self._forget(waiting[-1])
        address = clean_line(target[1] or target[2] or "")
        self._out[piece] = ""
        if address and safe_target(address):
            self._marks.append(("link", piece + 1, len(self._out), address))
        return target.end()

    def _delimiter(self, token: re.Match[str]) -> None:
        char, count = token[0][0], len(token[0])
        opens, closes = self._flanks(token)
        if count > _LONGEST_RUN or (char == "~" and count != 2):
            opens = closes = False
        while closes and count:
            place = self._opener(char, len(token[0]), opens)
            if place is None:
                break
            piece = self._open[place].piece
            used = min(2, count, len(self._out[piece]))
            self._forget(place + 1)
            self._out[piece] = self._out[piece][used:]
            self._marks.append((_STYLES[char][used - 1], piece + 1, len(self._out), ""))
            count -= used
            if not self._out[piece]:
                self._forget(place)
        if opens and count:
            self._wait(char, char * count, closes, len(token[0]))
        else:
            self._out.append(char * count)

    def _opener(self, char: str, length: int, opens: bool) -> int | None:
        """Where on the stack the partner of a closing run waits.

        As in CommonMark, a run that could both open and close does not pair where the lengths add up to a multiple of
        three, so that `*甲**乙***` nests.
        """
        for place in reversed(self._last.get(char, [])[-_LOOK_BACK:]):
            waiting = self._open[place]
            if not ((opens or waiting.closes) and (waiting.length + length) % 3 == 0 and length % 3):
                return place
        return None

    def _flanks(self, token: re.Match[str]) -> tuple[bool, bool]:
        """Whether the run may open, and whether it may close."""
        before = self._source[token.start() - 1 : token.start()] if token.start() else ""
        after = self._source[token.end() : token.end() + 1]
        opens = bool(after) and after not in _SPACE
        closes = bool(before) and before not in _SPACE
        if token[0][0] == "_":
            return opens and not _latin(before), closes and not _latin(after)
        if before.isdigit() and after.isdigit():
            return False, False
        return opens, closes


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _entity(text: str) -> str:
    """What a character reference stands for, made safe."""
    from html import unescape

    return clean_line(unescape(text))
