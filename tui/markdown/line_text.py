"""Functions on single lines and on the lines of one paragraph."""

import re

from .join import WIDE, join

HARD_BREAK = "\n"
"""Character that marks a hard line break in a paragraph's source."""
BACKSLASH = "\r"
"""Character that follows a line ending in a backslash, which is a hard break except in the last line."""
BREAKS = HARD_BREAK + BACKSLASH
INDENT = "    "
"""The indent of code, and of the text in a box."""
_WIDE = re.compile(f"[{WIDE}]")
_ATTRIBUTES = re.compile(r"(?:^|(?<=[^\\]))\{:? *[#.][^{}\n]{1,200}\}$")
"""The attributes of a heading, as VuePress, Hugo, Pandoc and kramdown write them."""
_ANCHOR = re.compile(r"#([^\s{}]+)")
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
    """Return the lines of a paragraph joined. Hard breaks become `HARD_BREAK`, except at the end."""
    if len(lines) == 1:
        return join([lines[0].rstrip(BREAKS)])
    parts: list[str] = []
    group: list[str] = []
    for number, line in enumerate(lines, 1):
        text = line.rstrip(BREAKS)
        ends = number < len(lines) and text != line
        group.append(text)
        if ends:
            parts.append(join(group))
            group = []
    return HARD_BREAK.join([*parts, join(group)] if group else parts)


def expanded(line: str) -> str:
    """Return the line with the tabs among its leading block markers expanded to spaces."""
    if "\t" not in line:
        return line
    end = len(line) - len(line.lstrip(" \t>-+*•0123456789.)"))
    head = line[:end]
    return head.expandtabs(4) + line[end:] if "\t" in head else line


def without_mark(line: str, mark: int, spaces: int) -> str:
    """Return the line after a quote marker that ends at `mark`, without up to `spaces` spaces after it."""
    return line[mark + spaces :] if line[mark : mark + 1] == " " else line[mark:]


def indent_of(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def html_end(text: str, going_on: bool) -> str | None:
    """Return the pattern that ends this HTML block, empty if a blank line ends it; None if it is not HTML."""
    found = _HTML.match(text)
    if found is None:
        return "" if not going_on and _LONE_TAG.match(text) else None
    nth = next((n for n, group in enumerate(found.groups()) if group), None)
    if nth is None:
        return ""
    return f"</{found[1]}>" if nth == 0 else _HTML_ENDS[nth]


def is_code_line(text: str) -> bool:
    """Return whether an indented line is code, not the start of a paragraph. It is without its indent.

    Chinese writers indent paragraphs, so a line with a Han character or a wide mark is none; nor are HTML, pictures,
    mathematics and rows of tables, which writers indent to show what they belong to.
    """
    return text[0] not in "<!|$" and not _WIDE.search(text)


def ends_indented_code(above: str, line: str) -> bool:
    """Return whether a line below indented code is none: less indented, or an indented Chinese paragraph."""
    text = line.lstrip(" ")
    return bool(text) and (len(line) - len(text) < len(INDENT) or (not above.strip() and _WIDE.match(text) is not None))


def heading_parts(text: str) -> tuple[str, str]:
    """Return a heading's text without closing hashes and attributes, and the anchor in `{#anchor .class}`, or empty."""
    text = without_hashes(text)
    if not text.endswith("}") or not (found := _ATTRIBUTES.search(text)):
        return text, ""
    anchor = _ANCHOR.search(found[0])
    return without_hashes(text[: found.start()]), anchor[1] if anchor else ""


def without_hashes(text: str) -> str:
    """Return a subhead's text without a closing run of hashes that follows white space."""
    text = text.rstrip(" \t")
    before = text.rstrip("#")
    return before.rstrip(" \t") if len(before) < len(text) and before[-1:] in (" ", "\t") else text
