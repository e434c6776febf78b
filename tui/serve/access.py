"""Decide who may connect: a one-time token without a proxy, a user header behind one. Pure, without input or output.

Headers are mappings with names in lower case.
"""

import hashlib
import hmac
import secrets
from collections.abc import Collection, Mapping
from http.cookies import CookieError, SimpleCookie
from typing import NamedTuple, Protocol
from urllib.parse import urlsplit

COOKIE_PREFIX = "ganews-"
"""A cookie holds for all ports of a host, so the name says the port."""
USER_HEADER = "x-remote-user"
MAX_USER = 256
"""Characters of a user's name in the header."""


class Refused(Exception):
    """The request is refused; `status` is the HTTP status."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


class User(NamedTuple):
    """A user who may read. `key` names their state folder; empty for the user who started the server."""

    key: str


class Access(Protocol):
    """A way to identify the user behind a request."""

    def enter(self, target: str, headers: Mapping[str, str]) -> str | None:
        """Return a cookie to set if `target` holds a valid token, else None. Raises Refused."""
        ...

    def user(self, headers: Mapping[str, str]) -> User:
        """Return the user behind the request. Raises Refused."""
        ...

    def check_origin(self, headers: Mapping[str, str]) -> None:
        """Raise Refused unless the page that opens the WebSocket is our own."""
        ...


class TokenAccess:
    """One user on this machine: a token in the first address, then a cookie.

    A Host header that does not name this server is refused, so that a foreign name that resolves to this machine (DNS
    rebinding) reaches nothing.
    """

    def __init__(self, port: int) -> None:
        self.token = secrets.token_urlsafe(24)
        self._cookie = f"{COOKIE_PREFIX}{port}"
        self._hosts = frozenset({f"127.0.0.1:{port}", f"localhost:{port}"})
        self._session: str | None = None

    def enter(self, target: str, headers: Mapping[str, str]) -> str | None:
        self._check_host(headers)
        query = urlsplit(target).query
        if not query.startswith("token="):
            return None
        offered = query.removeprefix("token=")
        if self._session is not None or not hmac.compare_digest(offered.encode(), self.token.encode()):
            raise Refused(403, "the token has been used or is wrong")
        self._session = secrets.token_urlsafe(32)
        return f"{self._cookie}={self._session}; HttpOnly; SameSite=Strict; Path=/"

    def user(self, headers: Mapping[str, str]) -> User:
        self._check_host(headers)
        offered = _cookie(headers.get("cookie", ""), self._cookie)
        if self._session is None or not hmac.compare_digest(offered.encode(), self._session.encode()):
            raise Refused(403, "no login")
        return User("")

    def check_origin(self, headers: Mapping[str, str]) -> None:
        self._check_host(headers)
        if headers.get("origin") not in {f"http://{host}" for host in self._hosts}:
            raise Refused(403, "foreign origin")

    def _check_host(self, headers: Mapping[str, str]) -> None:
        if headers.get("host") not in self._hosts:
            raise Refused(403, "foreign host")


class ProxyAccess:
    """Users who log in to a proxy in front of the Unix socket; it names them in `X-Remote-User`.

    The header is trusted because only the proxy's group can reach the socket; never use this on TCP.
    """

    def __init__(self, known: Collection[str] | None = None) -> None:
        """`known` are the keys of the users who may read; None lets in everyone whom the proxy names."""
        self._known = known

    def enter(self, target: str, headers: Mapping[str, str]) -> str | None:
        return None

    def user(self, headers: Mapping[str, str]) -> User:
        user = headers.get(USER_HEADER, "")
        if not user or len(user) > MAX_USER or not user.isprintable():
            raise Refused(403, "no login")
        key = user_key(user)
        if self._known is not None and key not in self._known:
            raise Refused(403, "unknown reader")
        return User(key)

    def check_origin(self, headers: Mapping[str, str]) -> None:
        origin, host = headers.get("origin", ""), headers.get("host", "")
        parts = urlsplit(origin)
        if not host or parts.scheme not in ("http", "https") or parts.netloc != host:
            raise Refused(403, "foreign origin")


def user_key(name: str) -> str:
    """Return the key of a user whom a proxy names."""
    return hashlib.sha256(name.encode()).hexdigest()[:32]


def _cookie(header: str, name: str) -> str:
    try:
        morsel = SimpleCookie(header).get(name)
    except CookieError:
        return ""
    return morsel.value if morsel else ""
