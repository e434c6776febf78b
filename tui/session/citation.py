"""Texts for the clipboard: an article as plain text, or its bibliographic reference."""

from collections.abc import Sequence

from ..article import Article
from ..markdown import blocks
from .stores import CatalogueLike


def article_text(article: Article) -> str:
    """Return headline, body and byline as plain text, one line per paragraph."""
    first, *rest = [block.text for block in blocks(article.body)] or [""]
    if article.dateline:
        first = f"{article.dateline}\u3000{first}"
    lines = [" ".join(article.title), first, *rest, article.signature]
    return "\n".join(line for line in lines if line) + "\n"


def reference(article: Article, bulletin: str) -> str:
    """Return the GB/T 7714 reference of a newspaper article: authors, headline, [N], paper, date."""
    parts = [",".join(article.authors), " ".join(article.title) + "[N]", _joined((bulletin, article.date or ""))]
    return ".".join(part for part in parts if part) + "."


def reference_of(article: Article, catalogue: CatalogueLike) -> str:
    """Return the reference of an article, with its bulletin as the paper."""
    summary = catalogue.summary(article.id)
    return reference(article, summary.bulletin if summary else "")


def _joined(parts: Sequence[str]) -> str:
    return ",".join(part for part in parts if part)
