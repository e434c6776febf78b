"""Output of an article as plain text, and as part of a Markdown document."""

from ..article import Article, Block
from ..markdown import blocks
from ..markdown.write import render


def plain_text(article: Article) -> str:
    """Return the article without markup, one block per line, paragraphs indented by two ems."""
    about = "  ".join(part for part in (article.place, article.date) if part)
    lines = [*article.title, *((about,) if about else ()), ""]
    opening = article.dateline or ""
    for block in blocks(article.body):
        lines.append(_line(block, opening))
        if block.kind == "paragraph":
            opening = ""
    return "\n".join((*lines, *((article.signature,) if article.signature else ()), ""))


def _line(block: Block, opening: str) -> str:
    if block.kind == "paragraph":
        return "\u3000\u3000" + (f"{opening}\u3000" if opening else "") + block.text
    if block.kind == "table":
        return block.text.replace("\t", "  ")
    return f"{block.marker} {block.text}" if block.marker else block.text


def markdown(article: Article) -> str:
    """Return the article as part of a longer Markdown document: the headline as a heading, no front matter."""
    about = "，".join(part for part in (article.place, "、".join(article.authors), article.date) if part)
    around = [Block("subhead", " ".join(article.title), level=2), *(_paragraph(about))]
    found = [*around, *_paragraph(article.dateline or ""), *map(_lower, blocks(article.body))]
    return render([*found, *_paragraph(article.signature)]) + "\n"


def _paragraph(text: str) -> tuple[Block, ...]:
    return (Block("paragraph", text),) if text else ()


def _lower(block: Block) -> Block:
    """Return a subhead one level deeper, below the headline; other blocks unchanged."""
    return block._replace(level=min(block.level + 1, 6)) if block.kind == "subhead" else block
