"""What is found by a query, how well, and where exactly."""

from .answer import Answer, Field, Hit, Read, Search, Span

__all__ = ["Answer", "Field", "Hit", "Read", "Search", "Span"]
