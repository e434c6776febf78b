"""The parts of the page's server that need no connection: access, messages, files."""

import asyncio
import json
import os
import re
from pathlib import Path

import pytest

from tui.cells import is_ambiguous
from tui.serve import files
from tui.serve.access import ProxyAccess, Refused, TokenAccess, User
from tui.serve.bucket import TokenBucket
from tui.serve.messages import COLUMNS, ROWS, BadMessage, Resize, Start, TypedText, colour_scheme, parse
from tui.serve.server_start import base_environment, environment_of
from tui.serve.terminal import MAX_WAITING, Overflow, Terminal

HOST = {"host": "127.0.0.1:80"}
ORIGIN = {**HOST, "origin": "http://127.0.0.1:80"}
PROXIED = {"host": "news.example", "origin": "https://news.example", "x-remote-user": "江枫"}


@pytest.fixture
def access() -> TokenAccess:
    return TokenAccess(80)


def cookie_of(access: TokenAccess) -> dict[str, str]:
    """Return headers with the cookie that the token is exchanged for."""
    cookie = access.enter(f"/?token={access.token}", HOST)
    assert cookie is not None
    assert "HttpOnly; SameSite=Strict" in cookie
    return {**ORIGIN, "cookie": cookie.partition(";")[0]}


def test_token_gives_a_cookie_once(access: TokenAccess) -> None:
    headers = cookie_of(access)
    assert access.user(headers) == User("")
    with pytest.raises(Refused):
        access.enter(f"/?token={access.token}", HOST)


@pytest.mark.parametrize("target", ["/?token=", "/?token=wrong", "/?token=é", "/?token=%00"])
def test_wrong_token_is_refused(access: TokenAccess, target: str) -> None:
    with pytest.raises(Refused):
        access.enter(target, HOST)


@pytest.mark.parametrize("cookie", ["", "ganews-80=", "ganews-80=x", "ganews-81=x", "a;b;=;\x01", "ganews-80"])
def test_request_without_the_cookie_is_refused(access: TokenAccess, cookie: str) -> None:
    cookie_of(access)
    with pytest.raises(Refused):
        access.user({**ORIGIN, "cookie": cookie})


def test_access_is_refused_before_the_token_is_used(access: TokenAccess) -> None:
    with pytest.raises(Refused):
        access.user({**ORIGIN, "cookie": "ganews-80=None"})


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1", "127.0.0.1:81", ""])
def test_foreign_host_is_refused(access: TokenAccess, host: str) -> None:
    headers = cookie_of(access)
    with pytest.raises(Refused):
        access.user({**headers, "host": host})


@pytest.mark.parametrize("origin", [None, "null", "http://evil.example", "https://127.0.0.1:80", "http://127.0.0.1:81"])
def test_foreign_or_missing_origin_is_refused(access: TokenAccess, origin: str | None) -> None:
    headers = {**HOST} if origin is None else {**HOST, "origin": origin}
    with pytest.raises(Refused):
        access.check_origin(headers)
    access.check_origin(ORIGIN)


@pytest.mark.parametrize("origin", ["", "null", "https://evil.example", "ftp://news.example", "news.example"])
def test_proxy_admits_pages_of_its_own_host_only(origin: str) -> None:
    with pytest.raises(Refused):
        ProxyAccess().check_origin({**PROXIED, "origin": origin})
    ProxyAccess().check_origin(PROXIED)


@pytest.mark.parametrize("user", ["", "a" * 257, "a\x00b", "a\nb"])
def test_proxy_without_a_proper_user_is_refused(user: str) -> None:
    with pytest.raises(Refused):
        ProxyAccess().user({**PROXIED, "x-remote-user": user})


def test_user_name_from_the_proxy_cannot_choose_its_folder(tmp_path: Path) -> None:
    access = ProxyAccess()
    one, other = (access.user({"x-remote-user": name}) for name in ("../../etc", "江枫"))
    folders = {environment_of({}, user, True, tmp_path)["XDG_STATE_HOME"] for user in (one, other)}
    assert len(folders) == 2
    for folder in folders:
        assert Path(folder).parent == tmp_path / "readers"
        assert Path(folder).stat().st_mode & 0o777 == 0o700


