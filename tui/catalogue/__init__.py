"""Which articles there are, in what order and groups, a page of them at a time.

One SQLite file for each library, in the cache folder: derived from the library's files, disposable, made and kept in
step by `indexer`. Opening it reads nothing of the library's size.
"""

from .catalogue import Catalogue, NoArticle
from .summaries import GROUPINGS, ArticleSummary, Group, Grouping, Listing

__all__ = ["GROUPINGS", "ArticleSummary", "Catalogue", "Group", "Grouping", "Listing", "NoArticle"]
