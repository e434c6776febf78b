"""Articles as files for other programs: web pages, electronic books, tables.

Nothing of a text is ever markup here: everything is escaped, and an address that could run something is left out.
"""
