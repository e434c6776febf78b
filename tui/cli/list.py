"""The subcommand `list`: print the articles, one on each line."""

from collections.abc import Iterable, Iterator
from itertools import chain, groupby, islice

from ..article import Article, ArticleSummary, Block
from ..cells import cell_len, drawn
from ..i18n import _
from .arguments import Arguments
from .article_json import FIELDS, article_cells, article_json
from .article_source import ArticleSource
from .open_library import open_source
from .output import paged_output, remark, use_colour, write_json_list, write_jsonl, write_lines
from .selection import select_entries
from .terminal_style import column_width, paint

_MEASURED_ENTRIES = 200
"""Entries whose widths decide those of the columns."""


def run(arguments: Arguments) -> int:
    """Print the selected articles in the order of the sidebar, and return 1 if there are none."""
    source = open_source(arguments)
    if source is None:
        return 2
    entries, colour = select_entries(source, arguments), use_colour(arguments)
    some = False
    with paged_output(arguments):
        some = _print(source, entries, arguments.format(), colour)
    if not some and next(source.entries(), None):  # a library without an article has been reported
        remark(_("没有这样的文章。"))
    return 0 if some else 1


def _print(source: ArticleSource, entries: Iterator[ArticleSummary], output_format: str, colour: bool) -> bool:
    """Print the entries, and return whether there were any."""
    if output_format == "json":
        return write_json_list("articles", (article_json(article) for article in _full_articles(source, entries)))
    if output_format == "jsonl":
        return write_jsonl(article_json(article) for article in _full_articles(source, entries))
    first = next(entries, None)
    entries = iter(()) if first is None else chain([first], entries)
    if output_format == "csv":
        from ..export.csv_file import csv_lines

        for line in csv_lines(FIELDS, (article_cells(article) for article in _full_articles(source, entries))):
            print(line, end="")
    elif output_format == "md":
        write_lines(_markdown(entries))
    elif output_format == "html":
        from ..export.html_page import page

        for part in page(_("文章目录"), _html(entries)):
            print(part, end="")
    else:
        write_lines(_columns(entries, colour))
    return first is not None


def _full_articles(source: ArticleSource, entries: Iterable[ArticleSummary]) -> Iterator[Article]:
    return source.articles(entry.id for entry in entries)


def _columns(entries: Iterator[ArticleSummary], colour: bool) -> Iterator[str]:
    ahead = list(islice(entries, _MEASURED_ENTRIES))
    ids = column_width(cell_len(entry.id) for entry in ahead)
    places = column_width(cell_len(entry.place or "") for entry in ahead)
    dates = column_width(cell_len(entry.date or "") for entry in ahead)
    for entry in chain(ahead, entries):
        tags = [paint(drawn(_tags(entry)), "quiet", colour)] if entry.tags else []
        columns = [(paint(entry.id, "quiet", colour), ids - cell_len(entry.id))]
        for text, width in ((entry.place or "", places), (entry.date or "", dates)):
            if width:
                columns.append((drawn(text), width - cell_len(text)))
        yield "  ".join([text + " " * gap for text, gap in columns] + [drawn(" ".join(entry.title)), *tags])


def _markdown(entries: Iterator[ArticleSummary]) -> Iterator[str]:
    from ..markdown.write import render

    for place, group in groupby(entries, key=lambda entry: entry.place):
        yield render([Block("subhead", place or _("未注明地点"), level=2)]) + "\n"
        for entry in group:
            about = _("，").join(part for part in (entry.id, entry.date, _tags(entry)) if part)
            yield render([Block("item", f"{' '.join(entry.title)} ({about})", marker="•")])
        yield ""


def _html(entries: Iterator[ArticleSummary]) -> Iterator[str]:
    from ..export.inline_html import text_of

    for place, group in groupby(entries, key=lambda entry: entry.place):
        yield f"<h2>{text_of(place or _('未注明地点'))}</h2>\n<ul>"
        for entry in group:
            about = _("，").join(
                part for part in (entry.id, entry.date, _("、").join(entry.authors), _tags(entry)) if part
            )
            yield f'<li>{text_of(" ".join(entry.title))} <span class="about">{text_of(about)}</span></li>'
        yield "</ul>"


def _tags(entry: ArticleSummary) -> str:
    return " ".join(f"#{tag}" for tag in entry.tags)
