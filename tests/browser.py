"""Chromium, driven over the DevTools protocol: real key events, an input method, screenshots.

with Browser() as browser:
    page = browser.open(address)
    page.wait_for_text("开鲁")
    page.press("j")
"""

import base64
import json
import os
import shutil
import subprocess
import tempfile
import time
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn, Self

import pytest

from tests import page_assets
from tests.program import PATIENCE

NEEDED = "GANEWS_NEEDS_BROWSER"
"""Environment variable: a missing browser fails the tests instead of skipping them."""
TIMEOUT = PATIENCE
_CONTROL, _SHIFT, _ALT = 2, 8, 1
_MODIFIERS = {"ctrl": _CONTROL, "shift": _SHIFT, "alt": _ALT}
_SWITCHES = (
    *("--headless", "--disable-gpu", "--no-first-run", "--disable-sync", "--disable-background-networking"),
    *(
        "--disable-component-update",
        "--remote-debugging-port=0",
        "--hide-scrollbars",
        "--lang=zh-CN",
        "--accept-lang=zh-CN",
    ),
)
_KEY_CODES = {
    "Enter": (13, "\r"),
    "Escape": (27, ""),
    "Tab": (9, ""),
    "Backspace": (8, ""),
    "ArrowUp": (38, ""),
    "ArrowDown": (40, ""),
    "ArrowLeft": (37, ""),
    "ArrowRight": (39, ""),
    "PageDown": (34, ""),
    "PageUp": (33, ""),
    "Home": (36, ""),
    "End": (35, ""),
}
_US_KEYS = {"/?": 191, "[{": 219, "]}": 221, ";:": 186, "-_": 189, "=+": 187, ",<": 188, ".>": 190, "!": 49, " ": 32}
"""Virtual key codes of the characters on an American keyboard."""
_TEXT = """(() => { const b = globalThis.ganews?.terminal.buffer.active; if (!b) return '';
  const rows = [...Array(ganews.terminal.rows).keys()];
  return rows.map(i => b.getLine(i)?.translateToString(true) ?? '').join('\\n') })()"""


