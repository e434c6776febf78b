"""Raw page text in, articles out."""
