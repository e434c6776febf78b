"""A query, from what was typed to a tree of nodes and their interpretations. Pure."""
