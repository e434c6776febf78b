"""The tags, source and web address of an article, as every export shows them below the text."""

from ..article import Article
from ..i18n import _


def origin(article: Article) -> tuple[tuple[str, str], ...]:
    """Return pairs of a label with its colon and a text, without those that the article lacks."""
    source = article.source
    found = (
        (_("标签："), _("、").join(article.tags)),
        (_("来源："), source.file if source else ""),
        (_("网址："), article.url),
    )
    return tuple((label, text) for label, text in found if text)
