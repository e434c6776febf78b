"""Generated newspaper pages with their true contents: the page set that measures the importer."""
