"""Lines with a place on paper into articles: size, gutters, rules and frames decide before any word does."""
