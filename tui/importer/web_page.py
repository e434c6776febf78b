"""Reading of a saved web page as plain text: one line for each block, without navigation, scripts and link lists.

A tokeniser of its own, because the page is hostile: it takes linear time, whatever is left open.
"""

import html
import re
from collections.abc import Iterator

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]{0,30})([^<>]{0,2000})>")
_SKIPPED = frozenset(
    re.findall(
        r"\w+",
        "script style noscript template svg nav aside form select button iframe object video audio canvas footer head",
    )
)
_NOT_NESTED = frozenset(("script", "style"))
_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "p div section article main header h1 h2 h3 h4 h5 h6 li ul ol dl dt dd table tr blockquote pre figure "
        "figcaption br hr center address body html title tbody thead caption",
    )
)
_EMPTY = frozenset(re.findall(r"\w+", "br hr img input meta link area base col embed source track wbr param"))
_BOILERPLATE = re.compile(
    r"\b(?:class|id|role)\s*=\s*[\"']?[^\"'<>]{0,200}\b(?:nav|navbar|navigation|menu|foot|footer|sidebar|side-bar|"
    r"breadcrumbs?|crumbs?|share|sharing|comments?|related|recommend\w{0,10}|advert\w{0,12}|ads?|copyright|toolbar|search|"
    r"login|qrcode|pagination|pager|friend-?links?|banner)\b",
    re.IGNORECASE,
)
_MOST_LINKED, _LONGEST_LINKS = 0.6, 60
"""Share of a line that is in links, and characters, up to which such a line is a list of links and not text."""
_SPACE = re.compile(r"\s+")


def text_of_web_page(source: str) -> str:
    """Return the text of a page's blocks, one a line."""
    lines: list[str] = []
    text: list[str] = []
    linked = whole = 0
    for piece, in_link in _pieces(source):
        if piece is not None:
            text.append(piece)
            size = len(piece.strip())
            whole += size
            linked += size * in_link
            continue
        line = _SPACE.sub(" ", "".join(text)).strip()
        if line and not (linked > _MOST_LINKED * whole and whole <= _LONGEST_LINKS):
            lines.append(line)
        text, linked, whole = [], 0, 0
    return "\n".join(lines)


def _pieces(source: str) -> Iterator[tuple[str | None, bool]]:
    """Yield the pieces of text, with whether each is in a link; None at the borders of blocks."""
    at, links, skipped, depth = 0, 0, "", 0
    while at < len(source):
        start = source.find("<", at)
        start = len(source) if start < 0 else start
        if not skipped and start > at:
            yield html.unescape(source[at:start]), links > 0
        if source.startswith("<!--", start):
            end = source.find("-->", start + 4)
            at = len(source) if end < 0 else end + 3
            continue
        tag = _TAG.match(source, start)
        if tag is None:
            end = _after_odd_mark(source, start)
            if not skipped and end == start + 1:
                yield source[start:end], links > 0
            at = end
            continue
        at = tag.end()
        closing, name = bool(tag[1]), tag[2].lower()
        if skipped:
            if name == skipped and not tag[3].endswith("/"):
                depth += -1 if closing else name not in _NOT_NESTED
                skipped = skipped if depth > 0 else ""
            continue
        if name in _BLOCKS or name in _SKIPPED:
            yield None, False
        elif name in ("td", "th"):
            yield " ", False
        if name == "a":
            links = 0 if closing else 1
        if (
            not closing
            and name not in _EMPTY
            and not tag[3].endswith("/")
            and (name in _SKIPPED or (name not in ("body", "html", "article", "main") and _BOILERPLATE.search(tag[3])))
        ):
            skipped, depth = name, 1
    yield None, False


def _after_odd_mark(source: str, start: int) -> int:
    """Return where to go on after a `<` that opens no tag: behind a declaration, else behind the mark."""
    if source[start + 1 : start + 2] in ("!", "?"):
        end = source.find(">", start, start + 4000)
        if end >= 0:
            return end + 1
    return start + 1
