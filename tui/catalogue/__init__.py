"""The catalogue, an SQLite database derived from a library: articles in orders and groups, and the index.

There is one disposable database file per library, in the cache folder. `indexer` writes it through `writer`. The time
to open it does not depend on the size of the library.
"""

from ..article import ArticleSummary
from .catalogue import Catalogue
from .summaries import GROUPINGS, Group, Grouping, Listing, NoArticle

__all__ = ["GROUPINGS", "ArticleSummary", "Catalogue", "Group", "Grouping", "Listing", "NoArticle"]
