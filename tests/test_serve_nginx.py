"""The server behind a real nginx, set up as docs/browser.md says, but without TLS."""

import base64
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import browser as chromium
from tests.page_server import PageServer, free_port, wait_for_port
from tests.program import PATIENCE

pytest.importorskip("websockets")
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.sync.connection import Connection

ROOT = Path(__file__).resolve().parent.parent
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
pytestmark = pytest.mark.skipif(NGINX is None, reason="no nginx here; install it: apt install nginx-light")
MAIN = """daemon off; pid {folder}/pid; error_log {folder}/error.log; user {user};
events {{}}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
{site}
}}
"""


def site(folder: Path, port: int) -> str:
    """Return the nginx configuration of docs/browser.md, with this folder's paths, on a plain port."""
    text = (ROOT / "docs/browser.md").read_text("utf-8")
    found = re.search(r"```nginx\n(.*?)```", text, re.DOTALL)
    assert found
    lines = [line for line in found[1].splitlines() if "ssl_certificate" not in line]
    example = "\n".join(lines)
    for before, after in (
        ("listen 443 ssl;", f"listen 127.0.0.1:{port};"),
        ("/etc/nginx/ganews.users", f"{folder}/users"),
        ("/run/ganews/page.sock", f"{folder}/page.sock"),
    ):
        assert before in example
        example = example.replace(before, after)
    return example


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """Run server and nginx; return nginx's port."""
    chromium.require_page()
    port = free_port()
    (tmp_path / "users").write_text("江枫:{PLAIN}one\nliu:{PLAIN}two\n", "utf-8")
    owner = subprocess.run(["id", "-un"], capture_output=True, text=True).stdout.strip()
    config = tmp_path / "nginx.conf"
    config.write_text(MAIN.format(folder=tmp_path, user=owner, site=site(tmp_path, port)), "utf-8")
    assert NGINX is not None
    with PageServer(tmp_path, "--socket", str(tmp_path / "page.sock")):
        nginx = subprocess.Popen([NGINX, "-c", str(config), "-p", str(tmp_path)], stderr=subprocess.DEVNULL)
        try:
            wait_for_port(port)
            yield port
        finally:
            nginx.terminate()
            nginx.wait(timeout=PATIENCE)


def page(port: int, login: str = "", **headers: str) -> Connection:
    """Open a page's WebSocket through nginx."""
    if login:
        headers["Authorization"] = "Basic " + base64.b64encode(login.encode()).decode()
    host = f"127.0.0.1:{port}"
    return connect(
        f"ws://{host}/socket",
        origin=headers.pop("Origin", f"http://{host}"),  # type: ignore[arg-type]
        additional_headers={name.replace("_", "-"): value for name, value in headers.items()},
    )


def read_until(connection: Connection, text: str) -> None:
    received = b""
    end = time.monotonic() + PATIENCE
    while text.encode() not in received:
        message = connection.recv(timeout=max(0.1, end - time.monotonic()))
        received += message if isinstance(message, bytes) else b""


def test_nginx_logs_readers_in_and_keeps_them_apart(port: int, tmp_path: Path) -> None:
    with page(port, "江枫:one") as first, page(port, "liu:two") as second:
        for reader in (first, second):
            reader.send("s100x30l")
            read_until(reader, "开鲁")
        first.send("is")
        read_until(first, "已收藏")
    assert len(list((tmp_path / "state/ganews-tui/readers").iterdir())) == 2


@pytest.mark.parametrize("login", ["", "liu:wrong", "nobody:two"])
def test_nginx_refuses_readers_without_a_login(port: int, login: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        page(port, login)
    assert refused.value.response.status_code == 401


def test_forged_name_is_overwritten_and_a_foreign_page_refused(port: int, tmp_path: Path) -> None:
    with page(port, "liu:two", X_Remote_User="root") as reader:
        reader.send("s100x30l")
        read_until(reader, "开鲁")
    with page(port, "liu:two") as again:
        again.send("s100x30l")
        read_until(again, "开鲁")
    assert len(list((tmp_path / "state/ganews-tui/readers").iterdir())) == 1
    with pytest.raises(InvalidStatus) as refused:
        page(port, "liu:two", Origin="https://elsewhere.example")
    assert refused.value.response.status_code == 403
