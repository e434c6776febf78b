"""Use the app in Chromium for some minutes: every task of `tests.test_tasks`, by keys and with the input method.

    python -m tests.play_tasks --minutes 10

Prints a line for each task: how often it was done, how often it failed, and the longest wait for its text.
"""

import argparse
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from tests import browser as chromium
from tests.browser import Browser
from tests.page_server import NamingProxy, PageServer, memory_mb
from tests.test_serve_page import send
from tests.test_tasks import TASKS


def main() -> None:
    """Play until the minutes are over; each round is a new reader with an empty state."""
    parser = argparse.ArgumentParser(prog="python -m tests.play_tasks", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    minutes = parser.parse_args().minutes
    chromium.require()
    waits: dict[str, list[float]] = defaultdict(list)
    failures: dict[str, int] = defaultdict(int)
    memory: list[float] = []
    rounds, end = 0, time.monotonic() + 60 * minutes
    with tempfile.TemporaryDirectory() as home, Browser() as browser:
        socket = Path(home) / "socket"
        with PageServer(Path(home), "--socket", str(socket)) as server:
            while time.monotonic() < end:
                proxy = NamingProxy(socket, f"reader-{rounds}")
                page = browser.open(proxy.address)
                page.wait_for_text("开鲁")
                for name, *keys, shown in TASKS:
                    began = time.monotonic()
                    send(page, str(keys[rounds % 2]))
                    try:
                        page.wait_for_text(shown, timeout=8)
                        waits[name].append(time.monotonic() - began)
                    except AssertionError as error:
                        failures[name] += 1
                        print(f"round {rounds}: {name}: {error}")
                memory += [memory_mb(pid) for pid in server.programs()]
                page.press("q", "ctrl")
                page.wait_until("!document.getElementById('message').hidden")
                browser.close_pages()
                proxy.close()
                rounds += 1
    print(
        f"{rounds} rounds in {minutes:g} minutes, every second one with the input method; memory {max(memory):.0f} MB"
    )
    for name in dict.fromkeys(task[0] for task in TASKS):
        longest = max(waits[name], default=0.0)
        print(f"{name}: done {len(waits[name])}, failed {failures[name]}, longest {longest * 1000:.0f} ms")


if __name__ == "__main__":
    main()
