"""Made newspaper pages with what is true of them: the importer's own page set."""
