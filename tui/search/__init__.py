"""What is found by a query, how well, and where exactly."""

from .answer import Answer, Hit, Search

__all__ = ["Answer", "Hit", "Search"]
