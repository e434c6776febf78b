"""The entries of a list that were fetched, in pages; the oldest pages are forgotten."""

from collections import OrderedDict
from collections.abc import Sequence

from ..session.list_model import ListItem, ListModel

PAGE_ENTRIES = 64
"""Entries fetched in one call. SQLite lets other threads run before each row, so a larger page delays a frame."""
KEPT_PAGES = 256
"""Pages of `PAGE_ENTRIES` entries kept in memory."""


class EntryCache:
    """Fetches the entries of a list when they are painted."""

    def __init__(self) -> None:
        self._rows: ListModel | None = None
        self.pages: OrderedDict[int, Sequence[ListItem]] = OrderedDict()

    def use(self, rows: ListModel) -> None:
        """Fetch from `rows` from now on, a list with the same entries; keep what was fetched."""
        self._rows = rows

    def clear(self) -> None:
        self.pages.clear()

    def entry(self, number: int) -> ListItem | None:
        """Return the entry with this index, or None if it was removed."""
        page_number, inside = divmod(number, PAGE_ENTRIES)
        page = self.pages.get(page_number)
        if page is None:
            page = self._fetch(page_number * PAGE_ENTRIES, (page_number + 1) * PAGE_ENTRIES)
            self.pages[page_number] = page
            if len(self.pages) > KEPT_PAGES:
                self.pages.popitem(last=False)
        else:
            self.pages.move_to_end(page_number)
        return page[inside] if inside < len(page) else None

    def copies(self, number: int) -> list[int]:
        """Return the fetched indexes of the same article: grouping by author lists some articles several times."""
        item = self.entry(number)
        return [
            page_number * PAGE_ENTRIES + inside
            for page_number, page in self.pages.items()
            for inside, each in enumerate(page)
            if item is not None and each.id == item.id
        ]

    def fetch_again(self, number: int) -> None:
        """Replace one entry, whose marks changed."""
        page_number, inside = divmod(number, PAGE_ENTRIES)
        page, new = self.pages.get(page_number), self._fetch(number, number + 1)
        if page is not None and inside < len(page) and new and new[0].id == page[inside].id:
            self.pages[page_number] = (*page[:inside], new[0], *page[inside + 1 :])
        else:
            self.pages.pop(page_number, None)

    def _fetch(self, start: int, stop: int) -> Sequence[ListItem]:
        return self._rows.entries(start, stop) if self._rows is not None else ()
