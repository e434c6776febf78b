"""The text of an article as it is searched: folded, matched, scored and quoted. Pure."""
