"""Search: the hits of a query, their scores and the positions of their matches."""

from .answer import Answer, Hit, Search

__all__ = ["Answer", "Hit", "Search"]
