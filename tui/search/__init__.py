"""What is found by a query, how well, and where exactly."""

from .answer import Answer, Field, FieldSpan, Hit, Interpretation, Search

__all__ = ["Answer", "Field", "FieldSpan", "Hit", "Interpretation", "Search"]