def test_program_in_a_page_gets_no_secrets_of_the_server() -> None:
    server = {"PATH": "/bin", "HOME": "/home/a", "AWS_SECRET": "x", "DISPLAY": ":0", "TMUX": "x", "SSH_AUTH_SOCK": "x"}
    environment = base_environment({**server, "LD_PRELOAD": "x", "PYTHONPATH": "x", "BROWSER": "x", "PAGER": "x"})
    kept = {"PATH", "HOME", "TERM", "COLORTERM", "GANEWS_IN_BROWSER"}
    assert set(environment) == kept


def test_messages_are_parsed() -> None:
    assert parse("s80x24d") == Start(80, 24, is_dark=True)
    assert parse("s80x24l") == Start(80, 24, is_dark=False)
    assert parse("r100x30") == Resize(100, 30)
    assert parse("i开鲁") == TypedText("开鲁".encode())
    assert parse("i") == TypedText(b"")


def test_sizes_are_clamped() -> None:
    assert parse("r0x0") == Resize(COLUMNS[0], ROWS[0])
    assert parse("r99999x99999") == Resize(COLUMNS[1], ROWS[1])


@pytest.mark.parametrize(
    "message",
    [
        "",
        b"i",
        "x",
        "r",
        "r80",
        "r80x",
        "rx24",
        "r-1x5",
        "r80x24d",
        "s80x24",
        "s80x24x",
        "r８０x24",
        "r100000x1",
        "r1x1\n",
    ],
)
def test_message_outside_the_protocol_is_refused(message: str | bytes) -> None:
    with pytest.raises(BadMessage):
        parse(message)


def test_lone_surrogates_are_handled() -> None:
    assert parse("i\ud800") == TypedText(b"?")


def test_colour_scheme_is_the_report_of_mode_2031() -> None:
    assert (colour_scheme(True), colour_scheme(False)) == (b"\x1b[?997;1n", b"\x1b[?997;2n")


def test_bucket_admits_a_burst_and_then_a_rate() -> None:
    bucket = TokenBucket(rate=10, burst=5)
    assert [bucket.take(1, 100.0) for _ in range(5)] == [0] * 5
    assert bucket.take(1, 100.0) == pytest.approx(0.1)
    assert bucket.take(1, 100.2) == 0
    assert bucket.take(100, 200.0) == pytest.approx(9.5)


@pytest.mark.parametrize(
    "path",
    ["/../server.py", "/%2e%2e/server.py", "//etc/passwd", "/page/../../server.py", "/server.py", "/page", "", "/\x00"],
)
def test_only_the_files_of_the_page_have_an_address(path: str) -> None:
    assert files.page_file(path) is None


def test_page_loads_scripts_and_styles_from_its_own_server() -> None:
    index = files.page_file("/")
    assert index is not None
    assert b"http" not in index.data
    assert "script-src 'self'" in files.SECURITY_HEADERS["Content-Security-Policy"]
    assert "unsafe-inline" not in files.SECURITY_HEADERS["Content-Security-Policy"].replace(
        "style-src 'self' 'unsafe-inline'", ""
    )


def test_page_gets_every_ambiguous_character() -> None:
    widths = files.page_file("/widths.json")
    assert widths is not None
    ranges = json.loads(widths.data)
    wide = {code for first, last in ranges for code in range(first, last + 1)}
    assert wide == {code for code in range(0x110000) if is_ambiguous(chr(code))}


def test_symbols_of_one_cell_have_a_narrow_font_and_no_others() -> None:
    style = files.page_file("/symbols.css")
    assert style is not None
    ranges = re.findall(r"U\+([0-9A-F]+)-([0-9A-F]+)", style.data.decode())
    narrow = {chr(code) for first, last in ranges for code in range(int(first, 16), int(last, 16) + 1)}
    assert set("▪⋯▾▸›") <= narrow
    assert not [symbol for symbol in narrow if is_ambiguous(symbol) or symbol in "“”—…·①★"]


async def test_terminal_refuses_input_that_a_stopped_program_leaves_unread() -> None:
    """The server is never blocked, and its memory is bounded."""
    terminal = Terminal(80, 24)
    with pytest.raises(Overflow):
        for _ in range(40):
            terminal.write(b"x" * (MAX_WAITING // 20))
    terminal.close()
    os.close(terminal.inner)


async def test_terminal_stops_reading_when_closed() -> None:
    terminal = Terminal(80, 24)
    reading = asyncio.create_task(terminal.read())
    await asyncio.sleep(0.01)
    terminal.close()
    assert await asyncio.wait_for(reading, 1) == b""
    os.close(terminal.inner)
