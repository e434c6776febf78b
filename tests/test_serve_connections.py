"""The page's server over real connections, without a browser: refusals, and the life of the programs."""

import asyncio
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.page_server import PageServer, children, is_alive, memory_mb
from tests.program import GANEWS, PATIENCE, environment
from tui.serve import files

pytest.importorskip("websockets")
from websockets.asyncio.client import ClientConnection, unix_connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")
ROOT = Path(__file__).resolve().parent.parent
START = "s100x30l"


@pytest.fixture(autouse=True)
def stub_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Skip if the page is not built, because the server then refuses to start."""
    if files.missing():
        from tests.browser import require

        require()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[PageServer]:
    with PageServer(tmp_path, "--socket", str(tmp_path / "socket"), "--readers", "3") as running:
        yield running


class Tab:
    """A page without a browser: records what it receives and can wait for it."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection
        self.received = b""

    async def type(self, text: str) -> None:
        await self.connection.send(f"i{text}")

    async def wait_for(self, text: str, timeout: float = PATIENCE) -> None:
        async with asyncio.timeout(timeout):
            while text.encode() not in self.received:
                message = await self.connection.recv()
                self.received += message if isinstance(message, bytes) else message.encode()

    async def closed(self) -> int:
        """Read until the connection closes; return the close code."""
        try:
            async with asyncio.timeout(PATIENCE):
                while True:
                    await self.connection.recv()
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else 1006


@asynccontextmanager
async def tab(server: PageServer, user: str = "江枫", start: str | bytes | None = START) -> AsyncIterator[Tab]:
    """Open a page as a user whom the proxy has logged in."""
    headers = {"X-Remote-User": user.encode().hex()}
    async with unix_connect(
        server.address, "ws://news/socket", origin="http://news", additional_headers=headers, close_timeout=0.3
    ) as open_:
        if start is not None:
            await open_.send(start)
        yield Tab(open_)


