"""Where a link leads: to an article of the library, to a picture beside it, or out of the library."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from ..catalogue import NoArticle
from ..i18n import _
from ..library.link_target import LinkTarget, is_outside, link_target, nearest
from ..library.picture_file import picture_file
from ..markdown.anchors import heading_block
from ..reading import Position
from .article_text import ArticleText
from .page_positions import GONE, unreadable
from .stores import CatalogueLike

_MOST = 50
"""Ids compared if several articles have the name that a link names."""


class Destination(NamedTuple):
    """The end of a link: one of `article`, `picture` and `address` is set, or none if it leads nowhere."""

    article: str = ""
    """Id of an article."""
    position: Position | None = None
    """Position of the heading that the link names; None for none."""
    picture: Path | None = None
    """Absolute path of a picture in the library's folder."""
    address: str = ""
    """An address outside the library."""
    said: str = ""
    """What is missing, in the user's language; empty if all is there."""


def destination(root: str, catalogue: CatalogueLike, article_id: str, address: str) -> Destination:
    """Return where a link of an article leads. Reads the catalogue and, for a heading, the other article.

    `root` is the path of the library's folder.
    """
    if is_outside(address):
        return Destination(address=address)
    file = _file(root, catalogue, article_id)
    target = link_target(address, article_id, file or f"{article_id.removeprefix('./')}.md")
    found = _article(catalogue, target, article_id)
    if found:
        return _at_heading(catalogue, found, target.heading)
    if file and (picture := picture_file(Path(root), target.paths)):
        return Destination(picture=picture)
    return Destination(said=_("链接“{address}”在库里找不到").format(address=address))


def _file(root: str, catalogue: CatalogueLike, article_id: str) -> str:
    """Return the path of an article in the library's folder; empty if it has none."""
    try:
        return catalogue.file_of(article_id).relative_to(root).as_posix()
    except (NoArticle, ValueError):
        return ""


def _article(catalogue: CatalogueLike, target: LinkTarget, article_id: str) -> str:
    if found := next((id for id in target.ids if catalogue.summary(id)), ""):
        return found
    for ending in target.endings:
        if ids := catalogue.ids_ending(ending, _MOST):
            return nearest(ids, article_id)
    return ""


def _at_heading(catalogue: CatalogueLike, article_id: str, heading: str) -> Destination:
    if not heading:
        return Destination(article_id)
    try:
        text = ArticleText(catalogue.article(article_id))
    except GONE as error:
        return Destination(said=unreadable(error))
    block = heading_block(text.page.blocks, heading)
    if block is None:
        return Destination(article_id, said=_("没有小标题“{heading}”").format(heading=heading))
    return Destination(article_id, text.position((block, 0)))
