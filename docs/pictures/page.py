"""Pictures of the page of `ganews-tui serve`, at the size of a desktop and of a phone. Needs Chromium and npm."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.browser import Browser, Page
from tests.page_server import NamingProxy, PageServer

HERE = Path(__file__).resolve().parent
SIZES = {"page-desktop": ((1100, 700), 1.0, False), "page-phone": ((390, 700), 2.0, True)}


def draw() -> Iterator[Path]:
    """Draw the pictures and yield their paths."""
    with tempfile.TemporaryDirectory() as home, Browser() as browser:
        socket = Path(home) / "socket"
        with PageServer(Path(home), "--socket", str(socket)):
            for name, (size, scale, is_phone) in SIZES.items():
                proxy = NamingProxy(socket, name)
                page = browser.open(proxy.address, size=size)
                page.resize(*size, scale, touch=is_phone)
                page.wait_for_text("开鲁")
                _search(page, is_phone)
                path = HERE / f"{name}.png"
                path.write_bytes(page.screenshot())
                yield path
                browser.close_pages()
                proxy.close()


def _search(page: Page, is_phone: bool) -> None:
    """Show an article on the phone, a composition in the search line on the desktop."""
    if is_phone:
        page.press("Enter")
    else:
        page.press("/")
        page.commit("反诈")
        page.wait_for_text("1/4")
        page.compose("xuanchuan")
    page.evaluate("new Promise(done => setTimeout(done, 500))")


if __name__ == "__main__":
    for drawn in draw():
        print(drawn.name)
