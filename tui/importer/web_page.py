"""Reading of a saved web page: the text of each block and what its tags say, without navigation, scripts, link lists.

A tokeniser of its own, because the page is hostile: it takes linear time, whatever is left open.
"""

import html
import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

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


_HEADING = re.compile("h([1-6])")
_LONGEST_CAPTION = 60
"""Characters. A longer block below a picture is text."""


class WebBlock(NamedTuple):
    """A block of a web page."""

    text: str
    label: Literal["", "headline", "more", "subhead", "caption"] = ""
    """What its tags say it is; empty if they do not."""


class _Text(NamedTuple):
    text: str
    linked: bool = False


class _Border(NamedTuple):
    """The beginning of a block, with its tag, or the end of one, without a tag."""

    tag: str = ""


class _Picture(NamedTuple):
    pass


def blocks_of_web_page(source: str) -> list[WebBlock]:
    """Return the blocks of a page. Headings of its highest level are headlines, all others subheads."""
    found = list(_tagged_blocks(source))
    levels = [int(heading[1]) if (heading := _HEADING.fullmatch(tag)) else 0 for _text, tag in found]
    highest = min((level for level in levels if level), default=0)
    blocks: list[WebBlock] = []
    for (text, tag), level in zip(found, levels, strict=True):
        if level and level == highest:
            goes_on = bool(blocks) and blocks[-1].label in ("headline", "more")
            blocks.append(WebBlock(text, "more" if goes_on else "headline"))
        else:
            blocks.append(WebBlock(text, "subhead" if level else "caption" if tag == "caption" else ""))
    return blocks


def _tagged_blocks(source: str) -> Iterator[tuple[str, str]]:
    """Yield the text of each block with the tag of a heading, `caption` below a picture, or nothing."""
    text: list[str] = []
    linked = whole = 0
    tag, below_picture = "", False
    for piece in _pieces(source):
        if isinstance(piece, _Picture):
            below_picture = True
            continue
        if isinstance(piece, _Text):
            text.append(piece.text)
            size = len(piece.text.strip())
            whole += size
            linked += size * piece.linked
            continue
        line = _SPACE.sub(" ", "".join(text)).strip()
        if line and not (linked > _MOST_LINKED * whole and whole <= _LONGEST_LINKS):
            pictured = below_picture and len(line) <= _LONGEST_CAPTION and not line.endswith("。")
            yield line, "caption" if pictured or tag == "figcaption" else tag
            below_picture = False
        text, linked, whole = [], 0, 0
        tag = piece.tag


def _pieces(source: str) -> Iterator[_Text | _Border | _Picture]:
    """Yield the pieces of text, with whether each is in a link, the borders of blocks, and the pictures."""
    at, links, skipped, depth = 0, 0, "", 0
    while at < len(source):
        start = source.find("<", at)
        start = len(source) if start < 0 else start
        if not skipped and start > at:
            yield _Text(html.unescape(source[at:start]), links > 0)
        if source.startswith("<!--", start):
            end = source.find("-->", start + 4)
            at = len(source) if end < 0 else end + 3
            continue
        tag = _TAG.match(source, start)
        if tag is None:
            end = _after_odd_mark(source, start)
            if not skipped and end == start + 1:
                yield _Text(source[start:end], links > 0)
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
            yield _Border("" if closing else name)
        elif name in ("td", "th"):
            yield _Text(" ")
        elif name == "img":
            yield _Picture()
        if name == "a":
            links = 0 if closing else 1
        if (
            not closing
            and name not in _EMPTY
            and not tag[3].endswith("/")
            and (name in _SKIPPED or (name not in ("body", "html", "article", "main") and _BOILERPLATE.search(tag[3])))
        ):
            skipped, depth = name, 1
    yield _Border()


def _after_odd_mark(source: str, start: int) -> int:
    """Return where to go on after a `<` that opens no tag: behind a declaration, else behind the mark."""
    if source[start + 1 : start + 2] in ("!", "?"):
        end = source.find(">", start, start + 4000)
        if end >= 0:
            return end + 1
    return start + 1
