"""`export`: articles or whole bulletins as one file."""

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
from .article_json import FIELDS, article_cells, whole_json
from .article_source import ArticleSource
from .open_library import open_source
from .output import remark, write_json_list, write_jsonl
from .selection import above, all_named, chosen

FORMATS = ("epub", "html", "md", "txt", "json", "jsonl", "csv")


def run(arguments: Arguments) -> int:
    """Write the articles to a file, or to standard output; 1 when there are none."""
    into = arguments.path("into")
    wanted = _format(arguments, into)
    shelf = open_source(arguments)
    if shelf is None:
        return 2
    articles = _articles(shelf, arguments)
    first = next(articles, None)
    if first is None:
        remark(_("没有可导出的文章。"))
        return 1
    every = _and(first, articles)
    title = arguments.text("title") or _title(shelf, first, arguments)
    if into is None or str(into) == "-":
        with TemporaryFile() as file:  # a book is not written from front to back
            _write(file, shelf, every, wanted, title)
            file.seek(0)
            copyfileobj(file, sys.stdout.buffer)
        return 0
    return to_file(into, arguments.flag("replace"), lambda file: _write(file, shelf, every, wanted, title))


def _format(arguments: Arguments, into: Path | None) -> str:
    """The format asked for, or told by the file's name."""
    suffix = into.suffix.lower().lstrip(".") if into else ""
    wanted = arguments.text("format") or suffix
    if wanted not in FORMATS:
        raise UsageError(_("用 --format 说明格式：{formats}。").format(formats=_("、").join(FORMATS)))
    if wanted == "epub" and (into is None or str(into) == "-") and sys.stdout.isatty():
        raise UsageError(_("电子书要写到文件：--into 文件。"))
    return wanted


def _articles(shelf: ArticleSource, arguments: Arguments) -> Iterator[Article]:
    if arguments.operands:
        yield from all_named(shelf, arguments.operands)
        return
    for entry in chosen(shelf, arguments):
        if article := shelf.article(entry.id):
            yield article


def _and(first: Article, rest: Iterator[Article]) -> Iterator[Article]:
    yield first
    yield from rest


def _title(shelf: ArticleSource, first: Article, arguments: Arguments) -> str:
    """What the file is called: the one article or bulletin it holds, else the library."""
    if len(arguments.operands) == 1:
        return " ".join(first.title)
    bulletins = {bulletin.id: bulletin.title for bulletin in shelf.library.bulletins()}
    asked = arguments.text("bulletin")
    if asked or len(bulletins) == 1:
        return bulletins.get(asked or first.bulletin, first.bulletin)
    return clean_line(shelf.library.root.name)


def _write(file: IO[bytes], shelf: ArticleSource, articles: Iterable[Article], wanted: str, title: str) -> None:
    if wanted == "epub":
        from ..export.epub import write_epub

        write_epub(file, title, ((one, above(shelf.library, one)) for one in articles))
        return
    text = TextIOWrapper(file, encoding="utf-8", errors="replace", newline="", write_through=False)
    with redirect_stdout(text):
        _print(shelf, articles, wanted, title)
    text.flush()
    text.detach()


def _print(shelf: ArticleSource, articles: Iterable[Article], wanted: str, title: str) -> None:
    if wanted == "json":
        write_json_list("articles", map(whole_json, articles), {"title": title})
    elif wanted == "jsonl":
        write_jsonl(map(whole_json, articles))
    elif wanted == "html":
        from ..export.body import article_html
        from ..export.html_page import page

        numbered = enumerate(articles, 1)
        bodies = (article_html(one, f"article-{number}", above(shelf.library, one)) for number, one in numbered)
        for part in page(title, bodies):
            print(part, end="")
    elif wanted == "csv":
        from ..export.csv_file import csv_lines

        print("\ufeff", end="")  # without it spreadsheets take the file for one in the system's old encoding
        for line in csv_lines((*FIELDS, "body"), ([*article_cells(one), one.body] for one in articles)):
            print(line, end="")
    else:
        from ..export.text import markdown, plain_text

        for number, one in enumerate(articles):
            print("\n" * (number > 0) + (markdown(one) if wanted == "md" else plain_text(one)), end="")


def to_file(into: Path, replace: bool, write: Callable[[IO[bytes]], None]) -> int:
    """Write the file whole; an existing one is only replaced when asked."""
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
