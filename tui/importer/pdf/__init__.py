"""Reading of a PDF's pages as lines with positions on paper, in a separate process.

That process imports this package too, so nothing is imported here.
"""
