"""Which articles there are, in what order and groups, a page of them at a time."""
