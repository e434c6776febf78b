"""A paragraph and a measure in, lines out, by the manners of Chinese print."""
