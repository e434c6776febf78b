"""Lines of JSON as a library holds them, for tests that write libraries."""

import json

from tui.article import Article
from tui.library.markdown_file import fields_of


def render_line(article: Article) -> str:
    """Return a line, including the line feed, that parses into this article."""
    return json.dumps({"id": article.stem, **fields_of(article), "body": article.body}, ensure_ascii=False) + "\n"
