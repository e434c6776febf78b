"""Assignment of a printed page's blocks to headlines.

A block belongs to the block directly above it: a headline, or text, a picture or a caption of the same article. A
column without a headline above belongs to the column beside it. An article never crosses a frame or a horizontal rule.
"""

from dataclasses import dataclass, field

from .glyphs import Rect
from .printed_blocks import PageBlocks, PrintedBlock, crossed

_NEAR = 3.2
"""Times the body size. Maximum gap between a block and its headline, picture or text above."""
_APART = 1.4
"""Times the body size. A wider gap in a column may be the end of an article."""
_LEVEL = 0.9
"""Times the body size. Two columns are level if their tops differ by less."""
_BESIDE = 6.0
"""Times the body size. Maximum gutter between two columns of one article."""


@dataclass(eq=False)
class PrintedArticle:
    """The blocks of one article."""

    headline: PrintedBlock | None
    blocks: list[PrintedBlock] = field(default_factory=list)
    doubtful: bool = False
    """Whether a block was assigned only because this headline is the nearest."""


def articles_among(page: PageBlocks) -> list[PrintedArticle]:
    """Return the articles of a page, from top to bottom and left to right."""
    owners: dict[int, PrintedArticle] = {}
    articles: list[PrintedArticle] = []
    for block in page.blocks:
        if block.kind == "headline":
            article = PrintedArticle(block)
            articles.append(article)
            owners[id(block)] = article
    links = {id(block): _link(page, block) for block in page.blocks if block.kind != "headline"}
    for block in sorted(page.blocks, key=lambda one: (one.box.left, one.box.top)):
        if block.kind == "headline":
            continue
        owner = _follow(block, links, owners)
        if owner is None:
            owner = _nearest(block, articles) or _headless(articles)
            owner.doubtful = True
            owners[id(block)] = owner
        owner.blocks.append(block)
    return sorted(
        (article for article in articles if article.headline or any(block.lines for block in article.blocks)),
        key=lambda one: (one.headline.box.top, one.headline.box.left) if one.headline else (0.0, 0.0),
    )


def _follow(
    block: PrintedBlock, links: dict[int, PrintedBlock | None], owners: dict[int, PrintedArticle]
) -> PrintedArticle | None:
    """Return the article at the end of the chain of links from `block`, or None. Record it for all blocks passed."""
    way: list[PrintedBlock] = []
    at: PrintedBlock | None = block
    while at is not None and id(at) not in owners and at not in way:
        way.append(at)
        at = links.get(id(at))
    owner = owners.get(id(at)) if at is not None else None
    if owner:
        for passed in way:
            owners[id(passed)] = owner
    return owner


def _link(page: PageBlocks, block: PrintedBlock) -> PrintedBlock | None:
    """Return the block that `block` is attached to, above or else beside it, or None."""
    above = _above(page, block)
    beside = _beside(page, block)
    if above is None:
        return _of_row(page, block) or beside or _mate(page, block) or _below(page, block)
    gap = block.box.top - above.box.bottom
    if above.kind == "headline":
        return above
    if beside is not None and gap > _APART * page.body and beside.kind == "headline":
        return beside
    if gap > _APART * page.body and (head := _of_row(page, block)):
        return head
    if beside is not None and gap > _APART * page.body and _level(page, block, beside):
        return beside
    if gap > _NEAR * page.body:
        return beside or _mate(page, block) or above
    return above


def _of_row(page: PageBlocks, block: PrintedBlock) -> PrintedBlock | None:
    """Return the headline over the columns level with `block`, first to the left, then to the right; else None."""
    for step in (_beside, _mate):
        seen = [block]
        while (at := step(page, seen[-1])) and at not in seen and _level(page, block, at):
            if at.kind == "headline":
                return at
            above = _above(page, at)
            if above and above.kind == "headline" and at.box.top - above.box.bottom < _NEAR * page.body:
                return above
            seen.append(at)
    return None


def _level(page: PageBlocks, block: PrintedBlock, other: PrintedBlock) -> bool:
    """Return whether two blocks have their tops at the same height. A headline as `other` always counts as level."""
    return abs(block.box.top - other.box.top) < _LEVEL * page.body or other.kind == "headline"


def _mate(page: PageBlocks, block: PrintedBlock) -> PrintedBlock | None:
    """Return the next column to the right with its top at the same height, or None."""
    level = [
        other
        for other in page.blocks
        if other is not block
        and other.frame == block.frame
        and other.kind == "text"
        and abs(block.box.top - other.box.top) < _LEVEL * page.body
        and -0.5 * page.body <= other.box.left - block.box.right <= _BESIDE * page.body
    ]
    return min(level, key=lambda one: one.box.left, default=None)


def _above(page: PageBlocks, block: PrintedBlock) -> PrintedBlock | None:
    found: PrintedBlock | None = None
    for other in page.blocks:
        if other is block or other.frame != block.frame:
            continue
        if other.box.bottom > block.box.top + 0.4 * page.body or other.box.top >= block.box.top:
            continue
        if other.box.overlap(block.box) < 0.2 * min(other.box.width, block.box.width):
            continue
        if found is None or other.box.bottom > found.box.bottom:
            found = other
    if found is None or crossed(found.box, block.box, page.rules):
        return None
    return found


def _beside(page: PageBlocks, block: PrintedBlock) -> PrintedBlock | None:
    """Return the nearest block to the left at the height of the first line of `block`, or None.

    A vertical headline may also be to the right.
    """
    top = block.box.top + 0.5 * page.body
    best: tuple[float, PrintedBlock] | None = None
    for other in page.blocks:
        if other is block or other.frame != block.frame or not other.box.top - page.body <= top <= other.box.bottom:
            continue
        vertical = other.kind == "headline" and other.lines[0].vertical
        gap = block.box.left - other.box.right
        if vertical and gap < 0:
            gap = other.box.left - block.box.right
        if -0.5 * page.body <= gap <= _BESIDE * page.body and (best is None or gap < best[0]):
            best = gap, other
    return best[1] if best else None


def _below(page: PageBlocks, block: PrintedBlock) -> PrintedBlock | None:
    """Return the nearest block under `block`, if `block` is a picture; else None."""
    if block.kind != "picture":
        return None
    below = [
        other
        for other in page.blocks
        if other.frame == block.frame
        and other is not block
        and 0 <= other.box.top - block.box.bottom < _NEAR * page.body
        and other.box.overlap(block.box) > 0
    ]
    return min(below, key=lambda one: one.box.top, default=None)


def _nearest(block: PrintedBlock, articles: list[PrintedArticle]) -> PrintedArticle | None:
    """Return the article with the nearest headline in the same frame, or None. An unframed block may take any."""
    inside = [one for one in articles if one.headline and (one.headline.frame == block.frame or not block.frame)]
    return min(
        inside, key=lambda one: _distance(one.headline.box if one.headline else block.box, block.box), default=None
    )


def _distance(one: Rect, other: Rect) -> float:
    across = max(0.0, one.left - other.right, other.left - one.right)
    down = max(0.0, other.top - one.bottom, 3 * (one.top - other.top))
    return across + down


def _headless(articles: list[PrintedArticle]) -> PrintedArticle:
    for article in articles:
        if article.headline is None:
            return article
    articles.append(PrintedArticle(None))
    return articles[-1]