def get(port: int, head: str) -> str:
    """Send the head of a request unchanged; return the answer."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        connection.sendall(head.encode())
        answer = b""
        while data := connection.recv(65536):
            answer += data
    return answer.decode("utf-8", "replace")


def head(port: int, path: str, *more: str) -> str:
    return "\r\n".join([f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", *more, "", ""])


UPGRADE = ("Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13")
UPGRADE_KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="


def test_token_opens_the_page_once_and_nothing_else(tmp_path: Path) -> None:
    with PageServer(tmp_path) as server:
        port, path = server.port, server.address.partition(str(server.port))[2]
        assert server.address.startswith("http://127.0.0.1:")
        assert get(port, head(port, "/")).startswith("HTTP/1.1 403")
        first = get(port, head(port, path))
        assert first.startswith("HTTP/1.1 303")
        cookie = next(line for line in first.splitlines() if line.startswith("Set-Cookie")).split()[1].rstrip(";")
        login = f"Cookie: {cookie}"
        assert get(port, head(port, path)).startswith("HTTP/1.1 403"), "a token that was used"
        page = get(port, head(port, "/", login))
        assert page.startswith("HTTP/1.1 200")
        assert "Content-Security-Policy: default-src 'none'" in page
        for wrong in ("/../../etc/passwd", "/..%2f..%2fetc/passwd", "//etc/passwd", "/server.py", "/content"):
            assert get(port, head(port, wrong, login)).startswith("HTTP/1.1 404"), wrong
        own = f"Origin: http://127.0.0.1:{port}"
        upgrade = (*UPGRADE, UPGRADE_KEY)
        for more in (
            [login],
            [login, "Origin: null"],
            [login, "Origin: http://evil.example"],
            [own],
            [own, "Cookie: a=b"],
        ):
            assert get(port, head(port, "/socket", *upgrade, *more)).startswith("HTTP/1.1 403"), more
        rebound = head(port, "/", login).replace(f"127.0.0.1:{port}", "evil.example")
        assert get(port, rebound).startswith("HTTP/1.1 403")
        assert get(port, head(port, "/", login, login)).startswith("HTTP/1.1 403"), "a header that comes twice"


def test_server_on_tcp_listens_on_this_machine_only(tmp_path: Path) -> None:
    with PageServer(tmp_path) as server:
        table = Path("/proc/net/tcp").read_text().splitlines()
        listening = [line.split()[1] for line in table if line.split()[3] == "0A"]
        assert [at for at in listening if at.endswith(f":{server.port:04X}")] == [f"0100007F:{server.port:04X}"]
        assert f"{server.port:04X}" not in Path("/proc/net/tcp6").read_text()


@pytest.mark.parametrize("start", ["i", "x", b"s80x24d", "s", "sAxBd", "r80x24"])
async def test_page_with_a_wrong_first_message_is_refused(server: PageServer, start: str | bytes) -> None:
    async with tab(server, start=start) as page:
        assert await page.closed() == 4400
    assert server.programs() == []


async def test_message_outside_the_protocol_ends_only_the_connection(server: PageServer) -> None:
    """The program keeps running, and the next page connects to it."""
    for wrong, code in ((b"ij", 4400), ("zzz", 4400), ("rxxx", 4400), ("s80x24d", 4400), ("i" + "x" * 70_000, 1009)):
        async with tab(server) as page:
            await page.wait_for("开鲁")
            await page.connection.send(wrong)
            assert await page.closed() == code
    assert len(server.programs()) == 1


async def test_missing_login_and_forged_origin_are_refused(server: PageServer) -> None:
    cases: list[tuple[dict[str, str], str | None]] = [
        ({}, "http://news"),
        ({"X-Remote-User": "a"}, None),
        ({"X-Remote-User": "a"}, "null"),
        ({"X-Remote-User": "a"}, "http://evil.example"),
    ]
    for headers, origin in cases:
        with pytest.raises(InvalidStatus) as refused:
            async with unix_connect(
                server.address, "ws://news/socket", origin=origin, additional_headers=headers, close_timeout=0.3
            ):
                pass
        assert refused.value.response.status_code == 403
    assert server.programs() == []


async def test_socket_admits_owner_and_group_and_vanishes_with_the_server(server: PageServer) -> None:
    path = Path(server.address)
    assert path.stat().st_mode & 0o777 == 0o660
    assert server.end() == 0
    assert not path.exists()


async def test_socket_left_by_a_killed_server_is_replaced(tmp_path: Path) -> None:
    path = str(tmp_path / "socket")
    PageServer(tmp_path, "--socket", path).end(signal.SIGKILL)
    with PageServer(tmp_path, "--socket", path) as server:
        second = subprocess.run(
            [*GANEWS, "serve", "--socket", path], env=environment(tmp_path), capture_output=True, timeout=PATIENCE
        )
        assert second.returncode == 2, "a socket that is in use"
        async with tab(server) as page:
            await page.wait_for("开鲁")


async def test_second_page_takes_over_and_the_first_is_told(server: PageServer) -> None:
    async with tab(server) as first:
        await first.wait_for("开鲁")
        async with tab(server) as second:
            assert await first.closed() == 4409
            await second.wait_for("开鲁")
            await second.type("j")
            await second.wait_for("践行环保")
            assert len(server.programs()) == 1


async def test_pages_that_take_over_together_leave_one_program(server: PageServer) -> None:
    async def visit(pause: float) -> int:
        async with tab(server) as page:
            await asyncio.sleep(pause)
            return await page.closed()

    visits = [asyncio.create_task(visit(0.01 * n)) for n in range(12)]
    async with asyncio.timeout(PATIENCE):
        while sum(visit.done() for visit in visits) < 11 or len(server.programs()) != 1:
            await asyncio.sleep(0.05)
    ended = [visit.result() for visit in visits if visit.done()]
    assert len(ended) == 11
    assert set(ended) <= {4409, 4429}
    for each in visits:
        each.cancel()
    await asyncio.gather(*visits, return_exceptions=True)
    async with tab(server) as page:
        await page.wait_for("开鲁")


async def test_reader_above_the_limit_gets_a_message(server: PageServer) -> None:
    async with tab(server, "a") as a, tab(server, "b") as b, tab(server, "c") as c:
        for page in (a, b, c):
            await page.wait_for("开鲁")
        async with tab(server, "d") as d:
            assert await d.closed() == 4429
        await a.type("q")
        assert await a.closed() == 4000
        async with tab(server, "d") as d:
            await d.wait_for("开鲁")


async def test_reload_returns_to_the_same_screen(server: PageServer) -> None:
    async with tab(server) as page:
        await page.wait_for("开鲁")
        await page.type("/反诈")
        await page.wait_for("1/4")
    pid = server.programs()
    async with tab(server, start="s80x24d") as page:
        await page.wait_for("1/4")
        assert server.programs() == pid


async def test_readers_have_separate_states(server: PageServer) -> None:
    async with tab(server, "one") as page:
        await page.wait_for("开鲁")
        await page.type("s")
        await page.wait_for("已收藏")
        await page.type("q")
        assert await page.closed() == 4000
    async with tab(server, "two") as page:
        await page.wait_for("开鲁")
        await page.type("q")
        assert await page.closed() == 4000
    states = list((server.home / "state/ganews-tui/readers").glob("*/ganews-tui/reading.sqlite"))
    assert len(states) == 2
    assert sorted(_starred(path) for path in states) == [0, 1]
    assert all(path.parent.parent.stat().st_mode & 0o777 == 0o700 for path in states)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT, signal.SIGKILL])
async def test_ending_server_ends_every_program_with_its_state_saved(tmp_path: Path, number: signal.Signals) -> None:
    server = PageServer(tmp_path, "--socket", str(tmp_path / "socket"))
    async with tab(server) as page:
        await page.wait_for("开鲁")
        await page.type("s")
        await page.wait_for("已收藏")
        programs = server.programs()
        assert len(programs) == 1
        status = await asyncio.to_thread(server.end, number)
    assert status == (-number if number == signal.SIGKILL else 0)
    end = time.monotonic() + PATIENCE
    while any(map(is_alive, programs)):
        assert time.monotonic() < end
        await asyncio.sleep(0.05)
    (state,) = (tmp_path / "state/ganews-tui/readers").glob("*/ganews-tui/reading.sqlite")
    assert _starred(state) == 1


async def test_stopped_program_delays_no_other(server: PageServer) -> None:
    async with tab(server, "a") as a:
        await a.wait_for("开鲁")
        (stopped,) = server.programs()
        async with tab(server, "b") as b:
            await b.wait_for("开鲁")
            await _stop_and_type(stopped, a, b)
    assert memory_mb(server.process.pid) < 80


async def _stop_and_type(stopped: int, a: Tab, b: Tab) -> None:
    """Type more into a stopped program than the server buffers, then type into another one."""
    os.kill(stopped, signal.SIGSTOP)
    for _ in range(150):
        await a.connection.send("i" + "x" * 15_000)
    await b.type("s")
    await b.wait_for("已收藏")
    os.kill(stopped, signal.SIGCONT)


async def test_flood_of_messages_is_slowed_down(server: PageServer) -> None:
    """A page that floods is read at the pace of its buckets; another reader's key is answered meanwhile."""
    async with tab(server, "a") as a, tab(server, "b") as b:
        await a.wait_for("开鲁")
        await b.wait_for("开鲁")

        async def flood() -> None:
            for n in range(100_000):
                await a.connection.send(f"r{80 + n % 2}x30")

        flooding = asyncio.create_task(flood())
        await asyncio.sleep(0.5)
        await b.type("s")
        await b.wait_for("已收藏")
        assert not flooding.done()
        flooding.cancel()
        await asyncio.gather(flooding, return_exceptions=True)
        a.connection.transport.abort()  # a handshake would wait behind the flood


