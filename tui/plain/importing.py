"""Import of a page in the linear mode: lists the doubts and the articles, and writes them after a `yes`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from ..article import Bulletin
from ..clean import clean_line
from ..i18n import _
from ..importer.bulletin import files_of
from ..importer.decode import BadPage, read_page
from ..importer.folio import issue_date
from ..importer.formats import import_file
from ..library.bulletin_writer import BulletinWriter, Unfinished, has_room
from ..session.stores import Stores
from . import render


class Import:
    """The import of one page into the open library."""

    def __init__(self, name: str, stores: Stores) -> None:
        self._path = Path(os.path.expanduser(name))
        self._stores = stores
        self._files: dict[str, str] = {}
        self._articles = 0
        self.is_ready = False
        """Whether `lines` found articles to write."""

    def lines(self) -> Iterator[str]:
        """Parse the page and yield what `write` would write, or why nothing can be written."""
        if not os.path.isdir(self._stores.root):
            yield _("这个库不是这台电脑上的文件夹，不能往里写。")
            return
        id = self._path.stem
        if not id.strip() or id.startswith(".") or id != clean_line(id) or not has_room(id):
            yield _("这个名字不能用作册名：{name}。").format(name=clean_line(id))
            return
        try:
            name = clean_line(self._path.name)
            with self._path.open("rb") as file:
                result = import_file(read_page(file, name), name, self._stores.gazetteer)
            self._writer = BulletinWriter(Path(self._stores.root), id)
            before = self._writer.texts()
        except BadPage as error:
            yield str(error.problem)
            return
        except (OSError, ValueError) as error:
            yield _("读不出来：{why}。").format(why=clean_line(getattr(error, "strerror", None) or str(error)))
            return
        if before:
            yield _("库里已有 {id} 这一册，这里不替换它。").format(id=id)
            return
        pages = [(clean_line(self._path.name), result.articles)]
        date = issue_date(line.text for line in result.furniture)
        self._files = files_of(Bulletin(id, id, date), pages, self._stores.gazetteer, [date])
        self._articles = len(result.articles)
        if result.notes:
            yield _("拿不准的 {n} 处：").format(n=len(result.notes))
        for note in result.notes:
            yield _("第 {line} 行，把握百分之 {percent}：{message}").format(
                line=note.line, percent=round(100 * note.confidence), message=note.message
            )
        yield _("会写 {n} 篇：").format(n=self._articles)
        for number, article in enumerate(result.articles, 1):
            title = " ".join(article.title) or _("无题")
            parts = (title, article.place or "", *article.authors)
            yield _("{n}：{entry}").format(n=number, entry=render.joined(*parts))
        self.is_ready = bool(self._articles)

    def write(self) -> Iterator[str]:
        """Write the bulletin and yield the result. Call it only if `is_ready`."""
        try:
            self._writer.put(self._files)
        except Unfinished:
            yield _("新的内容已经换上。")
        except OSError as error:
            yield _("写不进去：{why}。").format(why=clean_line(error.strerror or str(error)))
            return
        yield _("已写 {n} 篇，编入目录后会说新到几篇。").format(n=self._articles)
