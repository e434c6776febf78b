"""Parsing of lines into raw blocks: nested containers as in CommonMark; inline markup stays unparsed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from ..article import BlockKind
from .addresses import folded_label
from .block_patterns import (
    ADMONITION,
    ALERT,
    ATTRIBUTES,
    BOX,
    DEFINITION,
    FENCE,
    FOOTNOTE,
    HARD,
    ITEM,
    RULE,
    SUBHEAD,
    TASK,
    UNDERLINE,
)
from .join import join
from .line_text import (
    BACKSLASH,
    BREAKS,
    HARD_BREAK,
    INDENT,
    ends_indented_code,
    expanded,
    heading_parts,
    html_end,
    indent_of,
    is_code_line,
    joined,
    without_mark,
)
from .table import is_delimiter

DEEPEST = 8
"""Levels of quotes and lists. Deeper ones are treated as this level."""


class RawBlock(NamedTuple):
    """A block whose inline markup is not parsed yet."""

    kind: BlockKind | str
    """A block's kind, or `html`."""
    source: str
    level: int = 0
    marker: str = ""
    inside: str = ""
    """The containers around it, outermost first: `q` or `i`. Empty if kind and level determine them."""
    rows: tuple[str, ...] = ()
    """Rows of a table: the delimiter row, the header, and the others."""
    anchor: str = ""
    """The name of a subhead in addresses; empty if the writer gave it none."""


@dataclass(slots=True)
class _Container:
    kind: str
    """`q` for a quote, `i` for an item, empty for a box, which no block is in."""
    offset: int = 0
    """Columns. The indent of the content of an item or box, which its further lines need."""
    marker: str = ""
    """Marker of an item; empty once its first paragraph has taken it."""
    begins_blank: bool = False
    fresh: bool = True
    """True until it contains a block."""


@dataclass(slots=True)
class _Leaf:
    """An open code or HTML block, as raw lines."""

    kind: str
    end: str
    """What ends it: a fence, a pattern, `INDENT` for code that is indented, or empty for a blank line."""
    indent: int
    depth: int
    lines: list[str] = field(default_factory=list)


