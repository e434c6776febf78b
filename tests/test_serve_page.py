"""The page in a real Chromium: keys, the input method, links, the clipboard, swipes, colours, coming back."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import browser as chromium
from tests.browser import Browser, Page
from tests.page_server import NamingProxy, PageServer
from tests.test_tasks import TASKS

LINKED = "---\ntitle: [有链接的一篇]\n---\n\n看[这里](https://example.org/a)。\n"
TYPED_ONLY = "青少年禁毒宣传教育长廊在开鲁县公安局禁毒大队民警的指导下揭牌启用了"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium.require()
    with Browser() as running:
        yield running


@pytest.fixture(scope="module")
def server(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PageServer]:
    """One server for all tests. Each test is a separate user of it."""
    home = tmp_path_factory.mktemp("home")
    library = home / "library"
    for bulletin in ("one",):
        (library / bulletin).mkdir(parents=True)
        (library / bulletin / "bulletin.yaml").write_text("title: 一册\n", "utf-8")
        (library / bulletin / "01.md").write_text(LINKED, "utf-8")
    with PageServer(home, "--socket", str(home / "socket"), "--readers", "90") as running:
        yield running


@pytest.fixture
def proxy(server: PageServer, request: pytest.FixtureRequest) -> Iterator[NamingProxy]:
    proxy = NamingProxy(Path(server.address), re.sub("[^a-z0-9]", "-", request.node.name.lower()))
    yield proxy
    proxy.close()


@pytest.fixture
def page(browser: Browser, proxy: NamingProxy) -> Iterator[Page]:
    page = browser.open(proxy.address)
    page.wait_for_text("开鲁")
    yield page
    browser.close_pages()


def send(page: Page, keys: str) -> None:
    """Press keys in the notation of `tests.test_tasks`; the input method commits what is not ASCII."""
    names = {"\x1b[A": "ArrowUp", "\x1b[B": "ArrowDown", "\x1b[6~": "PageDown", "\x1b": "Escape", "\r": "Enter"}
    for part in re.findall(r"\x1b\[[AB]|\x1b\[6~|[^\x00-\x7f]+|[\x00-\x7f]", keys):
        if not part.isascii():
            page.commit(part)
        elif part in names:
            page.press(names[part])
        elif part < " ":
            page.press(chr(ord(part) + 96), "ctrl")
        else:
            page.press(part)


@pytest.mark.parametrize("column", [1, 2], ids=["plain keys", "input method"])
def test_every_task_succeeds_in_the_page(page: Page, column: int) -> None:
    for task in TASKS:
        send(page, str(task[column]))
        try:
            page.wait_for_text(task[3])
        except AssertionError as error:
            raise AssertionError(f"{task[0]}: {error}") from None


def test_page_fetches_nothing_from_elsewhere_and_keeps_the_policy(browser: Browser, proxy: NamingProxy) -> None:
    page = browser.open(proxy.address)
    page.wait_for_text("开鲁")
    page.press("j")
    page.wait_for_text("践行环保")
    names = page.evaluate("performance.getEntriesByType('resource').map(e => new URL(e.name).host)")
    assert set(names) == {f"127.0.0.1:{proxy.port}"}
    wrong = [event for event in page.events if event.get("method") in ("Runtime.exceptionThrown", "Log.entryAdded")]
    assert wrong == []
    assert page.evaluate("document.title") == "公安新闻"
    assert page.evaluate("[...document.fonts].every(f => f.status === 'loaded')")
    browser.close_pages()


@pytest.mark.parametrize("length", [1, 4, 5, 12, 30])
def test_commit_arrives_whole_and_once(page: Page, length: int) -> None:
    text = TYPED_ONLY[:length]
    sent_by(page)
    page.press("/")
    page.compose("q", "qi", "qing", text)
    page.commit(text)
    page.wait_until(f"sent.length >= {length + 1}")
    assert page.evaluate("sent") == f"/{text}"
    page.wait_for_text(text[-8:])


def sent_by(page: Page) -> None:
    """Make the page record what it sends from now on."""
    page.evaluate(
        "globalThis.sent = ''; const old = WebSocket.prototype.send;"
        "WebSocket.prototype.send = function (m) { if (m[0] === 'i') sent += m.slice(1); return old.call(this, m) }"
    )


def test_commits_and_keys_without_a_pause_keep_their_order(page: Page) -> None:
    sent_by(page)
    expected = ""
    for length, key, code in [
        (1, "Escape", "\x1b[27u"),
        (4, "ArrowUp", "\x1b[A"),
        (5, "Enter", "\r"),
        (12, "a", "a"),
    ] * 3:
        first, second = TYPED_ONLY[:length], TYPED_ONLY[length : 2 * length]
        page.compose("n", "ni", first)
        page.commit(first)
        page.compose(second)
        page.commit(second)
        page.press(key)
        expected += first + second + code
    page.commit(TYPED_ONLY)
    expected += TYPED_ONLY
    page.wait_until(f"sent.length >= {len(expected)}")
    assert page.evaluate("sent").replace("\x1bOA", "\x1b[A") == expected


def test_cancelled_composition_sends_nothing(page: Page) -> None:
    sent_by(page)
    for _ in range(5):
        page.compose("n", "ni", "你")
        page.compose("")
    page.compose("ha", "哈")
    assert page.evaluate("sent") == ""
    page.commit("哈")
    page.press("Escape")
    page.wait_until("sent.length >= 6")
    assert page.evaluate("sent") == "哈\x1b[27u"


def test_phone_keyboard_types_without_a_composition(page: Page) -> None:
    sent_by(page)
    for text in ("开", "鲁县", "abc", "，"):
        page.command("Input.dispatchKeyEvent", type="rawKeyDown", windowsVirtualKeyCode=229, key="Unidentified")
        page.commit(text)
    page.wait_until("sent.length >= 7")
    assert page.evaluate("sent") == "开鲁县abc，"


def test_composition_appears_at_the_caret(page: Page) -> None:
    page.press("/")
    page.press_all("abc")
    page.wait_for_text("/ abc")
    page.compose("ni", "你好")
    where = page.evaluate(
        "(() => { const t = ganews.terminal, b = t.buffer.active, s = t.element.querySelector('.xterm-screen')"
        ".getBoundingClientRect(), c = document.querySelector('.composition').getBoundingClientRect(),"
        "x = t.textarea.getBoundingClientRect(), w = s.width / t.cols, h = s.height / t.rows;"
        "return [(c.left - s.left) / w - b.cursorX, (c.top - s.top) / h - b.cursorY,"
        "(x.left - s.left) / w - b.cursorX, (x.top - s.top) / h - b.cursorY] })()"
    )
    assert max(map(abs, where)) < 0.6, where
    assert page.evaluate("document.querySelector('.composition').textContent") == "你好"


def test_ctrl_c_copies_and_ctrl_v_pastes(browser: Browser, page: Page, proxy: NamingProxy) -> None:
    browser.grant(proxy.address.rstrip("/"), "clipboardReadWrite", "clipboardSanitizedWrite")
    page.command("Page.bringToFront")
    page.press("y")
    page.wait_for_text("全文已交给终端")
    page.wait_until("navigator.clipboard.readText().then(t => t.includes('筑牢禁毒防线'))")
    page.evaluate("navigator.clipboard.writeText('反诈')")
    page.press("c", "ctrl")
    page.wait_until("navigator.clipboard.readText().then(t => t.includes('筑牢禁毒防线'))")
    page.press("/")
    page.evaluate(
        "ganews.terminal.textarea.dispatchEvent(new ClipboardEvent('paste', {bubbles: true, cancelable: true,"
        "clipboardData: (() => { const d = new DataTransfer(); d.setData('text/plain', '反诈'); return d })()}))"
    )
    page.wait_for_text("1/4")
    page.evaluate("globalThis.asked = 0; navigator.clipboard.readText = () => { asked++ }")
    page.evaluate("new Promise(r => ganews.terminal.write('\\x1b]52;c;?\\x07', r))")
    assert page.evaluate("asked") == 0


def test_help_offers_no_key_that_the_browser_keeps(page: Page) -> None:
    page.press("?")
    page.wait_for_text("按键")
    shown = ""
    for _ in range(12):
        shown += page.text()
        page.press("PageDown")
        page.evaluate("new Promise(r => setTimeout(r, 30))")
    assert "Ctrl+C" in shown
    assert not [key for key in ("Ctrl+W", "Ctrl+N", "Ctrl+T", "F5", "F12", "fg") if key in shown]


def test_link_opens_in_the_browser(browser: Browser, server: PageServer, tmp_path: Path) -> None:
    socket = tmp_path / "socket"
    with PageServer(tmp_path, str(server.home / "library"), "--socket", str(socket)):
        proxy = NamingProxy(socket, "reader")
        page = browser.open(proxy.address)
        page.wait_for_text("有链接的一篇")
        page.evaluate("globalThis.opened = []; window.open = (...a) => { opened.push(a) }")
        page.press("Enter")
        page.press("O")
        page.wait_until("opened.length")
        assert page.evaluate("opened") == [["https://example.org/a", "_blank", "noopener,noreferrer"]]
        page.evaluate("new Promise(r => ganews.terminal.write('\\x1b]7750;javascript:alert(1)\\x07', r))")
        assert page.evaluate("opened.length") == 1
        browser.close_pages()
        proxy.close()


def test_page_ends_and_offers_a_new_start(page: Page) -> None:
    page.press("q")
    page.wait_until("document.getElementById('message').innerText.includes('已退出')")
    page.press("Enter")
    page.wait_until("document.getElementById('message').hidden")
    page.wait_for_text("开鲁")


def test_reload_and_reconnection_return_to_the_same_screen(page: Page) -> None:
    page.press("/")
    page.commit("反诈")
    page.wait_for_text("1/4")
    page.command("Page.reload")
    page.wait_until("globalThis.ganews")
    page.wait_for_text("1/4")
    page.command("Network.enable")
    page.evaluate("globalThis.before = ganews.terminal.rows; ganews.terminal.write('\\x1b[2J')")
    page.evaluate("ganews.disconnect()")
    page.wait_for_text("1/4")


def test_second_tab_takes_over_and_the_first_says_so(browser: Browser, page: Page, proxy: NamingProxy) -> None:
    second = browser.open(proxy.address)
    second.wait_for_text("开鲁")
    page.wait_until("document.getElementById('message').innerText.includes('另一个窗口')")
    page.evaluate("document.querySelector('#message button').click()")
    page.wait_until("document.getElementById('message').hidden")
    second.wait_until("document.getElementById('message').innerText.includes('另一个窗口')")


def test_colours_follow_the_browser(page: Page) -> None:
    background = "getComputedStyle(document.body).backgroundColor"
    page.wait_until("document.body.style.background")
    light = page.evaluate(background)
    page.set_dark(True)
    page.wait_until(f"{background} !== '{light}'")
    page.command("Page.reload")
    page.wait_until("globalThis.ganews")
    page.wait_for_text("开鲁")
    dark = page.evaluate(background)
    assert sum(map(int, re.findall(r"\d+", dark)[:3])) < 200
    page.set_dark(False)
    page.wait_until(f"{background} === '{light}'")


def test_phone_shows_the_app_and_a_swipe_scrolls(browser: Browser, proxy: NamingProxy) -> None:
    page = browser.open(proxy.address, size=(390, 700))
    page.resize(390, 700, 2, touch=True)
    page.wait_for_text("开鲁")
    assert page.evaluate("ganews.terminal.cols") >= 40
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.press("Enter")
    before = page.text()
    points = [{"x": 200, "y": y} for y in range(500, 200, -20)]
    page.command("Input.dispatchTouchEvent", type="touchStart", touchPoints=[points[0]])
    for point in points:
        page.command("Input.dispatchTouchEvent", type="touchMove", touchPoints=[point])
    page.command("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])
    page.evaluate("new Promise(r => setTimeout(r, 500))")
    assert page.text() != before
    browser.close_pages()
