"""Parsing of inline markup: emphasis, code, links, notes.

Emphasis does not follow CommonMark's flanking rule, which suits Latin text: a run of `*` opens if no space follows it
and closes if no space precedes it, so that `**“红枫义警”**以` is bold.
"""

import re
from collections.abc import Mapping
from functools import cached_property
from itertools import accumulate
from types import MappingProxyType
from typing import NamedTuple

from ..article import InlineKind, InlineSpan
from ..clean import clean_line
from .addresses import attribute, file_name, folded_label, plain_address, safe_target, without_trailing
from .inline_elements import ELEMENTS, LOWERED, RAISED
from .inline_tokens import BRACKETS_MATTER, LABEL, SPECIAL, TARGET, TOKEN, TOKEN_START, compiled, decoded_entity

_SPACE = " \t\n\u00a0\u3000"
_LONGEST_RUN = 6
_LOOK_BACK = 8
"""Delimiters. Limits the search for an opener, so that parsing takes linear time."""
_STYLES: dict[str, tuple[InlineKind, ...]] = {
    "*": ("emphasis", "strong"),
    "_": ("emphasis", "strong"),
    "~": ("strike", "strike"),
}


Definitions = Mapping[str, str]
"""Addresses of link definitions, by folded label."""


def inline(source: str, definitions: Definitions = MappingProxyType({})) -> tuple[str, tuple[InlineSpan, ...]]:
    """Return the text without markup, and its spans by start. Line feeds in it are hard line breaks."""
    return _Scan(source, definitions).run() if SPECIAL.search(source) else (source, ())


class _Waiting(NamedTuple):
    """A delimiter that may still open a span."""

    char: str
    piece: int
    """Its index in the list of text pieces."""
    closes: bool
    """Whether it could also close a span."""
    length: int
    """Characters in the run as written."""
    end: int = 0
    """Offset in the source after it."""