class LineParser:
    """A single-use parser that passes over the lines once."""

    def __init__(self, body: str) -> None:
        self._lines = body.split("\n")
        self.definitions: dict[str, str] = {}
        """Addresses of link definitions, by folded label."""
        self._stack: list[_Container] = []
        self._paragraph: list[str] = []
        self._note = ""
        """Label of the footnote if the open paragraph is one; else empty."""
        self._leaf: _Leaf | None = None
        self._rows: list[str] = []
        """Rows of the open table."""
        self._out: list[RawBlock] = []

    def read(self) -> Iterator[RawBlock]:
        """Yield the blocks in order. `definitions` is complete after the last one."""
        for line in self._lines:
            self._line(line)
            yield from self._out
            self._out.clear()
        self._close(0)
        yield from self._out

    def _line(self, raw: str) -> None:
        leaf = self._leaf
        matched, rest = self._matched(expanded(raw) if leaf is None or leaf.depth or leaf.end == INDENT else raw)
        if leaf is not None:
            if matched == leaf.depth and not (leaf.end == INDENT and ends_indented_code(leaf.lines[-1], rest)):
                self._into_leaf(leaf, rest)
                return
            self._end_leaf()
        if not rest.strip(" \t\u3000\u00a0"):
            self._close(matched)
            return
        self._starts(matched, rest)

    def _matched(self, line: str) -> tuple[int, str]:
        """Return how many open containers the line continues, and the rest of the line."""
        matched = 0
        for container in self._stack:
            indent = len(line) - len(line.lstrip(" "))
            if container.kind == "q":
                if indent > 3 or line[indent : indent + 1] != ">":
                    break
                line = without_mark(line, indent + 1, 1)
            else:
                if not line.strip():
                    if container.begins_blank and container.fresh:
                        break
                    line = line[container.offset :]
                elif indent >= container.offset:
                    line = line[container.offset :]
                else:
                    break
            matched += 1
        return matched, line

    def _starts(self, matched: int, line: str) -> None:
        """Process a non-blank line: new containers, then a leaf or text."""
        while True:
            indent = len(line) - len(line.lstrip(" "))
            text = line[indent:]
            first = text[0]
            going_on = bool(self._paragraph) and matched == len(self._stack)
            if self._rows and (matched < len(self._stack) or not self._row(text)):
                self._end_table()
            elif self._rows:
                return
            if going_on and "|" in text + self._paragraph[-1] and self._begin_table(text):
                return
            if first == ">" and indent <= 3:
                self._close(matched)
                if len(self._stack) == DEEPEST:
                    line = line.lstrip("> ")
                    break
                self._stack.append(_Container("q"))
                matched += 1
                line = without_mark(line, indent + 1, 1)
            elif first in "-*+•0123456789" and (found := self._item(text, indent, matched, going_on)) is not None:
                is_full = len(self._stack) == matched
                line = found
                matched = len(self._stack)
                if is_full:
                    break
            else:
                break
            if not line.strip():
                return
        indent = indent_of(line)
        text = line[indent:]
        if text and not self._leaf_starts(matched, text, indent, going_on):
            self._text(matched, line)

    def _item(self, text: str, indent: int, matched: int, going_on: bool) -> str | None:
        """Begin an item if the line starts one. Return the rest of the line, or None."""
        found = ITEM.match(text)
        if found is None or (text[0] in "-*_" and RULE.match(text)):
            return None
        in_list = any(one.kind == "i" for one in self._stack)
        rest = text[found.end() :]
        if going_on and (not rest.strip() or (found[2] and int(found[2]) != 1)):
            return None
        if going_on and indent > 3 and not in_list:
            return None
        if going_on and text[0] == "-" and not rest and indent <= 3:
            return None
        self._close(matched)
        spaces = len(found[4] or "")
        marker = f"{int(found[2])}." if found[2] else "•"
        wide = found.end() - spaces
        offset = indent + wide + (spaces if 1 <= spaces <= 4 and rest.strip() else 1)
        container = _Container("i", offset, marker, begins_blank=not rest.strip())
        for outer in self._stack:
            outer.fresh = False
        if len(self._stack) < DEEPEST:
            self._stack.append(container)
        elif self._stack[-1].kind == "i":
            self._stack[-1].marker = marker
        return " " * max(spaces - (offset - indent - wide), 0) + rest

    def _leaf_starts(self, matched: int, text: str, indent: int, going_on: bool) -> bool:
        """Process the line if it starts a leaf other than a paragraph. Return whether it does."""
        first = text[0]
        if indent > 3:
            if self._paragraph or not is_code_line(text):
                return False
            self._close(matched)
            self._leaf = _Leaf("code", INDENT, len(INDENT), len(self._stack))
            self._into_leaf(self._leaf, " " * indent + text)
            return True
        if going_on and first in "=-" and (found := UNDERLINE.match(text)) and not self._note:
            return self._underlined(found)
        if first in "-*_" and RULE.match(text):
            self._close(matched)
            self._add("rule", "")
        elif first == "#" and (head := SUBHEAD.match(text)):
            self._close(matched)
            marks = head[1] or ("##" if head[2] else head[3])
            source, anchor = ("", "") if head[3] else heading_parts(text[head.end() :])
            self._add("subhead", source, level=max(len(marks), 2), anchor=anchor)
        elif first in "`~" and (fence := FENCE.match(text)):
            self._close(matched)
            self._leaf = _Leaf("code", fence[1], indent, len(self._stack))
        elif first == "[" and (note := FOOTNOTE.match(text)):
            self._close(matched)
            self._note = note[1]
            self._paragraph.append(text[note.end() :])
        elif first == "<" and (end := html_end(text, going_on)) is not None:
            self._close(matched)
            self._leaf = _Leaf("html", end, 0, len(self._stack))
            self._into_leaf(self._leaf, text)
        elif first == "$" and text.rstrip() == "$$":
            self._close(matched)
            self._leaf = _Leaf("code", "$$", indent, len(self._stack))
        elif first == ":" and (box := BOX.match(text)):
            self._close(matched)
            if title := box[2].strip(" :").partition("{")[0].strip():
                self._add("paragraph", title)
        elif first == "[" and self._alert(matched, text):
            pass
        elif first in "!?=" and (box := ADMONITION.match(text)) and not (going_on and first == "="):
            self._admonition(matched, indent, box)
        elif first == "{" and ATTRIBUTES.match(text):
            self._close(matched)
        else:
            return False
        return True

    def _alert(self, matched: int, text: str) -> bool:
        """Process the first line of a quote if it declares an alert. Return whether it does."""
        found = ALERT.match(text)
        if found is None or not self._stack or self._stack[-1].kind != "q" or not self._stack[-1].fresh:
            return False
        if self._paragraph or matched < len(self._stack) - 1:
            return False
        self._add("paragraph", f"**{found[1].upper()}** {found[2]}".strip())
        return True

    def _admonition(self, matched: int, indent: int, box: re.Match[str]) -> None:
        """Process the first line of a box whose text is indented: its title, or else its kind, is a paragraph."""
        self._close(matched)
        title = box[2] if box[2] is not None else f"**{box[1].split()[0].upper()}**" if box[1] else ""
        if title.strip():
            self._add("paragraph", title.strip())
        if len(self._stack) < DEEPEST:
            self._stack.append(_Container("", indent + len(INDENT)))

    def _underlined(self, found: re.Match[str]) -> bool:
        """Turn the open paragraph into a heading. Return False if it holds only link definitions."""
        text = self._without_definitions("\n".join(self._paragraph))
        if not text:
            self._paragraph = []
            return False
        self._paragraph = []
        source, anchor = heading_parts(join(text.split("\n")))
        self._add("subhead", source, level=2, anchor=anchor)
        return True

    def _text(self, matched: int, line: str) -> None:
        """Process a line of text. It continues an open paragraph, even if it omits the markers of containers."""
        if not self._paragraph:
            self._close(matched)
        text = line.strip(" \t\u3000\u00a0")
        if HARD.search(line):
            text += BACKSLASH if line.endswith("\\") else HARD_BREAK
        self._paragraph.append(text)

    def _close(self, depth: int) -> None:
        """End the open leaf, and all containers deeper than `depth`."""
        if self._paragraph:
            self._close_paragraph()
        if self._rows:
            self._end_table()
        if self._leaf is not None:
            self._end_leaf()
        del self._stack[depth:]

    def _close_paragraph(self) -> None:
        if not self._paragraph:
            return
        lines, self._paragraph = self._paragraph, []
        if self._note:
            self._out.append(RawBlock("footnote", joined(lines), marker=f"[{self._note}]"))
            self._note = ""
            return
        if lines[0].startswith("["):
            text = self._without_definitions("\n".join(line.rstrip(BREAKS) for line in lines))
            if text != "\n".join(line.rstrip(BREAKS) for line in lines):
                lines = lines[len(lines) - text.count("\n") - 1 :] if text else []
        if lines:
            self._add("paragraph", joined(lines))

    def _without_definitions(self, text: str) -> str:
        while text.startswith("[") and (found := DEFINITION.match(text)):
            label = folded_label(found[1])
            if not label:
                break
            self.definitions.setdefault(label, found[2] if found[2] is not None else found[3])
            text = text[found.end() :].lstrip(" ")
        return text

    def _begin_table(self, delimiter: str) -> bool:
        header = self._paragraph[-1].rstrip(BREAKS)
        if self._note or not is_delimiter(header, delimiter):
            return False
        self._paragraph.pop()
        self._close_paragraph()
        self._rows = [delimiter, header]
        return True

    def _row(self, text: str) -> bool:
        """Add a row to the open table. Return False if the line starts another block."""
        if text[0] in ">#`~<" or RULE.match(text) or (ITEM.match(text) and text[0] in "-*+•0123456789"):
            return False
        self._rows.append(text.rstrip())
        return True

    def _end_table(self) -> None:
        if self._rows:
            rows, self._rows = self._rows, []
            self._add("table", "", rows=tuple(rows))

    def _into_leaf(self, leaf: _Leaf, line: str) -> None:
        if leaf.kind == "code":
            mark = line.strip(" \t")
            if leaf.end == INDENT:
                ended = False
            elif leaf.end == "$$":
                ended = mark == "$$"
            else:
                ended = len(mark) >= len(leaf.end) and not mark.strip(leaf.end[0]) and indent_of(line) <= 3
            if ended:
                self._end_leaf()
                return
            leaf.lines.append(line[min(leaf.indent, indent_of(line)) :])
            return
        if leaf.end == "" and not line.strip():
            self._end_leaf()
            return
        leaf.lines.append(line)
        if leaf.end and re.search(leaf.end, line, re.IGNORECASE):
            self._end_leaf()

    def _end_leaf(self) -> None:
        leaf, self._leaf = self._leaf, None
        if leaf is not None:
            source = "\n".join(leaf.lines)
            self._add(leaf.kind, source.rstrip("\n") if leaf.end == INDENT else source)

    def _add(self, kind: str, source: str, *, level: int = 0, rows: tuple[str, ...] = (), anchor: str = "") -> None:
        """Output a block; in an item or quote a paragraph becomes a block of that kind."""
        path = "".join(one.kind for one in self._stack)
        for one in self._stack:
            one.fresh = False
        if kind == "paragraph" and path:
            inner = next(one for one in reversed(self._stack) if one.kind)
            if inner.kind == "i":
                marker, inner.marker = inner.marker, ""
                if marker and (task := TASK.match(source)):
                    marker, source = "☐" if task[1] == " " else "☑", source[task.end() :]
                level = path.count("i") - 1
                implied = "i" * len(path)
                self._out.append(RawBlock("item", source, level, marker, "" if path == implied else path))
            else:
                level = path.count("q") - 1
                self._out.append(RawBlock("quote", source, level, "", "" if path == "q" * len(path) else path))
            return
        self._out.append(RawBlock(kind, source, level, "", path, rows, anchor))
