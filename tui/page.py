"""What is set for an article, top to bottom, and where in it a field or paragraph lies."""
