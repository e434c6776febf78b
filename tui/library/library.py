"""A library: a folder of bulletins, read one file at a time."""

import os
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..article import Article, Bulletin
from ..clean import clean_line
from ..gazetteer import BadGazetteer, Gazetteer, load
from ..i18n import _
from ..paths import content_dir
from ..problem import Problem
from .fields import BadArticle
from .file_kinds import readable_name, stem_of
from .markdown_file import line_of, parse
from .safe_open import (
    BadFile,
    decoded,
    decoded_file,
    open_bytes,
    read_part,
    read_text,
    read_whole,
    rest_of_line,
    too_large,
)
from .walk import LARGEST, ArticleFile, Folder, files, folders

if TYPE_CHECKING:
    from .packed_folder import PackedFolder, Walk

_GAZETTEER = "gazetteer.yaml"


class LocatedArticle(NamedTuple):
    """An article with its byte offset and length in its file, and its first line, from 1."""

    article: Article
    offset: int
    length: int
    line: int


class Library:
    """A folder of bulletins. Articles are read on demand; only bulletins and the gazetteer are cached."""

    def __init__(self, root: Path, *, placing: bool = True) -> None:
        """Create the library. Without `placing`, articles' places are not checked and the gazetteer is not read."""
        self.root = root.resolve()
        self._placing = placing

    def bulletins(self) -> tuple[Bulletin, ...]:
        """Return the bulletins, newest issue first, then by name."""
        return tuple(folder.bulletin for folder in self._folders if folder.holds)

    def files(self) -> Iterator[ArticleFile]:
        """Yield the files that hold articles, in library order, without opening them. Each call walks the folder."""
        self._folders = folders(self.root)
        return files(self.root, self._folders)

    def walk(self, known: "Mapping[str, PackedFolder] | None" = None) -> "Walk":
        """Return all files and the problems with folders and irregular files, in library order. Walks the folder.

        With the folders of an earlier walk by path, it takes half the time.
        """
        from .packed_folder import walked  # only the indexer needs it, not the start

        self._folders = folders(self.root)
        return walked(self.root, self._folders, known or {})

    def read(
        self, file: ArticleFile, start: int = 0, stop: int | None = None, line: int = 1
    ) -> Iterator[LocatedArticle | Problem]:
        """Yield the articles and problems of a file, in file order.

        `start`, `stop` and `line` apply to `jsonl` only: reading starts at byte `start`, which is the beginning of line
        number `line`, and ends with the line that reaches byte `stop`.
        """
        try:
            if file.kind == "fault":
                if file.problem:
                    yield file.problem
            elif file.kind == "jsonl":
                yield from self._read_lines(file, start, stop, line)
            else:
                raw = read_whole(self.root, file.path, LARGEST)
                yield from self._checked(file, decoded_file(raw, file.path, file.kind), 0, len(raw), 1)
        except BadFile as error:
            yield error.problem

    def article_at(
        self,
        file: ArticleFile,
        offset: int,
        length: int,
        line: int,
        placed: tuple[str | None, int | None] | None = None,
    ) -> Article:
        """Return the article at a byte offset. Raises BadFile or BadArticle if it is no longer there.

        `placed` is the place and its code, if the caller knows them: then the gazetteer is not read.
        """
        raw = read_part(self.root, file.path, offset, min(length, LARGEST))
        text = decoded(raw, file.path, line) if file.kind == "jsonl" else decoded_file(raw, file.path, file.kind)
        article, _problems = self._parsed(file, text, line)
        if placed is not None:
            return article._replace(place=placed[0], place_id=placed[1])
        return self._placed(article, file.path, line)[0]

    def load(self) -> tuple[tuple[Article, ...], tuple[Problem, ...]]:
        """Return all articles and all problems. For small libraries only."""
        articles: list[Article] = []
        problems: list[Problem] = []
        for found in self.everything():
            if isinstance(found, Problem):
                problems.append(found)
            else:
                articles.append(found)
        return tuple(articles), tuple(problems)

    def everything(self) -> Iterator[Article | Problem]:
        """Yield all articles and problems as they are read. Of articles with the same id, only the first is yielded."""
        yield from self.gazetteer_problems()
        seen: set[int] = set()
        for file in self.files():
            for found in self.read(file):
                if isinstance(found, Problem):
                    yield found
                    continue
                mark = hash(found.article.id)
                if mark in seen:
                    yield duplicate(found.article.id, file.path, found.line)
                else:
                    seen.add(mark)
                    yield found.article

    def gazetteer(self) -> Gazetteer:
        """Return the library's own gazetteer, or the bundled one."""
        return self._gazetteer[0]

    def gazetteer_problems(self) -> tuple[Problem, ...]:
        """Return the problems of the library's own gazetteer."""
        return self._gazetteer[1]

    @cached_property
    def _folders(self) -> list[Folder]:
        return folders(self.root)

    @cached_property
    def _gazetteer(self) -> tuple[Gazetteer, tuple[Problem, ...]]:
        bundled = content_dir() / _GAZETTEER
        try:
            return own_gazetteer(self.root) or load(bundled), ()
        except BadFile as error:
            return load(bundled), (error.problem,)
        except BadGazetteer as error:
            return load(bundled), tuple(map(_of_gazetteer, error.problems))

    @cached_property
    def _codes(self) -> dict[str, int]:
        gazetteer = self.gazetteer()
        every = (gazetteer.region, *gazetteer.places)
        return {place.label: place.id for place in every if place}

    def _read_lines(
        self, file: ArticleFile, start: int, stop: int | None, line: int
    ) -> Iterator[LocatedArticle | Problem]:
        """Yield the articles and problems of a jsonl file, reading one line at a time."""
        offset, number, any_line = start, line - 1, start > 0 or (stop is not None and stop < file.size)
        with open_bytes(self.root, file.path) as source:
            source.seek(start)
            while (stop is None or offset < stop) and (raw := source.readline(LARGEST + 1)):
                number += 1
                length = len(raw)
                if length > LARGEST:
                    length += rest_of_line(source, raw)
                    yield too_large(file.path, number, LARGEST)
                elif raw.removeprefix(BOM_UTF8).strip():
                    try:
                        yield from self._checked(file, decoded(raw, file.path, number), offset, length, number)
                    except BadFile as error:
                        yield error.problem
                else:
                    offset += length
                    continue
                any_line = True
                offset += length
        if not any_line:
            yield Problem(clean_line(file.path), 1, "empty", _("文件是空的。"), _("写上文章，或删去此文件。"))

    def _checked(
        self, file: ArticleFile, text: str, offset: int, length: int, line: int
    ) -> Iterator[LocatedArticle | Problem]:
        try:
            article, problems = self._parsed(file, text, line)
        except BadArticle as error:
            yield error.problem
            return
        yield from problems
        article, problem = self._placed(article, file.path, line)
        if problem:
            at = line if file.kind == "jsonl" else line_of(text, "place_id" if problem.code == "place-id" else "place")
            yield problem._replace(line=at)
        yield LocatedArticle(article, offset, length, line)

    def _parsed(self, file: ArticleFile, text: str, line: int) -> tuple[Article, list[Problem]]:
        if file.kind == "jsonl":
            from .jsonl_line import parse_line

            return parse_line(file.bulletin, text, clean_line(file.path), line)
        stem, name = clean_line(stem_of(file.path, file.kind)), readable_name(file.path, file.kind)
        return parse(f"{file.bulletin}/{stem}", text, clean_line(file.path), file.kind, name)

    def _placed(self, article: Article, file: str, line: int) -> tuple[Article, Problem | None]:
        """Return the article with its place and code completed, and the problem with its place, if any."""
        if not self._placing:
            return article, None
        if article.place is None:
            place = self.gazetteer().by_id(article.place_id) if article.place_id else None
            return (article._replace(place=place.label) if place else article), None
        code = self._codes.get(article.place)
        if code is not None and code == article.place_id:
            return article, None
        if code is None:
            return article, self._unknown(article.place, file, line)
        if article.place_id is None:
            return article._replace(place_id=code), None
        message = _("place_id {code} 不是“{place}”的代码。").format(code=article.place_id, place=article.place)
        problem = Problem(clean_line(file), line, "place-id", message, _("应为 {code}，现按此读。").format(code=code))
        return article._replace(place_id=code), problem

    def _unknown(self, name: str, file: str, line: int) -> Problem:
        meant = self.gazetteer().resolve(name)
        if len(meant) == 1:
            remedy = _("写成“{label}”。").format(label=meant[0].label)
        else:
            remedy = _("用地名表里的名称，或把它加进 gazetteer.yaml。")
        return Problem(clean_line(file), line, "unknown-place", _("地名表里没有“{place}”。").format(place=name), remedy)


def own_gazetteer(root: Path) -> Gazetteer | None:
    """Return the library's own gazetteer, or None if it has none. Raises BadFile or BadGazetteer."""
    if not os.path.lexists(root / _GAZETTEER):
        return None
    text = read_text(root, _GAZETTEER, LARGEST)
    from ..gazetteer.yaml_file import read  # yaml is slow to import

    return read(text.removeprefix("\ufeff"), str(root / _GAZETTEER))


def _of_gazetteer(problem: Problem) -> Problem:
    remedy = problem.remedy or _("改正它；现用自带的地名表。")
    return problem._replace(file=_GAZETTEER, code="gazetteer", remedy=remedy)


def duplicate(id: str, file: str, line: int) -> Problem:
    """Return the problem that an earlier article has the same id. The earlier one is kept."""
    message = _("“{id}”已有另一篇文章。").format(id=id)
    return Problem(clean_line(file), line, "duplicate-id", message, _("改文件名或 id，使每篇不同。"))