def find_chromium() -> str | None:
    """Return the path of Chromium, or None."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def require() -> None:
    """Build the page and check that a browser exists.

    Without one, skip the tests, or fail them where it is required.
    """
    require_page()
    if find_chromium() is None:
        _refuse("no chromium here; install it: apt install chromium")


def require_page() -> None:
    """Build the page if need be. Where that is impossible, skip the tests, or fail them where the page is required."""
    pytest.importorskip("websockets")
    try:
        if not page_assets.is_current():
            page_assets.make()
    except (FileNotFoundError, subprocess.CalledProcessError) as error:
        _refuse(str(error))


def _refuse(problem: str) -> NoReturn:
    if os.environ.get(NEEDED):
        pytest.fail(problem)
    pytest.skip(problem)


def _virtual_key(character: str) -> int:
    if character.isalnum():
        return ord(character.upper())
    return next((code for characters, code in _US_KEYS.items() if character in characters), 0)


class Page:
    """One tab."""

    def __init__(self, address: str) -> None:
        from websockets.sync.client import connect

        self._socket = connect(address, max_size=None)
        self._number = 0
        self.events: list[dict[str, Any]] = []

    def command(self, method: str, **parameters: object) -> dict[str, Any]:
        """Send a DevTools command and return its result. Raises RuntimeError."""
        self._number += 1
        self._socket.send(json.dumps({"id": self._number, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self._socket.recv(timeout=TIMEOUT))
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return dict(answer["result"])
            self.events.append(answer)

    def evaluate(self, script: str) -> Any:
        """Return the value of a JavaScript expression."""
        found = self.command(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True, userGesture=False
        )
        if "exceptionDetails" in found:
            raise RuntimeError(json.dumps(found["exceptionDetails"])[:500])
        return found["result"].get("value")

    def wait_until(self, script: str, timeout: float = TIMEOUT) -> None:
        """Wait until a JavaScript expression is true; an AssertionError with the screen when it stays false."""
        end = time.monotonic() + timeout
        while True:
            with suppress(RuntimeError):
                if self.evaluate(f"Boolean({script})"):
                    return
            assert time.monotonic() < end, f"{script} stays false on\n{self.text()}"
            time.sleep(0.02)

    def text(self) -> str:
        """Return what the terminal shows."""
        return str(self.evaluate(_TEXT))

    def wait_for_text(self, text: str, timeout: float = TIMEOUT) -> None:
        """Wait until the terminal shows `text`."""
        self.wait_until(f"{_TEXT}.includes({json.dumps(text)})", timeout)

    def press(self, key: str, *modifiers: str) -> None:
        """Press and release a key: a character, or a name such as `Enter`."""
        code, text = _KEY_CODES.get(key) or (_virtual_key(key), key)
        flags = sum(_MODIFIERS[name] for name in modifiers)
        text = "" if flags & (_CONTROL | _ALT) else text
        common = {"key": key, "modifiers": flags, "windowsVirtualKeyCode": code, "code": key}
        self.command("Input.dispatchKeyEvent", type="keyDown" if text else "rawKeyDown", text=text, **common)
        self.command("Input.dispatchKeyEvent", type="keyUp", **common)

    def press_all(self, keys: str) -> None:
        """Press the keys of these characters one after the other."""
        for key in keys:
            self.press(key)

    def compose(self, *steps: str) -> None:
        """Show the steps of a composition; the last one stays open."""
        for step in steps:
            self.command("Input.imeSetComposition", text=step, selectionStart=len(step), selectionEnd=len(step))

    def commit(self, text: str) -> None:
        """Commit text, as an input method or a phone's keyboard does."""
        self.command("Input.insertText", text=text)

    def screenshot(self) -> bytes:
        """Return the page as a PNG."""
        return base64.b64decode(self.command("Page.captureScreenshot", format="png")["data"])

    def resize(self, width: int, height: int, scale: float = 1.0, *, touch: bool = False) -> None:
        """Set the page's size in CSS pixels. A zoom of the browser changes `scale`, the device pixels in each."""
        self.command(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=scale, mobile=touch
        )
        self.command("Emulation.setTouchEmulationEnabled", enabled=touch)

    def set_dark(self, is_dark: bool) -> None:
        """Let the browser prefer dark or light pages."""
        value = "dark" if is_dark else "light"
        self.command("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": value}])

    def close(self) -> None:
        """Close the tab."""
        with suppress(Exception):
            self.command("Page.close")
        self._socket.close()


class Browser:
    """A browser with a temporary profile."""

    def __init__(self) -> None:
        program = find_chromium()
        assert program is not None
        self._profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        root = ["--no-sandbox"] if os.geteuid() == 0 else []
        command = [program, *_SWITCHES, *root, f"--user-data-dir={self._profile.name}", "about:blank"]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._pages: list[Page] = []
        self._address = f"http://127.0.0.1:{self._port()}"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=5)
        self._process.kill()
        self._process.wait()
        self._profile.cleanup()

    def open(self, address: str, *, size: tuple[int, int] = (1100, 700), dark: bool = False) -> Page:
        """Open an address in a new tab."""
        request = urllib.request.Request(f"{self._address}/json/new?about:blank", method="PUT")
        with urllib.request.urlopen(request) as answer:
            page = Page(json.load(answer)["webSocketDebuggerUrl"])
        self._pages.append(page)
        for domain in ("Page", "Runtime", "Log"):
            page.command(f"{domain}.enable")
        page.resize(*size)
        page.set_dark(dark)
        page.command("Page.navigate", url=address)
        return page

    def close_pages(self) -> None:
        """Close every tab that was opened."""
        while self._pages:
            self._pages.pop().close()

    def grant(self, origin: str, *permissions: str) -> None:
        """Give the pages of `origin` permissions, such as `clipboardReadWrite`."""
        page = self._pages[-1]
        page.command("Browser.grantPermissions", origin=origin, permissions=list(permissions))

    def _port(self) -> int:
        file = Path(self._profile.name) / "DevToolsActivePort"
        end = time.monotonic() + TIMEOUT
        while True:
            with suppress(FileNotFoundError, IndexError, ValueError):
                return int(file.read_text().splitlines()[0])
            assert time.monotonic() < end, "chromium does not start"
            time.sleep(0.05)
