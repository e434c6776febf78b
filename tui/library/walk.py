"""Discovery of bulletins and articles in a folder. Opens no file except `bulletin.yaml`.

A folder that holds texts is a bulletin, at any depth; one with an `index.md` and no `bulletin.yaml` is also an article
of its parent folder. Links are followed to files inside the library only; folders are never entered through a link.
"""

import errno
import os
import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple

from ..article import Bulletin
from ..clean import clean, clean_line
from ..i18n import _
from ..problem import Problem
from .file_kinds import Kind, is_index, is_passed_over, kind_of

DEEPEST = 100
"""Levels of folders below the library's folder. Deeper folders are skipped."""
MOST = 20_000
"""Folders. Limits the walk if the user names the root of a disk by mistake."""
LARGEST = 32 * 1024 * 1024
"""Bytes. Maximum size of a Markdown file, or of a line of articles.jsonl."""
_DIGITS = re.compile(r"([0-9]+)")
_SHAPE = bytes.maketrans(b"123456789", b"000000000")


class ArticleFile(NamedTuple):
    """A file with one article or, for `jsonl`, many; a `fault` is unreadable and `problem` says why."""

    path: str
    """Path relative to the library's folder, with `/`."""
    bulletin: str
    kind: Kind | Literal["fault"]
    size: int = 0
    """Bytes."""
    mtime_ns: int = 0
    order: int = 0
    """Index in the library: bulletins newest first, the files of each by name."""
    problem: Problem | None = None


class Folder(NamedTuple):
    """A bulletin's folder, with the problems of the folder and its `bulletin.yaml`."""

    path: str
    """Path relative to the library's folder; empty for the library's folder itself."""
    bulletin: Bulletin
    problems: tuple[Problem, ...]
    holds: bool = True
    """False for a folder without articles, listed for its problems only."""
    bundles: tuple[str, ...] = ()
    """Paths of the texts of its page bundles, relative to this folder."""
    is_bundle: bool = False
    """Whether its own `index.md` is an article of the parent folder."""


def folders(root: Path) -> list[Folder]:
    """Return the bulletins' folders, newest issue first, undated ones last, then by name."""
    found = list(_found(root))
    found.sort(key=lambda folder: natural(folder.path))
    found.sort(key=lambda folder: folder.bulletin.issued or "", reverse=True)
    return found


def any_article(root: Path) -> bool:
    """Return whether any file may be an article. Stops at the first one."""
    left = [str(root)]
    for _number in range(MOST):
        if not left:
            return False
        with suppress(OSError), os.scandir(left.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    if not is_skipped(entry):
                        left.append(entry.path)
                elif kind_of(entry.name) is not None:
                    return True
    return False


def files(root: Path, of: list[Folder]) -> Iterator[ArticleFile]:
    """Yield the files of these bulletins, in library order. The problems of a folder precede its files."""
    order = 0
    for folder in of:
        empty = True
        for problem in folder.problems:
            yield ArticleFile(problem.file, folder.bulletin.id, "fault", order=order, problem=problem)
            order += 1
        for file in _listed(root, folder, order) if folder.holds else ():
            empty = False
            yield file
            order += 1
        if (
            empty
            and folder.holds
            and not any(other.path.startswith(_inside(folder.path)) for other in of if other is not folder)
        ):
            problem = Problem(
                clean_line(folder.path) or ".",
                None,
                "no-articles",
                _("这一册没有文章。"),
                _("放入 .md 文章或 articles.jsonl，或删去此文件夹。"),
            )
            yield ArticleFile(folder.path or ".", folder.bulletin.id, "fault", order=order, problem=problem)
            order += 1


def natural(name: str) -> list[tuple[int, int, str]]:
    """Return a sort key that places 2.md before 10.md."""
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in _DIGITS.split(name) if part]


@dataclass(slots=True)
class _Seen:
    """The relevant entries of one folder."""

    path: str
    depth: int
    inner: list[str] = field(default_factory=list)
    has_file: bool = False
    """Whether the folder has a `bulletin.yaml`."""
    texts: int = 0
    index: str = ""
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_bundle(self) -> bool:
        return bool(self.index and self.depth and not self.has_file)


def _found(root: Path) -> Iterator[Folder]:
    """Yield the bulletins in `root` and below, and the folders with problems."""
    seen: dict[str, _Seen] = {}
    bundles: dict[str, list[str]] = {}
    left = [("", 0)]
    while left and len(seen) < MOST:
        path, depth = left.pop()
        one = seen[path] = _look(root, path, depth)
        if one.inner and depth == DEEPEST:
            one.problems.append(_too_far(path, _("文件夹套得太深，没有再往里看。")))
        elif len(seen) == MOST:
            one.problems.append(_too_far(path, _("文件夹太多，没有再往下看。")))
        if depth < DEEPEST:
            left += [(_inside(path) + name, depth + 1) for name in sorted(one.inner, reverse=True)]
        if one.is_bundle:
            above, _slash, name = path.rpartition("/")
            bundles.setdefault(above, []).append(f"{name}/{one.index}")
    for path, one in seen.items():
        holds = one.has_file or one.texts > one.is_bundle or path in bundles
        if holds or one.problems:
            from .bulletin_file import read_bulletin

            bulletin, wrong = read_bulletin(root, path, one.has_file)
            problems = (*one.problems, *(wrong if holds else ()))
            yield Folder(path, bulletin, problems, holds, tuple(bundles.get(path, ())), one.is_bundle)


