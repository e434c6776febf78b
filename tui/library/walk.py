"""Discovery of bulletins and articles in a folder. Opens no file except `bulletin.yaml`.

A folder that holds texts is a bulletin, at any depth; one with an `index.md` and no `bulletin.yaml` is also an article
of its parent folder. Links are followed to files inside the library only; folders are never entered through a link.
"""

import errno
import os
import re
import stat
from array import array
from bisect import insort
from collections.abc import Iterator, Sequence
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
_MIN_KNOWN = 16
"""Names of an earlier walk for each new one. With fewer, sorting is faster than inserting the new names."""
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
    problem: Problem | None = None


class Folder(NamedTuple):
    """A bulletin's folder, with the problems of the folder and its `bulletin.yaml`."""

    path: str
    """Path relative to the library's folder; empty for the library's folder itself."""
    bulletin: Bulletin
    problems: tuple[Problem, ...]
    holds: bool = True
    """False for a folder without articles, listed for its problems only."""
    texts: str = ""
    """Paths of its texts relative to this folder, also those of its page bundles, separated by NUL, in no order."""


class Stamps(NamedTuple):
    """The files of one folder: paths relative to it, sizes in bytes and times in nanoseconds."""

    names: Sequence[str]
    sizes: "array[int]"
    """-1 for a file that needs a closer look: see `irregular_file`."""
    times: "array[int]"


NO_STAMPS = Stamps((), array("q"), array("q"))


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
    for folder in of:
        bulletin, inside = folder.bulletin.id, inside_of(folder.path)
        for wrong in folder.problems:
            yield ArticleFile(wrong.file, bulletin, "fault", problem=wrong)
        names, sizes, times = stamps(root, folder) if folder.holds else NO_STAMPS
        for name, size, mtime_ns in zip(names, sizes, times, strict=True):
            if size < 0:
                yield irregular_file(root, folder, name)
            else:
                yield ArticleFile(inside + name, bulletin, kind_in(name), size, mtime_ns)
        if not names and folder.holds and (problem := without_articles(folder, of)):
            yield ArticleFile(folder.path or ".", bulletin, "fault", problem=problem)


def without_articles(folder: Folder, of: Sequence[Folder]) -> Problem | None:
    """Return the problem that a bulletin has no article, None if folders inside it have some."""
    inside = inside_of(folder.path)
    if any(other.path.startswith(inside) for other in of if other is not folder):
        return None
    remedy = _("放入 .md 文章或 articles.jsonl，或删去此文件夹。")
    return Problem(clean_line(folder.path) or ".", None, "no-articles", _("这一册没有文章。"), remedy)


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
    texts: str = ""
    """Names of its own texts, separated by NUL, without the index of a page bundle."""
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
            left += [(inside_of(path) + name, depth + 1) for name in sorted(one.inner, reverse=True)]
        if one.is_bundle:
            above, _slash, name = path.rpartition("/")
            bundles.setdefault(above, []).append(f"{name}/{one.index}")
    for path, one in seen.items():
        texts = "\0".join([*filter(None, [one.texts]), *bundles.get(path, ())])
        holds = one.has_file or bool(texts)
        if holds or one.problems:
            from .bulletin_file import read_bulletin

            bulletin, wrong = read_bulletin(root, path, one.has_file)
            problems = (*one.problems, *(wrong if holds else ()))
            yield Folder(path, bulletin, problems, holds, texts)


def _look(root: Path, path: str, depth: int) -> _Seen:
    seen = _Seen(path, depth)
    texts: list[str] = []
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
                        seen.problems.append(_linked_folder(inside_of(path) + name))
                        continue
                if name == "bulletin.yaml":
                    seen.has_file = True
                elif kind_of(name) is not None:
                    texts.append(name)
                    if is_index(name) and (not seen.index or name < seen.index):
                        seen.index = name
    except OSError as error:
        seen.problems.append(unreadable(path or ".", error))
    if seen.is_bundle:
        texts.remove(seen.index)
    seen.texts = "\0".join(texts)
    return seen


def is_skipped(folder: "os.DirEntry[str]") -> bool:
    """Return whether the walk skips a folder."""
    name = folder.name
    if not is_passed_over(name):
        return False
    return name[0] == "." or not os.path.lexists(os.path.join(folder.path, "bulletin.yaml"))


def _too_far(path: str, message: str) -> Problem:
    return Problem(clean_line(path) or ".", None, "folders", message, _("把各册移到靠外的文件夹里，或给出里面的一个。"))


def in_order(names: list[str], known: Sequence[str]) -> list[str]:
    """Return the names in natural order. `known` are the names of an earlier walk in that order."""
    present = set(names)
    kept = [name for name in known if name in present]
    added = present.difference(kept)
    if len(added) * _MIN_KNOWN <= len(kept):
        for name in added:
            insort(kept, name, key=natural)
        return kept
    # If all names have their digits at the same positions, plain sorting gives the natural order and is faster.
    shapes = "\0".join(names).encode("utf-8", "surrogateescape").translate(_SHAPE).split(b"\0")
    return sorted(names, key=natural if len(set(shapes)) > 1 else None)


def stamps(root: Path, folder: Folder, known: Sequence[str] = ()) -> Stamps:
    """Return the stamps of a folder's files, in library order. `known` are the names of an earlier walk."""
    names = in_order(folder.texts.split("\0") if folder.texts else [], known)
    sizes, times = array("q"), array("q")
    try:
        opened = os.open(root / folder.path, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return Stamps(names, array("q", [-1]) * len(names), array("q", [0]) * len(names))
    try:
        for name in names:
            try:
                about = os.stat(name, dir_fd=opened, follow_symlinks=False)
                is_usual = stat.S_ISREG(about.st_mode) and about.st_size <= LARGEST
            except OSError:
                is_usual = False
            sizes.append(about.st_size if is_usual else -1)
            times.append(about.st_mtime_ns if is_usual else 0)
    finally:
        os.close(opened)
    if _is_misnamed(folder.path + folder.texts):
        wrong = map(_is_misnamed, (folder.path + name for name in names))
        sizes = array("q", (-1 if is_wrong else size for is_wrong, size in zip(wrong, sizes, strict=True)))
    return Stamps(names, sizes, times)


def _is_misnamed(path: str) -> bool:
    """Return whether a path is not UTF-8."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return True
    return False


def kind_in(name: str) -> Kind:
    """Return the kind of a file that the walk has found, by its path relative to its bulletin's folder."""
    return "bundle" if "/" in name else kind_of(name) or "md"


def irregular_file(root: Path, folder: Folder, name: str) -> ArticleFile:
    """Return a file without a stamp: the target of a link inside the library, or a fault."""
    path = inside_of(folder.path) + name
    kind = kind_in(name)
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
        return ArticleFile(path, folder.bulletin.id, kind, about.st_size, about.st_mtime_ns)
    return ArticleFile(clean(path), folder.bulletin.id, "fault", problem=problem)


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


def inside_of(path: str) -> str:
    """Return what the paths of the files in a folder begin with."""
    return f"{path}/" if path else ""
