"""Reading of bulletins and articles from a folder, with their problems. docs/format.md defines the format."""

from pathlib import Path

from ..clean import clean_line
from ..i18n import _
from ..problem import Problem
from .fields import BadArticle
from .library import Library, LocatedArticle, duplicate
from .markdown_file import parse, render
from .passed_over import kinds_said, passed_over
from .safe_open import BadFile
from .walk import ArticleFile, any_article

__all__ = [
    "ArticleFile",
    "BadArticle",
    "BadFile",
    "BadLibrary",
    "Library",
    "LocatedArticle",
    "duplicate",
    "kinds_said",
    "open_library",
    "parse",
    "passed_over",
    "render",
]


class BadLibrary(Exception):
    """A folder that cannot be opened as a library; `problem` says why and what to do."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def open_library(path: Path) -> Library:
    """Return the library in a folder. Raises BadLibrary if the folder is missing or holds no articles."""
    said = clean_line(str(path))
    try:
        there = path.is_dir()
    except (OSError, ValueError):
        there = False
    if not there:
        message = _("不是文件夹。") if path.exists() else _("没有这个文件夹。")
        raise BadLibrary(Problem(said, None, "no-library", message, _("给出一个放有公报的文件夹。")))
    library = Library(path)
    if library.root == Path(library.root.anchor):
        message = _("这是整个文件系统，不是一个库。")
        raise BadLibrary(Problem(said, None, "no-library", message, _("给出一个放有公报的文件夹。")))
    if not any_article(library.root) and next(library.files(), None) is None:
        seen = kinds_said(passed_over(library.root))
        message = _("里面没有文章，只有 {kinds}。").format(kinds=seen) if seen else _("里面没有文章。")
        remedy = _("放入 .md 或 .txt 文件，或给出别的文件夹。")
        raise BadLibrary(Problem(said, None, "empty-library", message, remedy))
    return library
