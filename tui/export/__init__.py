"""Articles as files for other programs: web pages, electronic books, tables.

Text never becomes markup: everything is escaped, and links are kept only for harmless schemes.
"""
