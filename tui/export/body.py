"""An article as (X)HTML elements."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from ..article import Article, Block, InlineSpan
from ..markdown import blocks
from .inline_html import linked, marked_text, note_id, text_of
from .origin import origin

_ALIGN = {"l": "left", "c": "center", "r": "right"}


def article_html(article: Article, anchor: str, above: Sequence[str] = (), level: int = 2) -> str:
    """Return the article as one element. `anchor` is its id, `level` the heading level of its headline."""
    title = "<br/>".join(text_of(part) for part in article.title)
    about = [*((article.place,) if article.place else ()), *above, *((article.date,) if article.date else ())]
    parts = [f'<article id="{anchor}">', f"<h{level}>{title}</h{level}>"]
    if about:
        parts.append(f'<p class="about">{text_of(" · ".join(about))}</p>')
    parts += _body(article, anchor, level)
    if article.signature:
        parts.append(f'<p class="byline">{text_of(article.signature)}</p>')
    parts += [f'<p class="about">{text_of(label)}{linked(text)}</p>' for label, text in origin(article)]
    return "\n".join((*parts, "</article>"))


def _body(article: Article, anchor: str, level: int) -> list[str]:
    found = list(blocks(article.body))
    notes = f"{anchor}-"
    parts: list[str] = []
    used: set[str] = set()
    opened = False
    for kind, run in groupby(found, key=lambda block: block.kind):
        if kind in ("item", "quote"):
            parts.append(_nested(list(run), notes))
            continue
        for block in run:
            if block.kind == "paragraph" and not opened and article.dateline:
                dateline = f'<span class="dateline">{text_of(article.dateline)}</span>\u3000'
                parts.append(f"<p>{dateline}{marked_text(block.text, block.spans, notes)}</p>")
                opened = True
            else:
                parts.append(_block(block, notes, level, used))
    if article.dateline and not opened:
        parts.insert(0, f'<p><span class="dateline">{text_of(article.dateline)}</span></p>')
    return parts


def _block(block: Block, notes: str, level: int, used: set[str]) -> str:
    inner = marked_text(block.text, block.spans, notes)
    if block.kind == "subhead":
        heading = min(level + block.level - 1, 6)
        return f"<h{heading}>{inner}</h{heading}>"
    if block.kind == "caption":
        return f"<figure><figcaption>{_caption(block, inner)}</figcaption></figure>"
    if block.kind == "code":
        return f"<pre><code>{text_of(block.text)}</code></pre>"
    if block.kind == "rule":
        return "<hr/>"
    if block.kind == "table":
        return _table(block, notes)
    if block.kind == "footnote":
        id = note_id(notes, block.marker.strip("[]"))
        named = "" if id in used else f' id="{id}"'
        used.add(id)
        return f'<p class="footnote"{named}>{text_of(block.marker)} {inner}</p>'
    return f"<p>{inner}</p>"


def _caption(block: Block, inner: str) -> str:
    """Return a caption with its picture's address: as a link if a browser may follow it, else as text."""
    if not block.target or any(span.kind == "link" for span in block.spans):
        return inner
    address = linked(block.target)
    return inner if block.text == block.target else f"{inner} <small>{address}</small>"


def _nested(run: Sequence[Block], notes: str) -> str:
    """Return quotes or items as elements, nested by level."""
    out: list[str] = []
    depths: list[str] = []
    """The open elements, outermost first. An item stays open for its nested blocks."""
    for block in run:
        task = f"{block.marker} " if block.marker in ("☐", "☑") else ""
        inner = f"<p>{task}{marked_text(block.text, block.spans, notes)}</p>"
        outer = "blockquote" if block.kind == "quote" else "ol" if block.marker[:1].isdigit() else "ul"
        while len(depths) > block.level + 1:
            out.append(_shut(depths.pop()))
        if len(depths) == block.level + 1 and block.marker and depths[-1] != outer:
            out.append(_shut(depths.pop()))
        begun = len(depths)
        while len(depths) < block.level + 1:
            depths.append(outer)
            out.append(f"<{outer}>" + ("" if outer == "blockquote" else f"<li{_value(block)}>"))
        if begun == len(depths) and block.marker:
            out.append(f"</li><li{_value(block)}>")
        out.append(inner)
    return "".join(out) + "".join(_shut(tag) for tag in reversed(depths))


def _shut(tag: str) -> str:
    return "</blockquote>" if tag == "blockquote" else f"</li></{tag}>"


def _value(block: Block) -> str:
    number = block.marker.rstrip(".")
    return f' value="{int(number)}"' if number.isascii() and number.isdigit() else ""


def _table(block: Block, notes: str) -> str:
    rows: list[str] = []
    at = 0
    for number, line in enumerate(block.text.split("\n")):
        cells: list[str] = []
        for column, cell in enumerate(line.split("\t")):
            align = _ALIGN.get(block.marker[column : column + 1], "left")
            tag = "td" if number else "th"
            inner = marked_text(cell, _within(block.spans, at, at + len(cell)), notes)
            cells.append(f'<{tag} style="text-align: {align}">{inner}</{tag}>')
            at += len(cell) + 1
        rows.append(f"<tr>{''.join(cells)}</tr>")
    head, body = rows[0], "\n".join(rows[1:])
    return f"<table>\n<thead>{head}</thead>\n" + (f"<tbody>{body}</tbody>\n" if body else "") + "</table>"


def _within(marks: Iterable[InlineSpan], start: int, end: int) -> list[InlineSpan]:
    return [
        InlineSpan(mark.kind, mark.start - start, mark.end - start, mark.target)
        for mark in marks
        if start <= mark.start and mark.end <= end
    ]
