"""Classification of files by name, and the names of their articles.

A name never depends on neighbouring files, so that marks survive when other files appear or disappear.
"""

import re
from typing import Literal

Kind = Literal["md", "mdx", "txt", "bundle", "jsonl"]
"""Kind of a text file. `bundle` is the `index.md` of a page bundle, a folder that is one article."""

_ENDINGS: dict[str, Kind] = {
    "md": "md",
    "markdown": "md",
    "mdown": "md",
    "mkd": "md",
    "mdx": "mdx",
    "txt": "txt",
    "jsonl": "jsonl",
}
_INDEX = re.compile(r"index\.(?:md|markdown|mdown|mkd)", re.IGNORECASE)
_NO_TEXT = re.compile(
    r"(?:requirements.*|robots|humans|security|ads|cmakelists|licen[cs]e|copying)\.txt", re.IGNORECASE
)
_PASSED_OVER = frozenset(
    (
        *("node_modules", "bower_components", "site-packages", "__pycache__"),
        *("themes", "archetypes", "assets", "static", "_site"),
    )
)
"""Names of folders that belong to programs. They are skipped unless they hold a `bulletin.yaml`."""


def kind_of(name: str) -> Kind | None:
    """Return the kind of a file by its name, or None if it holds no article. Never returns `bundle`."""
    if name.endswith(".md") and name[0] != ".":
        return "md"
    kind = _ENDINGS.get(name.rpartition(".")[2].lower()) if name[0] != "." and "." in name else None
    return None if kind == "txt" and _NO_TEXT.fullmatch(name) else kind


def is_index(name: str) -> bool:
    """Return whether a file of this name makes its folder a page bundle."""
    return name[0] in "iI" and _INDEX.fullmatch(name) is not None


def is_passed_over(folder: str) -> bool:
    """Return whether a folder of this name is skipped, unless it holds a `bulletin.yaml`."""
    return folder[0] == "." or folder in _PASSED_OVER or folder.endswith(".assets")


def stem_of(path: str, kind: str) -> str:
    """Return the last part of the article's id: the file name without `.md`, or with any other suffix.

    A page bundle is named by its folder plus `.index`. The `.md` is kept if the rest would look like such a name.
    """
    name = path.rpartition("/")[2]
    if kind == "bundle":
        return path.split("/")[-2] + ".index"
    stem = name.removesuffix(".md")
    ending = stem.rpartition(".")[2].lower()
    return name if "." in stem and (ending in _ENDINGS or ending == "index") else stem


def readable_name(path: str, kind: str) -> str:
    """Return the default title: the file name without its suffix, or the folder name of a page bundle."""
    parts = path.split("/")
    return parts[-2] if kind == "bundle" else parts[-1].rpartition(".")[0] or parts[-1]
