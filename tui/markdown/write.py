"""Output of blocks as a Markdown body: the inverse of parsing."""

import re
from collections.abc import Sequence

from ..article import Block, InlineSpan

_INLINE = re.compile(r"[\\`*_~\[\]<&|$]|\{(?=[{%#.:])|(?<=https)(?=://)|(?<=http)(?=://)")
_LINE_START = re.compile(
    r"(?=[#>]|:{3}|={3}|!{3}|\?{3}|[-+•](?:[ \t]|$)|(?:-[ \t]*){3,}$|!\[)|\d{1,9}(?=[.)](?:[ \t]|$))"
    r"|\[\^[^\]\s]{1,40}\](?=:)"
)
_ADDRESS = re.compile("https?://[!-;=?-~]*")
_DELIMITERS = {"strong": "**", "emphasis": "*", "strike": "~~"}


def render(blocks: Sequence[Block]) -> str:
    """Return a Markdown body that parses into these blocks."""
    out: list[str] = []
    opened: list[str] = []
    """Line prefixes of the open containers: `> `, or spaces as wide as an item's marker."""
    path = ""
    for number, block in enumerate(blocks):
        inside = block.inside or {"item": "i", "quote": "q"}.get(block.kind, "") * (block.level + 1)
        common = next(
            (n for n, (a, b) in enumerate(zip(path, inside, strict=False)) if a != b), min(len(path), len(inside))
        )
        begins = block.kind == "item" and bool(block.marker)
        if begins:
            common = min(common, inside.rindex("i"))
        if number:
            before = blocks[number - 1]
            tight = before.kind == "item" and begins and (len(inside) <= len(path) or block.marker in ("•", "1."))
            out.append("\n" if tight else f"\n{''.join(opened[:common]).rstrip()}\n")
        first = "".join(opened[:common])
        del opened[common:]
        for at in range(common, len(inside)):
            marker = _written(block.marker) if begins and at == inside.rindex("i") else "-"
            first += "> " if inside[at] == "q" else marker + " "
            opened.append("> " if inside[at] == "q" else " " * (2 if marker.startswith("-") else len(marker) + 1))
        path = inside
        lines = _RENDER.get(block.kind, _line)(block).split("\n")
        out.append(
            "\n".join(
                (
                    first + lines[0],
                    *(
                        ("".join(opened) + line).rstrip(" ") if not line else "".join(opened) + line
                        for line in lines[1:]
                    ),
                )
            )
        )
    return "".join(out)


def _written(marker: str) -> str:
    """Return the Markdown source of an item's marker."""
    return {"•": "-", "☐": "- [ ]", "☑": "- [x]"}.get(marker, marker)


def _subhead(block: Block) -> str:
    source = _marked(block.text, block.spans)
    source = "\\" + source if source.startswith("#") else source
    source = source[:-1] + "\\#" if source.endswith("#") and not source.endswith("\\#") else source
    anchor = f" {{{block.target}}}" if block.target else ""
    return "#" * min(max(block.level, 2), 6) + " " + source + anchor


def _footnote(block: Block) -> str:
    return f"[^{block.marker.strip('[]')}]: " + _line(block)


def _caption(block: Block) -> str:
    return f"![{_marked(block.text, block.spans)}]({_target(block.target)})"


def _target(address: str) -> str:
    """Return the Markdown source of a link's address."""
    escaped = re.sub(r"[\\&<>]", r"\\\g<0>", address)
    return f"<{escaped}>" if re.search(r"[\s()]", address) or escaped != address else address


def _code(block: Block) -> str:
    longest = max((len(run) for run in re.findall("`+", block.text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{block.text}\n{fence}"


def _rule(block: Block) -> str:
    return "***" if block.inside else "---"


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
    """Return the source of a text at a line start, with anything that would begin another block escaped."""
    source = _marked(block.text, block.spans)
    if found := _LINE_START.match(source):
        at = found.end()
        return source[:at] + "\\" + source[at:]
    return source


def _marked(text: str, marks: Sequence[InlineSpan]) -> str:
    """Return the text with its spans written as delimiters."""
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
            ends.append((mark.end, f"]({_target(mark.target)})" if mark.kind == "link" else _DELIMITERS[mark.kind]))
    while ends:
        at = _close(text, at, ends, out)
    out.append(_escaped(text[at:]))
    return "".join(out)


def _is_leaf(mark: InlineSpan, text: str) -> bool:
    """Return whether a span cannot contain others: code, a footnote reference, a bare address."""
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
    "footnote": _footnote,
    "caption": _caption,
    "code": _code,
    "rule": _rule,
    "table": _table,
}
