"""Keys of the named lists; a saved search's key is `SAVED` and its query."""

ALL, UNREAD, STARRED, HISTORY, SAVED = "all", "unread", "starred", "history", "saved:"
