"""Output of an article as plain text, and as part of a Markdown document."""

from ..article import Article, Block
from ..markdown import blocks
from ..markdown.write import render
from .origin import origin


def plain_text(article: Article) -> str:
    """Return the article without markup, one block per line, paragraphs indented by two ems.

    Addresses follow the text that they belong to, in brackets.
    """
    about = "  ".join(part for part in (article.place, article.date) if part)
    lines = [*article.title, *((about,) if about else ()), ""]
    opening = article.dateline or ""
    for block in blocks(article.body):
        lines.append(_line(block, opening))
        if block.kind == "paragraph":
            opening = ""
    lines += [article.signature] if article.signature else []
    lines += [label + text for label, text in origin(article)]
    return "\n".join((*lines, ""))


def _line(block: Block, opening: str) -> str:
    text = _with_addresses(block)
    if block.kind == "paragraph":
        return "\u3000\u3000" + (f"{opening}\u3000" if opening else "") + text
    if block.kind == "table":
        return text.replace("\t", "  ")
    return f"{block.marker} {text}" if block.marker else text


def _with_addresses(block: Block) -> str:
    """Return the block's text, with the address of each link and of the picture unless the text already is it."""
    addresses = [(span.end, span.start, span.target) for span in block.spans if span.kind == "link"]
    if block.kind == "caption" and block.target:
        addresses.append((len(block.text), 0, block.target))
    pieces, at = [], 0
    for end, start, target in sorted(addresses):
        shown = "" if target.removeprefix("mailto:") == block.text[start:end] else f"（{target}）"
        pieces.append(block.text[at:end] + shown)
        at = end
    return "".join(pieces) + block.text[at:]


def markdown(article: Article) -> str:
    """Return the article as part of a longer Markdown document: the headline as a heading, no front matter."""
    about = "，".join(part for part in (article.place, "、".join(article.authors), article.date) if part)
    around = [Block("subhead", " ".join(article.title), level=2), *(_paragraph(about))]
    found = [*around, *_paragraph(article.dateline or ""), *map(_lower, blocks(article.body))]
    below = [Block("paragraph", label + text) for label, text in origin(article)]
    return render([*found, *_paragraph(article.signature), *below]) + "\n"


def _paragraph(text: str) -> tuple[Block, ...]:
    return (Block("paragraph", text),) if text else ()


def _lower(block: Block) -> Block:
    """Return a subhead one level deeper, below the headline; other blocks unchanged."""
    return block._replace(level=min(block.level + 1, 6)) if block.kind == "subhead" else block
