"""Parsing and interpretation of queries: from typed text to a tree of nodes. Pure."""
