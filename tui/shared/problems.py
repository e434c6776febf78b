"""Problems of articles that only an archive has."""

from ..clean import clean_line
from ..i18n import _
from ..problem import Problem


def too_large(article_id: str, path: str, line: int) -> Problem:
    """Return the problem that an article has more distinct grams than PostgreSQL can index."""
    message = _("“{id}”太长，共享库编不了它的索引。").format(id=clean_line(article_id))
    return Problem(clean_line(path), line, "too-large", message, _("分成几篇。"))