async def test_readers_program_has_a_clean_environment_and_bounds(server: PageServer) -> None:
    async with tab(server) as page:
        await page.wait_for("开鲁")
        (pid,) = server.programs()
        limits = Path(f"/proc/{pid}/limits").read_text()
        own, servers = _sockets(pid), _sockets(server.process.pid)
    assert "Max open files            256" in limits
    assert len(own) == 2, "those by which its own event loop is woken"
    assert not own & servers


async def test_change_of_the_folder_reaches_the_page(tmp_path: Path) -> None:
    """The server indexes; the readers' programs notice."""
    bulletin = tmp_path / "library/one"
    bulletin.mkdir(parents=True)
    (bulletin / "bulletin.yaml").write_text("title: 一册\n", "utf-8")
    (bulletin / "01.md").write_text("---\ntitle: [第一篇]\n---\n\n正文。\n", "utf-8")
    with PageServer(tmp_path, str(tmp_path / "library"), "--socket", str(tmp_path / "socket")) as server:
        async with tab(server) as page:
            await page.wait_for("第一篇")
            (bulletin / "02.md").write_text("---\ntitle: [后来的一篇]\n---\n\n正文。\n", "utf-8")
            await page.wait_for("后来的一篇")


async def test_end_of_the_indexing_process_is_reported(tmp_path: Path) -> None:
    with PageServer(tmp_path, "--socket", str(tmp_path / "socket")) as server:
        async with tab(server) as page:
            await page.wait_for("开鲁")
            (indexing,) = [pid for pid in children(server.process.pid) if not children(pid)]
            os.kill(indexing, signal.SIGKILL)
            assert server.process.stderr is not None
            lines = [await asyncio.to_thread(server.process.stderr.readline) for _ in range(2)]
            assert "更新目录的进程已结束" in lines[1]
            await page.type("s")
            await page.wait_for("已收藏")


def _sockets(pid: int) -> set[str]:
    names = {os.readlink(path) for path in Path(f"/proc/{pid}/fd").iterdir()}
    return {name for name in names if name.startswith("socket:")}


def _starred(path: Path) -> int:
    with sqlite3.connect(path) as state:
        query = "SELECT count(*) FROM mark WHERE kind = 'star' AND is_on"
        return int(state.execute(query).fetchone()[0])
