"""Assignment of a printed page's blocks to headlines.

Blocks are joined along the links between them, the most certain first, and two blocks with different headlines are
never joined. An article never crosses a frame or a horizontal rule.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from .block_links import links_among
from .byline_blocks import is_byline
from .glyphs import PrintedLine, Rect
from .page_block import PrintedBlock
from .printed_blocks import PageBlocks, crossed

_SURE = 1.0
"""Score. An article with a weaker link is doubtful."""
_SHORT_LINE = 6.0
"""Em. A shorter line alone is not the end of a column."""
_LEAST = -1.5
"""Score. Weaker links are not followed."""


@dataclass(eq=False)
class PrintedArticle:
    """The blocks of one article."""

    headline: PrintedBlock | None
    blocks: list[PrintedBlock] = field(default_factory=list)
    doubtful: bool = False
    """Whether a block was assigned by a weak link, or only because this headline is the nearest."""
    continues: bool = False
    """Whether it has no headline because it begins on the page before."""


def articles_among(page: PageBlocks, *, follows: bool = False) -> list[PrintedArticle]:
    """Return the articles of a page, from top to bottom and left to right.

    `follows` means that an article of the page before may continue at the top of this one.
    """
    groups = {
        id(block): PrintedArticle(block) if block.kind == "headline" else PrintedArticle(None, [block])
        for block in page.blocks
    }
    for link in links_among(page):
        if link.score < _LEAST:
            break
        _join(groups, link.one, link.other, sure=link.score >= _SURE)
    articles = list({id(group): group for group in groups.values()}.values())
    whole = _with_kickers([article for article in articles if article.headline], page)
    first = min((block for block in page.blocks if block.kind == "text"), key=_reading_order(page), default=None)
    for article in articles:
        if article.headline is None:
            if follows and first in article.blocks and first.frame is None and not _is_under_headline(first, page):
                article.continues = True
                whole.append(article)
            else:
                _assign(article, whole)
    return sorted(
        (article for article in whole if article.headline or any(block.lines for block in article.blocks)),
        key=lambda one: (one.headline.box.top, one.headline.box.left) if one.headline else (0.0, 0.0),
    )


def last_article(page: PageBlocks, articles: Sequence[PrintedArticle]) -> int | None:
    """Return the index of the article at the foot of the last column, or None."""
    key = _reading_order(page)
    ends = [
        (key(block), at)
        for at, article in enumerate(articles)
        for block in article.blocks
        if block.kind == "text"
        and block.frame is None
        and not is_byline(block)
        and (len(block.lines) > 1 or block.box.width > _SHORT_LINE * page.body)
    ]
    return max(ends)[1] if ends else None


def _reading_order(page: PageBlocks) -> Callable[[PrintedBlock], tuple[int, float]]:
    """Return the key that sorts blocks by columns from the left, and each column from the top."""
    return lambda block: (round(block.box.left / (6 * page.body)), block.box.top)


def _is_under_headline(block: PrintedBlock, page: PageBlocks) -> bool:
    return any(
        other.kind == "headline" and other.box.top < block.box.top and other.box.overlap(block.box) > 0
        for other in page.blocks
    )


def article_of_jump(line: PrintedLine, articles: Sequence[PrintedArticle]) -> PrintedArticle | None:
    """Return the article that a jump line belongs to: the one whose text is nearest above or below, or None."""
    return min(articles, key=lambda article: _distance_to_text(line.box, article), default=None)


def _distance_to_text(line: Rect, article: PrintedArticle) -> float:
    blocks = [block for block in article.blocks if block.kind == "text"]
    return min((_apart(block.box, line) for block in blocks), default=float("inf"))


def _apart(one: Rect, other: Rect) -> float:
    """Return the distance between two boxes in points; what is beside counts double."""
    across = max(0.0, -one.overlap(other))
    down = max(0.0, other.top - one.bottom, one.top - other.bottom)
    return 2 * across + down


def _join(groups: dict[int, PrintedArticle], one: PrintedBlock, other: PrintedBlock, *, sure: bool) -> None:
    """Join the articles of two blocks, unless both have a headline."""
    first, second = groups[id(one)], groups[id(other)]
    if first is second or (first.headline and second.headline):
        return
    if second.headline:
        first, second = second, first
    first.blocks += second.blocks
    first.doubtful |= second.doubtful or not sure
    for block in second.blocks:
        groups[id(block)] = first


def _with_kickers(articles: list[PrintedArticle], page: PageBlocks) -> list[PrintedArticle]:
    """Return the articles; a headline without text right above a larger one is its kicker, wherever it is aligned."""
    left = list(articles)
    for article in articles:
        owner = None if article.blocks else min(left, key=lambda one: _gap_below(article, one, page), default=None)
        if owner and article.headline and owner.headline and _gap_below(article, owner, page) < float("inf"):
            owner.headline.lines[:0] = article.headline.lines
            owner.headline.box = owner.headline.box.join(article.headline.box)
            left.remove(article)
    return left


def _gap_below(kicker: PrintedArticle, article: PrintedArticle, page: PageBlocks) -> float:
    """Return the distance in points from a kicker to the headline below it; infinite if it cannot be its kicker."""
    upper, lower = kicker.headline, article.headline
    if not upper or not lower or not article.blocks or upper.frame != lower.frame:
        return float("inf")
    size, gap = max(line.size for line in lower.lines), lower.box.top - upper.box.bottom
    if upper.size >= size or not -2 <= gap <= 0.85 * size or crossed(upper.box.join(lower.box), lower.box, page.rules):
        return float("inf")
    return gap


def _assign(article: PrintedArticle, whole: list[PrintedArticle]) -> None:
    """Give the blocks of an article without a headline to the nearest one, or to one article without a headline.

    A box without a headline belongs to the article whose text is nearest.
    """
    owner = _nearest(article.blocks[0], whole)
    if owner is None:
        box = article.blocks[0].box
        owner = min(whole, key=lambda one: _distance_to_text(box, one), default=None)
    if owner is None:
        whole.append(article)
        owner = article
    else:
        owner.blocks += article.blocks
    owner.doubtful = True


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
