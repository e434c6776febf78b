"""An article in words: set by the same manners as on the screen, so many lines at a time."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from ..article import Article
from ..compose import ComposedArticle, compose
from ..markdown import blocks
from ..reading import Position
from ..typeset import PageLayout, Style, painted, set_page


@dataclass
class Text:
    """An open article and the row up to which it has been said."""

    article: Article
    measure: int
    style: Style
    row: int = 0
    page: ComposedArticle = field(init=False)
    setting: PageLayout = field(init=False)

    def __post_init__(self) -> None:
        self.page = compose(self.article, blocks(self.article.body))
        self.setting = set_page(self.page, self.measure, self.style)

    def some(self, rows: int) -> Iterator[str]:
        """The next rows."""
        for _row in range(rows):
            try:
                row = self.setting.row(self.row)
            except IndexError:
                return
            self.row += 1
            yield "" if row.line is None else painted(self.setting.prepared(row.block), row.line)

    @property
    def over(self) -> bool:
        """Whether everything has been said."""
        try:
            self.setting.row(self.row)
        except IndexError:
            return True
        return False

    def position(self) -> Position:
        """Where the next row begins; the start once everything has been said."""
        return Position(0, 0) if self.over else Position(*self.setting.position(self.row))

    def go_to(self, position: Position) -> None:
        """Go on from the row that holds this place."""
        self.row = self.setting.row_of(position.block, position.offset)

    def outline(self) -> list[tuple[int, str]]:
        """Subheads: block number and text."""
        return [(number, block.text) for number, block in enumerate(self.page.blocks) if block.kind == "subhead"]
