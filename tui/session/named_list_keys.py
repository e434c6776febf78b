"""Keys of the named lists. The key of a saved search is `SAVED` followed by its query."""

ALL, UNREAD, STARRED, HISTORY, SAVED = "all", "unread", "starred", "history", "saved:"