class _Scan:
    """A single pass over the tokens, with a stack of delimiters that may open a span.

    Spans are stored as indexes of text pieces, not offsets, so that a delimiter's piece can be emptied when its partner
    is found.
    """

    def __init__(self, source: str, definitions: Definitions, *, pairs_delimiters: bool = True) -> None:
        self._source = source
        self._pairs_delimiters = pairs_delimiters
        self._link_brackets: set[int] = set()
        """Offsets after the brackets that open a link or picture."""
        self._link_places: list[int] = []
        """Stack indexes of those that are open. Delimiters below the last one cannot be closed before it."""
        self._definitions = definitions
        self._inactive = 0
        """Stack index. Brackets below it cannot open a link, because they contain one."""
        self._hidden: set[str] = set()
        """Names of the elements unknown to HTML whose start tag was dropped."""
        self._tags: dict[str, list[tuple[int, str]]] = {}
        """Piece index and link address of the open elements, by element name."""
        self._out: list[str] = []
        self._marks: list[tuple[InlineKind, int, int, str]] = []
        self._open: list[_Waiting] = []
        self._last: dict[str, list[int]] = {}
        """Indexes in `_open` of the delimiters of each character."""
        self._ticks: dict[int, list[int]] = {}

    def run(self) -> tuple[str, tuple[InlineSpan, ...]]:
        """Return the text and its spans.

        A link binds more tightly than emphasis: in `*[甲*](b)` the second star is part of the link's text. So a first
        pass finds the brackets that open a link, if brackets may contain delimiters.
        """
        source = self._source
        if self._pairs_delimiters and "]" in source and BRACKETS_MATTER.search(source):
            brackets = _Scan(source, self._definitions, pairs_delimiters=False)
            brackets.run()
            self._link_brackets = brackets._link_brackets
        if "`" in source:
            for run in reversed(list(re.finditer("`+", source))):
                self._ticks.setdefault(len(run[0]), []).append(run.start())
        at, copied, match = 0, 0, compiled(TOKEN).match
        while found := TOKEN_START.search(source, at):
            token = match(source, found.start())
            if token is None:
                at = found.end()
                continue
            self._out.append(source[copied : token.start()])
            at = copied = self._token(token)
        self._out.append(source[copied:])
        return "".join(self._out), self._placed()

    def _placed(self) -> tuple[InlineSpan, ...]:
        """Return the spans as offsets. Drops spans nested in their own kind and joins adjacent emphasis."""
        if not self._marks:
            return ()
        starts = [0, *accumulate(map(len, self._out))]
        found = [InlineSpan(kind, starts[first], starts[last], target) for kind, first, last, target in self._marks]
        placed: list[InlineSpan] = []
        latest: dict[InlineKind, int] = {}
        if len(found) == 1:
            return tuple(found) if found[0].start < found[0].end else ()
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
        """Process a token. Return the source offset at which to continue."""
        text, first = token[0], token[0][0]
        if first == "\\":
            self._out.append(text[1])
        elif first == "`":
            return self._code(token)
        elif first in "*_~":
            self._delimiter(token)
        elif first == "<":
            return self._angle(token)
        elif first == "h":
            address = without_trailing(text)
            self._set_apart("link", address, address)
            return token.start() + len(address)
        elif first in "${":
            self._set_apart("code", " ".join(text.split("\n")))
        elif text.startswith(("[[", "![[")):
            self._wiki(text.lstrip("!")[2:-2])
        elif first == "&":
            self._out.append(decoded_entity(text))
        elif first == "]":
            return self._bracket(token)
        elif text.startswith("[^"):
            self._set_apart("note", f"[{text[2:-1]}]", text[2:-1])
        else:
            if token.end() in self._link_brackets:
                self._link_places.append(len(self._open))
            self._wait("[", text, end=token.end())
        return token.end()

    def _wiki(self, source: str) -> None:
        """Process an Obsidian link, which names an article."""
        name, _bar, alias = source.partition("|")
        text = clean_line(alias or name).strip()
        target = clean_line(name).strip()
        if safe_target(target):
            self._set_apart("link", text, target)
        else:
            self._out.append(text)

    def _angle(self, token: re.Match[str]) -> int:
        """Process an address in angle brackets, a comment, or an element. Return where to continue."""
        text = token[0]
        if text == "<!--":
            end = self._source.find("-->", token.end() - 2)
            if end < 0:
                self._out.append(text)
                return token.end()
            return end + 3
        address = text[1:-1]
        head = address.partition(" ")[0]
        if "://" in head or "@" in head:
            if safe_target(address):
                self._set_apart("link", address.removeprefix("mailto:"), address)
            else:
                self._out.append(address)
            return token.end()
        name = text.strip("</>").split(maxsplit=1)[0].rstrip("/").lower()
        if name not in ELEMENTS:
            if not self._is_element(text, name):
                self._out.append(text)
        elif name == "br":
            self._out.append("\n")
        elif name == "img":
            self._picture(text)
        elif text[1] == "/":
            self._end_tag(name)
        else:
            href = attribute(text, "href") if name == "a" else ""
            self._tags.setdefault(name, []).append((len(self._out), href))
        return token.end()

    def _is_element(self, tag: str, name: str) -> bool:
        """Return whether a tag unknown to HTML is a component of a site generator, not text like `List<Text>`."""
        if tag[1] == "/":
            return name in self._hidden
        if not (tag.endswith("/>") or "=" in tag or name in self._closed):
            return False
        self._hidden.add(name)
        return True

    @cached_property
    def _closed(self) -> frozenset[str]:
        """The names in end tags."""
        return frozenset(name.lower() for name in re.findall(r"</([A-Za-z][A-Za-z0-9-]*)", self._source))

    def _picture(self, tag: str) -> None:
        address = plain_address(attribute(tag, "src"))
        text = (plain_address(attribute(tag, "alt")) if "alt" in tag.lower() else "") or file_name(address)
        if text:
            self._set_apart("link", text, address) if safe_target(address) and address else self._out.append(text)

    def _end_tag(self, name: str) -> None:
        waiting = self._tags.get(name)
        if not waiting:
            return
        piece, href = waiting.pop()
        kind, address = ELEMENTS[name], plain_address(href) if href else ""
        if kind == "link" and not (address and safe_target(address)):
            return
        if kind is not None:
            self._marks.append((kind, piece, len(self._out), address if kind == "link" else ""))
        elif name in ("sub", "sup"):
            text = "".join(self._out[piece:]).translate(RAISED if name == "sup" else LOWERED)
            if text and not text.isascii() and len(self._out) - piece == 1:
                self._out[piece] = text

    def _set_apart(self, kind: InlineKind, text: str, target: str = "") -> None:
        self._out.append(text)
        self._marks.append((kind, len(self._out) - 1, len(self._out), target))

    def _wait(self, char: str, text: str, closes: bool = False, length: int = 1, end: int = 0) -> None:
        self._last.setdefault(char, []).append(len(self._open))
        self._open.append(_Waiting(char, len(self._out), closes, length, end))
        self._out.append(text)

    def _forget(self, place: int) -> None:
        """Remove the delimiters from stack index `place` upwards."""
        while len(self._open) > place:
            self._last[self._open.pop().char].pop()
        if self._inactive > place:
            self._inactive = place

    def _code(self, token: re.Match[str]) -> int:
        ends = self._ticks.get(len(token[0]), [])
        while ends and ends[-1] <= token.start():
            ends.pop()
        if not ends:
            self._out.append(token[0])
            return token.end()
        text = self._source[token.end() : ends[-1]].replace("\n", " ")
        if len(text) > 2 and text[0] == text[-1] == " " and text.strip():
            text = text[1:-1]
        self._set_apart("code", text)
        return ends[-1] + len(token[0])

    def _bracket(self, token: re.Match[str]) -> int:
        """Process a closing bracket: the end of a link or picture, or text. Return where to continue."""
        waiting = self._last.get("[")
        if not waiting:
            self._out.append("]")
            return token.end()
        place = waiting[-1]
        opening = self._open[place]
        is_picture = self._out[opening.piece].startswith("!")
        found = self._address(opening, token) if is_picture or place >= self._inactive else None
        self._forget(place)
        if self._link_places and self._link_places[-1] == place:
            self._link_places.pop()
        if found is None:
            self._out.append("]")
            return token.end()
        self._link_brackets.add(opening.end)
        address, end = found
        self._out[opening.piece] = ""
        if is_picture and not any(self._out[opening.piece :]):
            self._out.append(file_name(address))
        if address and safe_target(address):
            self._marks.append(("link", opening.piece + 1, len(self._out), address))
        if not is_picture:
            self._inactive = len(self._open)
        return end

    def _address(self, opening: _Waiting, token: re.Match[str]) -> tuple[str, int] | None:
        """Return the address after a closing bracket or from a definition, and where to continue; None without one."""
        if target := compiled(TARGET).match(self._source, token.end()):
            return plain_address(target[1] if target[1] is not None else target[2] or ""), target.end()
        if not self._definitions:
            return None
        label = LABEL.match(self._source, token.end())
        if label and label[1].strip():
            address = self._definitions.get(folded_label(label[1]))
            return (plain_address(address), label.end()) if address is not None else None
        if token.start() - opening.end > 999:
            return None
        address = self._definitions.get(folded_label(self._source[opening.end : token.start()]))
        if address is None:
            return None
        return plain_address(address), label.end() if label else token.end()

    def _delimiter(self, token: re.Match[str]) -> None:
        char, count = token[0][0], len(token[0])
        if not self._pairs_delimiters:
            self._out.append(token[0])
            return
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
        """Return the stack index of the partner of a closing run, or None.

        As in CommonMark, a run that could both open and close has no partner if the lengths add up to a multiple of
        three, so that `*甲**乙***` nests.
        """
        lowest = self._link_places[-1] if self._link_places else 0
        for place in reversed(self._last.get(char, [])[-_LOOK_BACK:]):
            if place < lowest:
                return None
            waiting = self._open[place]
            if not ((opens or waiting.closes) and (waiting.length + length) % 3 == 0 and length % 3):
                return place
        return None

    def _flanks(self, token: re.Match[str]) -> tuple[bool, bool]:
        """Return whether the run may open a span, and whether it may close one."""
        start, end = token.span()
        before = self._source[start - 1 : start] if start else ""
        after = self._source[end : end + 1]
        opens = bool(after) and after not in _SPACE
        closes = bool(before) and before not in _SPACE
        if token[0][0] == "_":
            return opens and not _in_word(before), closes and not _in_word(after)
        if before.isdigit() and after.isdigit():
            return False, False
        return opens, closes


def _in_word(char: str) -> bool:
    """Return whether `_` beside this character is part of a word. Han characters are not written in words."""
    return char < "\u2e80" and char.isalnum()
