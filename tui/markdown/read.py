"""Lines in, blocks out."""

import re
from collections.abc import Iterator

from ..article import Block
from .inline import marked
from .join import join
from .table import is_delimiter, table

DEEPEST = 8
"""Levels of quotes and lists told apart; what is nested deeper is set as deep as this."""

_INLINE_OR_BLOCK = "\\`*_~[<&#>|\t!"
_SPACES = " \u3000\u00a0"
_MAY_OPEN = frozenset("-+•0123456789" + _SPACES)
_ITEM = re.compile(r"([ \t]*)(?:([-*+•])|(\d{1,9})[.)])(?:[ \t]+|$)")
_SUBHEAD = re.compile(r"(#{2,6})[ \t\u3000]*(?=[^\s#])|(#)[ \t\u3000]+(?=[^\s#])")
_OPENS = re.compile(r"[ \u3000\u00a0]|[-+•](?:[ \-]|$)|\d{1,9}[.)](?: |$)")
"""How a line without inline markup may open something other than a paragraph."""
_RULE = re.compile(r"(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
_FENCE = re.compile(r"(`{3,}+|~{3,}+)[^`]*+$")
_FOOTNOTE = re.compile(r"\[\^([^\]\s]{1,40})\]:[ \t]*")
_IMAGE = re.compile(r"!\[((?:[^\[\]\\]|\\.)*+)\]\(\s*+(?:<([^<>]*)>|([^\s()<>]*))(?:\s++\"[^\"]*\")?+\s*+\)$")
_QUOTE = re.compile(r"(?:>[ \t]?)+")
_HARD = re.compile(r"(?:  |\\)$")


def blocks(body: str) -> tuple[Block, ...]:
    """The body's blocks, in order; paragraph numbers elsewhere are indexes into this."""
    plain = _plain(body)
    return plain if plain is not None else tuple(_BlockParser(body).read())


def _plain(body: str) -> tuple[Block, ...] | None:
    """The blocks of a body without any markup, which most bodies are; None when it must be read line by line."""
    for char in _INLINE_OR_BLOCK:
        if char in body:
            return None
    if "://" in body:
        return None
    paragraphs = body.split("\n\n")
    for paragraph in paragraphs:
        if not paragraph or "\n" in paragraph or paragraph[-1] in _SPACES:
            return None
        if paragraph[0] in _MAY_OPEN and _OPENS.match(paragraph):
            return None
    return tuple([Block("paragraph", paragraph) for paragraph in paragraphs])


def _without_hashes(text: str) -> str:
    """Return a subhead's text without a closing run of hashes, which white space sets apart."""
    before = text.rstrip("#")
    return before.rstrip(" \t") if len(before) < len(text) and before[-1:] in (" ", "\t") else text


class _BlockParser:
    """One pass over the lines; what is open (a paragraph, an item, a quote) gathers lines until something closes it."""

    def __init__(self, body: str) -> None:
        self._lines = body.split("\n")
        self._at = 0
        self._open: list[str] = []
        self._kind: Block = Block("paragraph", "")
        self._indents: list[int] = []

    def read(self) -> Iterator[Block]:
        while self._at < len(self._lines):
            raw = self._lines[self._at]
            self._at += 1
            yield from self._line(raw if _HARD.search(raw) else raw.rstrip(" \t\u3000"))
        yield from self._close()

    def _line(self, raw: str) -> Iterator[Block]:
        line = raw.strip(" \t\u3000\u00a0")
        if not line or line == "\\":
            yield from self._close()
            return
        item = _ITEM.match(raw) if raw.lstrip(" \t")[:1] in "-*+•0123456789" else None
        first = line[0]
        if first in "-*_" and _RULE.match(line):
            yield from self._close()
            self._indents.clear()
            yield Block("rule", "")
        elif item is not None and not (self._open and item[3] is not None and item[3] != "1" and not self._indents):
            yield from self._close()
            self._begin_item(item, raw)
        elif first == "#" and (head := _SUBHEAD.match(line)):
            yield from self._close()
            self._indents.clear()
            subhead = marked("subhead", _without_hashes(line[head.end() :]), level=len(head[1] or "##"))
            if subhead.text:
                yield subhead
        elif first in "`~" and (fence := _FENCE.match(line)):
            yield from self._close()
            yield self._code(fence[1])
        elif first == ">":
            yield from self._quote(line)
        elif first == "[" and (note := _FOOTNOTE.match(line)):
            yield from self._close()
            self._indents.clear()
            self._kind = Block("footnote", "", marker=f"[{note[1]}]")
            self._open.append(line[note.end() :])
        elif first == "!" and (image := _IMAGE.match(line)):
            yield from self._close()
            yield marked("caption", image[1], target=image[2] or image[3] or "")
        elif (
            "|" in line and not self._open and self._at < len(self._lines) and is_delimiter(line, self._lines[self._at])
        ):
            yield self._table(line)
        else:
            yield from self._text(raw, line)

    def _text(self, raw: str, line: str) -> Iterator[Block]:
        """A line of running text: goes on with what is open, or opens a paragraph."""
        indented = raw[:1] in " \t"
        if not self._open:
            if self._indents and indented:
                self._kind = Block("item", "", level=len(self._indents) - 1)
            else:
                self._indents.clear()
                self._kind = Block("paragraph", "")
        hard = _HARD.search(raw)
        self._open.append(line[:-1] if hard and line.endswith("\\") else line)
        if hard:
            kind = self._kind
            yield from self._close()
            self._kind = Block(kind.kind, "", level=kind.level) if kind.kind != "footnote" else Block("paragraph", "")

    def _begin_item(self, item: re.Match[str], raw: str) -> None:
        indent = len(item[1].expandtabs(4))
        while self._indents and self._indents[-1] > indent:
            self._indents.pop()
        if not self._indents or indent >= self._indents[-1] + 2:
            self._indents.append(indent)
        level = min(len(self._indents), DEEPEST) - 1
        self._kind = Block("item", "", level=level, marker=f"{item[3]}." if item[3] else "•")
        self._open.append(raw[item.end() :].strip())

    def _quote(self, line: str) -> Iterator[Block]:
        mark = _QUOTE.match(line)
        assert mark is not None
        level = min(mark[0].count(">"), DEEPEST) - 1
        text = line[mark.end() :].strip(" \t\u3000")
        if self._kind.kind != "quote" or self._kind.level != level or not text or _ITEM.match(text):
            yield from self._close()
        if text:
            self._indents.clear()
            self._kind = Block("quote", "", level=level)
            self._open.append(text)

    def _code(self, fence: str) -> Block:
        lines: list[str] = []
        while self._at < len(self._lines):
            line = self._lines[self._at]
            self._at += 1
            mark = line.strip(" \t")
            if len(mark) >= len(fence) and not mark.strip(fence[0]):
                break
            lines.append(line)
        return Block("code", "\n".join(lines))

    def _table(self, header: str) -> Block:
        delimiter = self._lines[self._at]
        self._at += 1
        rows = [header]
        while self._at < len(self._lines) and "|" in self._lines[self._at]:
            rows.append(self._lines[self._at].strip())
            self._at += 1
        return table(rows, delimiter)

    def _close(self) -> Iterator[Block]:
        if self._open:
            kind = self._kind
            block = marked(kind.kind, join(self._open), level=kind.level, marker=kind.marker)
            if block.text:
                yield block
            elif kind.marker:
                self._indents.clear()
            self._open = []
        self._kind = Block("paragraph", "")
