"""What a link's address means in a library: ids of articles, and files. Pure; nothing is looked up here."""

import re
from collections.abc import Iterator, Sequence
from posixpath import normpath
from typing import NamedTuple
from urllib.parse import unquote

from .file_kinds import is_index, kind_of, stem_of

_OUTSIDE = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:|//")
"""Start of an address with a scheme or a host."""
_SUFFIXES = ("", ".md", ".markdown", ".mdx", ".mdown", ".mkd", ".txt")
_PAGE = re.compile(r"\.html?$", re.IGNORECASE)
_PERMALINK = re.compile(r"(\d{4})/(\d\d)/(\d\d)/([^/]+)$")
_INDEX_PAGES = ("index", "README", "readme")
_DEEPEST = 100


class LinkTarget(NamedTuple):
    """What an address may mean, in order of preference. Any of the ids and paths may not exist."""

    ids: tuple[str, ...]
    endings: tuple[str, ...]
    """Ends of ids, for a name without its folder, as in a wiki link."""
    heading: str
    """The part after `#`, decoded; empty without one."""
    paths: tuple[str, ...]
    """Paths relative to the library's folder, never outside it."""


def is_outside(address: str) -> bool:
    """Return whether the address has a scheme or a host, so that it names nothing in the library."""
    return _OUTSIDE.match(address) is not None


def link_target(address: str, article_id: str, file: str) -> LinkTarget:
    """Return what a relative address means in an article. `file` is the article's path in the library."""
    written, _mark, heading = address.partition("#")
    written, heading = unquote(written.partition("?")[0]).replace("\\", "/"), unquote(heading)
    if not written:
        return LinkTarget((article_id,), (), heading, ())
    bulletin, _slash, stem = article_id.rpartition("/")
    folder, _slash, name = file.rpartition("/")
    is_bundle = stem.endswith(".index") and is_index(name)
    own = folder.rpartition("/")[0] if is_bundle else folder
    bases = ("",) if written.startswith("/") else (folder, "" if bulletin == "." else bulletin, "")
    paths = tuple(dict.fromkeys(filter(None, (_joined(base, written) for base in bases))))
    pages = [page for path in paths for page in _pages(path)]
    ids = [id for page in pages for id in _ids(page, own, bulletin)]
    return LinkTarget(tuple(dict.fromkeys(ids)), tuple(_endings(written)), heading, paths)


def nearest(ids: Sequence[str], article_id: str) -> str:
    """Return the id that shares most folders with an article, then the shortest."""
    here = article_id.split("/")

    def distance(id: str) -> tuple[int, int, str]:
        parts = id.split("/")
        shared = next((n for n, (one, other) in enumerate(zip(parts, here, strict=False)) if one != other), len(parts))
        return -shared, len(parts), id

    return min(ids, key=distance)


def _joined(folder: str, written: str) -> str:
    """Return the path relative to the library's folder; empty if it leads out of it or is too deep."""
    path = normpath(f"{folder}/{written.lstrip('/')}".lstrip("/"))
    return "" if path in (".", "..") or path.startswith("../") or path.count("/") > _DEEPEST else path


def _pages(path: str) -> Iterator[str]:
    """Yield the paths of the text files that a path may mean."""
    stem = _PAGE.sub("", path)
    for suffix in _SUFFIXES:
        if suffix or kind_of(path.rpartition("/")[2]):
            yield stem + suffix
    for name in _INDEX_PAGES:
        yield f"{stem}/{name}.md"


def _ids(path: str, own: str, bulletin: str) -> Iterator[str]:
    """Yield the ids that the article in a file may have. `bulletin` is the id of the bulletin in the folder `own`."""
    folder, _slash, name = path.rpartition("/")
    if is_index(name) and folder:
        above = folder.rpartition("/")[0]
        yield f"{bulletin if above == own else above or '.'}/{stem_of(path, 'bundle')}"
    yield f"{bulletin if folder == own else folder or '.'}/{stem_of(name, 'md')}"


def _endings(written: str) -> Iterator[str]:
    parts = [part for part in written.split("/") if part not in ("", ".", "..")]
    if not parts or (len(parts) == 1 and parts[0].partition(".")[0] in _INDEX_PAGES):
        return
    path = _PAGE.sub("", "/".join(parts))
    yield "/" + path.rpartition("/")[0] + "/" * ("/" in path) + stem_of(path, "md")
    if found := _PERMALINK.search(path):
        yield f"/{found[1]}-{found[2]}-{found[3]}-{found[4]}"
        yield f"/{found[4]}"
