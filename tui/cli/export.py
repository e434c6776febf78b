"""The subcommand `export`: write articles or whole bulletins to one file."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import redirect_stdout
from io import TextIOWrapper
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO

from ..article import Article
from ..clean import clean_line
from ..i18n import _
from ..new_file import write_new_file
from .arguments import Arguments, UsageError
from .article_json import FIELDS, article_cells, full_article_json
from .article_source import ArticleSource
from .open_library import open_source
from .output import remark, write_json_list, write_jsonl
from .selection import find_articles, region_labels, select_entries
from .subcommands import EXPORT_FORMATS


def run(arguments: Arguments) -> int:
    """Write the articles to a file or to standard output, and return 1 if there are none."""
    into = arguments.path("into")
    output_format = _format(arguments, into)
    source = open_source(arguments)
    if source is None:
        return 2
    articles = _articles(source, arguments)
    first = next(articles, None)
    if first is None:
        remark(_("没有可导出的文章。"))
        return 1
    every = _chain(first, articles)
    title = arguments.text("title") or _title(source, first, arguments)
    if into is None or str(into) == "-":
        with TemporaryFile() as file:  # an EPUB is not written front to back
            _write(file, source, every, output_format, title)
            file.seek(0)
            copyfileobj(file, sys.stdout.buffer)
        return 0
    return to_file(into, arguments.flag("replace"), lambda file: _write(file, source, every, output_format, title))


def _format(arguments: Arguments, into: Path | None) -> str:
    """Return the format given by `--format`, or else by the file's suffix. Raises UsageError."""
    suffix = into.suffix.lower().lstrip(".") if into else ""
    output_format = arguments.text("format") or suffix
    if output_format not in EXPORT_FORMATS:
        raise UsageError(_("用 --format 说明格式：{formats}。").format(formats=_("、").join(EXPORT_FORMATS)))
    if output_format == "epub" and (into is None or str(into) == "-") and sys.stdout.isatty():
        raise UsageError(_("电子书要写到文件：--into 文件。"))
    return output_format


def _articles(source: ArticleSource, arguments: Arguments) -> Iterator[Article]:
    if arguments.operands:
        yield from find_articles(source, arguments.operands)
        return
    yield from source.articles(entry.id for entry in select_entries(source, arguments))


def _chain(first: Article, rest: Iterator[Article]) -> Iterator[Article]:
    yield first
    yield from rest


def _title(source: ArticleSource, first: Article, arguments: Arguments) -> str:
    """Return the title of the only article or bulletin, or else the name of the library."""
    if len(arguments.operands) == 1:
        return " ".join(first.title)
    bulletins = {bulletin.id: bulletin.title for bulletin in source.library.bulletins()}
    asked = arguments.text("bulletin")
    if asked or len(bulletins) == 1:
        return bulletins.get(asked or first.bulletin, first.bulletin)
    return source.name


def _write(file: IO[bytes], source: ArticleSource, articles: Iterable[Article], output_format: str, title: str) -> None:
    if output_format == "epub":
        from ..export.epub import write_epub

        write_epub(file, title, ((one, region_labels(source.library, one)) for one in articles))
        return
    text = TextIOWrapper(file, encoding="utf-8", errors="replace", newline="", write_through=False)
    with redirect_stdout(text):
        _print(source, articles, output_format, title)
    text.flush()
    text.detach()


def _print(source: ArticleSource, articles: Iterable[Article], output_format: str, title: str) -> None:
    if output_format == "json":
        write_json_list("articles", map(full_article_json, articles), {"title": title})
    elif output_format == "jsonl":
        write_jsonl(map(full_article_json, articles))
    elif output_format == "html":
        from ..export.body import article_html
        from ..export.html_page import page

        numbered = enumerate(articles, 1)
        bodies = (
            article_html(one, f"article-{number}", region_labels(source.library, one)) for number, one in numbered
        )
        for part in page(title, bodies):
            print(part, end="")
    elif output_format == "csv":
        from ..export.csv_file import csv_lines

        print("\ufeff", end="")  # without it spreadsheets assume the system's legacy encoding
        for line in csv_lines((*FIELDS, "body"), ([*article_cells(one), one.body] for one in articles)):
            print(line, end="")
    else:
        from ..export.text import markdown, plain_text

        for number, one in enumerate(articles):
            print("\n" * (number > 0) + (markdown(one) if output_format == "md" else plain_text(one)), end="")


def to_file(into: Path, replace: bool, write: Callable[[IO[bytes]], None]) -> int:
    """Write a complete file and return the exit status. An existing file is replaced only with `replace`."""
    path = clean_line(str(into))
    try:
        write_new_file(into, write, replace=replace)
    except FileExistsError:
        remark(_("{path} 已经有了；要覆盖就加 --replace。").format(path=path))
        return 2
    except OSError as error:
        remark(_("写不了 {path}：{why}").format(path=path, why=error.strerror or error))
        return 2
    remark(_("写好了 {path}。").format(path=path))
    return 0
