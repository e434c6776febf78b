"""What is decided from a single line, or from the lines of one paragraph, as text."""

import re

from .join import join

HARD_BREAK = "\n"
"""Stands in a paragraph's source where the writer ends the line."""
BACKSLASH = "\r"
"""Stands after a line whose last character is a backslash: one that ends the line, unless it is the last."""
BREAKS = HARD_BREAK + BACKSLASH
_HTML = re.compile(
    r"<(?:(script|pre|style|textarea)(?=[\s>]|$)|(!--)|(\?)|(![A-Za-z])|(!\[CDATA\[)|/?(?:address|article|aside|base|"
    r"basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|"
    r"footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|"
    r"optgroup|option|p|param|section|search|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul)(?=[\s/>]|$))",
    re.IGNORECASE,
)
_HTML_ENDS = ("</\\1>", "-->", "\\?>", ">", "\\]\\]>")
_LONE_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*+(?=[\s/>])[^<>]*+>[ \t]*+$")


def joined(lines: list[str]) -> str:
    """Return the lines of a paragraph as one, with what is left of hard breaks."""
    if len(lines) == 1:
        return join([lines[0].rstrip(BREAKS)])
    parts: list[str] = []
    group: list[str] = []
    for number, line in enumerate(lines, 1):
        text = line.rstrip(BREAKS)
        ends = number < len(lines) and text != line
        group.append(text[:-1].rstrip() if ends and line.endswith(BACKSLASH) else text)
        if ends:
            parts.append(join(group))
            group = []
    return HARD_BREAK.join([*parts, join(group)] if group else parts)


def expanded(line: str) -> str:
    """Return the line with spaces for the tabs among the marks that it begins with."""
    if "\t" not in line:
        return line
    end = len(line) - len(line.lstrip(" \t>-+*•0123456789.)"))
    head = line[:end]
    return head.expandtabs(4) + line[end:] if "\t" in head else line


def without_mark(line: str, mark: int, spaces: int) -> str:
    """Return the line after a quote's mark and the space that belongs to it."""
    return line[mark + spaces :] if line[mark : mark + 1] == " " else line[mark:]


def indent_of(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def html_end(text: str, going_on: bool) -> str | None:
    """Return the pattern that ends the HTML beginning here, empty for a blank line; None for what is no HTML block."""
    found = _HTML.match(text)
    if found is None:
        return "" if not going_on and _LONE_TAG.match(text) else None
    nth = next((n for n, group in enumerate(found.groups()) if group), None)
    if nth is None:
        return ""
    return f"</{found[1]}>" if nth == 0 else _HTML_ENDS[nth]


def without_hashes(text: str) -> str:
    """Return a subhead's text without a closing run of hashes, which white space sets apart."""
    text = text.rstrip(" \t")
    before = text.rstrip("#")
    return before.rstrip(" \t") if len(before) < len(text) and before[-1:] in (" ", "\t") else text