def _look(root: Path, path: str, depth: int) -> _Seen:
    seen = _Seen(path, depth)
    try:
        with os.scandir(root / path) as entries:
            for entry in entries:
                name = entry.name
                if not entry.is_file(follow_symlinks=False):
                    if name.startswith("."):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        if not is_skipped(entry):
                            seen.inner.append(name)
                        continue
                    if entry.is_symlink() and os.path.isdir(entry.path):
                        seen.problems.append(_linked_folder(_inside(path) + name))
                        continue
                if name == "bulletin.yaml":
                    seen.has_file = True
                elif kind_of(name) is not None:
                    seen.texts += 1
                    if is_index(name) and (not seen.index or name < seen.index):
                        seen.index = name
    except OSError as error:
        seen.problems.append(unreadable(path or ".", error))
    return seen


def is_skipped(folder: "os.DirEntry[str]") -> bool:
    """Return whether the walk skips a folder."""
    name = folder.name
    if not is_passed_over(name):
        return False
    return name[0] == "." or not os.path.lexists(os.path.join(folder.path, "bulletin.yaml"))


def _too_far(path: str, message: str) -> Problem:
    return Problem(clean_line(path) or ".", None, "folders", message, _("把各册移到靠外的文件夹里，或给出里面的一个。"))


def _names(folder: Path, without_index: bool) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            names = [
                name
                for entry in entries
                if kind_of(name := entry.name) is not None and not entry.is_dir(follow_symlinks=False)
            ]
    except OSError:
        return []
    index = min(filter(is_index, names), default=None) if without_index else None
    return [name for name in names if name != index] if index else names


def _sort(names: list[str]) -> None:
    # If all names have their digits at the same positions, plain sorting gives the natural order and is faster.
    shapes = "\n".join(names).encode("utf-8", "surrogateescape").translate(_SHAPE).split(b"\n")
    names.sort(key=natural if len(set(shapes)) > 1 else None)


def _listed(root: Path, folder: Folder, order: int) -> Iterator[ArticleFile]:
    """Yield the files of one bulletin. Regular files take a fast path: 100,000 are checked every few seconds."""
    inside, bulletin = _inside(folder.path), folder.bulletin.id
    names = [*_names(root / folder.path, folder.is_bundle), *folder.bundles]
    _sort(names)
    try:
        opened = os.open(root / folder.path, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        opened = -1
    try:
        for at, name in enumerate(names, order):
            try:
                name.encode()
                about = os.stat(name, dir_fd=opened, follow_symlinks=False) if opened >= 0 else None
            except (OSError, UnicodeEncodeError):
                about = None
            if about is None or not stat.S_ISREG(about.st_mode) or about.st_size > LARGEST:
                yield _file(root, folder, name, at)
            else:
                kind: Kind = "bundle" if "/" in name else kind_of(name) or "md"
                yield ArticleFile(inside + name, bulletin, kind, about.st_size, about.st_mtime_ns, at)
    finally:
        if opened >= 0:
            os.close(opened)


def _file(root: Path, folder: Folder, name: str, order: int) -> ArticleFile:
    path = _inside(folder.path) + name
    kind: Kind = "bundle" if "/" in name else kind_of(name) or "md"
    try:
        path.encode()
        about = os.lstat(f"{root}/{path}")
        if stat.S_ISLNK(about.st_mode):
            target = (root / path).resolve(strict=True)
            if not target.is_relative_to(root):
                raise _Refused("link", _("链接指向库外，没有跟随。"), _("把文件放进库里，代替链接。"))
            about = os.stat(target)
        if not stat.S_ISREG(about.st_mode):
            raise _Refused("not-a-file", _("不是普通文件。"), _("移走它。"))
        if kind != "jsonl" and about.st_size > LARGEST:
            message = _("文件太大，有 {size} MB。").format(size=about.st_size >> 20)
            raise _Refused("too-large", message, _("一篇文章不超过 {size} MB。").format(size=LARGEST >> 20))
    except UnicodeEncodeError:
        problem = Problem(clean_line(path), None, "name", _("文件名不是 UTF-8。"), _("改一个文件名。"))
    except _Refused as refused:
        problem = Problem(clean_line(path), None, *refused.said)
    except (OSError, RuntimeError) as error:
        problem = unreadable(path, error)
    else:
        return ArticleFile(path, folder.bulletin.id, kind, about.st_size, about.st_mtime_ns, order)
    return ArticleFile(clean(path), folder.bulletin.id, "fault", order=order, problem=problem)


class _Refused(Exception):
    def __init__(self, code: str, message: str, remedy: str) -> None:
        self.said = (code, message, remedy)


def unreadable(path: str, error: Exception) -> Problem:
    """Return the problem that a file or folder could not be read."""
    if isinstance(error, RuntimeError) or getattr(error, "errno", None) == errno.ELOOP:
        return Problem(clean_line(path), None, "link", _("链接绕成了圈。"), _("删去这个链接。"))
    why = clean_line(getattr(error, "strerror", None) or str(error))
    return Problem(clean_line(path), None, "unreadable", _("读不出来：{why}。").format(why=why), _("检查文件和权限。"))


def _linked_folder(path: str) -> Problem:
    return Problem(clean_line(path), None, "link", _("链接指向文件夹，没有跟随。"), _("把文件夹放进库里，代替链接。"))


def _inside(path: str) -> str:
    return f"{path}/" if path else ""
