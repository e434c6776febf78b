"""Everything derived from a library in SQLite: articles in orders and groups, and the index of their text.

One SQLite file per library, in the cache folder: disposable, written by `indexer` through `writer`. Opening it reads
nothing that grows with the library.
"""

from ..article import ArticleSummary
from .catalogue import Catalogue
from .summaries import GROUPINGS, Group, Grouping, Listing, NoArticle

__all__ = ["GROUPINGS", "ArticleSummary", "Catalogue", "Group", "Grouping", "Listing", "NoArticle"]
