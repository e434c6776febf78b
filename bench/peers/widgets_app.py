"""The obvious program with Textual's own widgets: an OptionList of 10,000 headlines beside a Markdown widget.

`n` shows the next article, space scrolls a page, `q` quits. Argument: a file with the article.
"""

import sys
from pathlib import Path
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Markdown, OptionList

ARTICLE = Path(sys.argv[1]).read_text("utf-8") if len(sys.argv) > 1 else ""


class WidgetsApp(App[None]):
    BINDINGS: ClassVar[list[BindingType]] = [
        ("q", "quit", ""),
        ("space", "page", ""),
        ("b", "page_back", ""),
        ("n", "next(1)", ""),
        ("p", "next(-1)", ""),
    ]
    CSS = "OptionList { width: 30; height: 1fr; } VerticalScroll { width: 1fr; }"

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield OptionList(*(f"筑牢禁毒防线 {number}" for number in range(10_000)))
            with VerticalScroll(can_focus=False):
                yield Markdown(ARTICLE)

    def action_page(self) -> None:
        self.query_one(VerticalScroll).scroll_page_down()

    def action_page_back(self) -> None:
        self.query_one(VerticalScroll).scroll_page_up()

    async def action_next(self, distance: int) -> None:
        headlines = self.query_one(OptionList)
        headlines.highlighted = (headlines.highlighted or 0) + distance
        await self.query_one(Markdown).update(ARTICLE)


if __name__ == "__main__":
    WidgetsApp().run()
