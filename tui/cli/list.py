"""`list`: the articles, one a line."""

from collections.abc import Iterable, Iterator
from itertools import chain, groupby, islice

from ..article import Article
from ..cells import cell_len, drawn
from ..i18n import _
from .arguments import Arguments
from .article_json import FIELDS, article_cells, article_json
from .article_source import ArticleSource, Entry
from .open_library import open_source
from .output import coloured, paged, write_json_list, write_jsonl, write_lines
from .selection import chosen
from .style import column_width, painted

_LOOKED_AT = 200
"""Entries that decide how wide the columns are."""


def run(arguments: Arguments) -> int:
    """Print the articles asked for in the sidebar's order; 1 when there are none."""
    shelf = open_source(arguments)
    if shelf is None:
        return 2
    entries, colour = chosen(shelf, arguments), coloured(arguments)
    some = False
    with paged(arguments):
        some = _print(shelf, entries, arguments.format(), colour)
    return 0 if some else 1


def _print(shelf: ArticleSource, entries: Iterator[Entry], wanted: str, colour: bool) -> bool:
    """Print in the format wanted; whether there was anything."""
    if wanted == "json":
        return write_json_list("articles", (article_json(article) for article in _whole(shelf, entries)))
    if wanted == "jsonl":
        return write_jsonl(article_json(article) for article in _whole(shelf, entries))
    first = next(entries, None)
    entries = iter(()) if first is None else chain([first], entries)
    if wanted == "csv":
        from ..export.csv_file import csv_lines

        for line in csv_lines(FIELDS, (article_cells(article) for article in _whole(shelf, entries))):
            print(line, end="")
    elif wanted == "md":
        write_lines(_markdown(entries))
    elif wanted == "html":
        from ..export.html_page import page

        for part in page(_("文章目录"), _html(entries)):
            print(part, end="")
    else:
        write_lines(_columns(entries, colour))
    return first is not None


def _whole(shelf: ArticleSource, entries: Iterable[Entry]) -> Iterator[Article]:
    for entry in entries:
        if article := shelf.article(entry.id):
            yield article


def _columns(entries: Iterator[Entry], colour: bool) -> Iterator[str]:
    ahead = list(islice(entries, _LOOKED_AT))
    ids = column_width(cell_len(entry.id) for entry in ahead)
    places = column_width(cell_len(entry.place or "") for entry in ahead)
    dates = column_width(cell_len(entry.date or "") for entry in ahead)
    for entry in chain(ahead, entries):
        columns = [(painted(entry.id, "quiet", colour), ids - cell_len(entry.id))]
        for text, width in ((entry.place or "", places), (entry.date or "", dates)):
            if width:
                columns.append((drawn(text), width - cell_len(text)))
        yield "  ".join([text + " " * gap for text, gap in columns] + [drawn(" ".join(entry.title))])


def _markdown(entries: Iterator[Entry]) -> Iterator[str]:
    from ..article import Block
    from ..markdown.write import render

    for place, group in groupby(entries, key=lambda entry: entry.place):
        yield render([Block("subhead", place or _("未注明地点"), level=2)]) + "\n"
        for entry in group:
            about = _("，").join(part for part in (entry.id, entry.date) if part)
            yield render([Block("item", f"{' '.join(entry.title)} ({about})", marker="•")])
        yield ""


def _html(entries: Iterator[Entry]) -> Iterator[str]:
    from ..export.inline import text_of

    for place, group in groupby(entries, key=lambda entry: entry.place):
        yield f"<h2>{text_of(place or _('未注明地点'))}</h2>\n<ul>"
        for entry in group:
            about = _("，").join(part for part in (entry.id, entry.date, _("、").join(entry.authors)) if part)
            yield f'<li>{text_of(" ".join(entry.title))} <span class="about">{text_of(about)}</span></li>'
        yield "</ul>"
