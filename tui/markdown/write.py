"""Blocks in, a body out: the inverse of reading."""

import re
from collections.abc import Sequence

from ..article import Block, InlineSpan

_INLINE = re.compile(r"[\\`*_~\[\]<&|]|(?<=https)(?=://)|(?<=http)(?=://)")
_LINE_START = re.compile(
    r"(?=[#>]|[-+•](?:[ \t]|$)|(?:-[ \t]*){3,}$|!\[)|\d{1,9}(?=[.)](?:[ \t]|$))|\[\^[^\]\s]{1,40}\](?=:)"
)
_ADDRESS = re.compile("https?://[!-;=?-~]*")
_DELIMITERS = {"strong": "**", "emphasis": "*", "strike": "~~"}


def render(blocks: Sequence[Block]) -> str:
    """The body that reads as these blocks."""
    parts: list[str] = []
    for number, block in enumerate(blocks):
        if number:
            tight = block.kind == blocks[number - 1].kind == "item"
            parts.append("\n" if tight and block.marker else "\n\n")
        parts.append(_RENDER.get(block.kind, _paragraph)(block))
    return "".join(parts)


def _paragraph(block: Block) -> str:
    return _line(block)


def _subhead(block: Block) -> str:
    source = _marked(block.text, block.spans)
    source = "\\" + source if source.startswith("#") else source
    source = source[:-1] + "\\#" if source.endswith("#") and not source.endswith("\\#") else source
    return "#" * min(max(block.level, 2), 6) + " " + source


def _quote(block: Block) -> str:
    return ">" * (block.level + 1) + " " + _line(block)


def _item(block: Block) -> str:
    marker = "" if not block.marker else ("- " if block.marker == "•" else block.marker + " ")
    return "    " * block.level + (marker or "  ") + _line(block)


def _footnote(block: Block) -> str:
    return f"[^{block.marker.strip('[]')}]: " + _line(block)


def _caption(block: Block) -> str:
    target = f"<{block.target}>" if re.search(r"[\s()]", block.target) else block.target
    return f"![{_marked(block.text, block.spans)}]({target})"


def _code(block: Block) -> str:
    longest = max((len(run) for run in re.findall("`+", block.text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{block.text}\n{fence}"


def _rule(block: Block) -> str:
    return "---"


def _table(block: Block) -> str:
    rows: list[list[str]] = []
    at = 0
    for line in block.text.split("\n"):
        cells: list[str] = []
        for cell in line.split("\t"):
            marks = [
                InlineSpan(mark.kind, mark.start - at, mark.end - at, mark.target)
                for mark in block.spans
                if at <= mark.start and mark.end <= at + len(cell)
            ]
            cells.append(_marked(cell, marks))
            at += len(cell) + 1
        rows.append(cells)
    rules = [{"l": "---", "c": ":-:", "r": "--:"}[align] for align in block.marker or "l" * len(rows[0])]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in [rows[0], rules, *rows[1:]])


def _line(block: Block) -> str:
    """Text that begins a line: what would be read as a block's sign there is escaped."""
    source = _marked(block.text, block.spans)
    if found := _LINE_START.match(source):
        at = found.end()
        return source[:at] + "\\" + source[at:]
    return source


def _marked(text: str, marks: Sequence[InlineSpan]) -> str:
    """The text with its marks written as delimiters."""
    out: list[str] = []
    ends: list[tuple[int, str]] = []
    at = 0
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end, _is_leaf(mark, text), mark.kind)):
        while ends and ends[-1][0] <= mark.start:
            at = _close(text, at, ends, out)
        if mark.start < at:
            continue
        out.append(_escaped(text[at : mark.start]))
        at = mark.start
        if mark.kind == "code":
            out.append(_ticked(text[at : mark.end]))
            at = mark.end
        elif mark.kind == "note":
            out.append(f"[^{mark.target}]")
            at = mark.end
        elif _is_leaf(mark, text):
            out.append(f"<{mark.target}>")
            at = mark.end
        else:
            if mark.kind == "link" and out[-1].endswith("!"):
                out[-1] = out[-1][:-1] + "\\!"
            out.append("[" if mark.kind == "link" else _DELIMITERS[mark.kind])
            target = f"<{mark.target}>" if re.search(r"[\s()]", mark.target) else mark.target
            ends.append((mark.end, f"]({target})" if mark.kind == "link" else _DELIMITERS[mark.kind]))
    while ends:
        at = _close(text, at, ends, out)
    out.append(_escaped(text[at:]))
    return "".join(out)


def _is_leaf(mark: InlineSpan, text: str) -> bool:
    """Whether nothing can be marked inside: code, a note's sign, an address that is its own text."""
    if mark.kind == "link":
        return mark.target == text[mark.start : mark.end] and _ADDRESS.fullmatch(mark.target) is not None
    return mark.kind in ("code", "note")


def _close(text: str, at: int, ends: list[tuple[int, str]], out: list[str]) -> int:
    end, delimiter = ends.pop()
    out.append(_escaped(text[at:end]))
    out.append(delimiter)
    return max(at, end)


def _escaped(text: str) -> str:
    return _INLINE.sub(r"\\\g<0>", text)


def _ticked(text: str) -> str:
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text.startswith("`") or text.endswith("`") or (text[:1] == text[-1:] == " " and text.strip()) else ""
    return f"{fence}{pad}{text}{pad}{fence}"


_RENDER = {
    "subhead": _subhead,
    "quote": _quote,
    "item": _item,
    "footnote": _footnote,
    "caption": _caption,
    "code": _code,
    "rule": _rule,
    "table": _table,
}
