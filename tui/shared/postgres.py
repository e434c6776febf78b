"""Connections to a shared archive: their addresses, and a plain line for each way in which they fail."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal

from ..clean import clean_line
from ..i18n import _

if TYPE_CHECKING:
    import psycopg

    Connection = psycopg.Connection[tuple[Any, ...]]

CONNECT_SECONDS = 5
STATEMENT_SECONDS = 30
_SILENT_SECONDS = 10
"""Seconds without an answer to keepalive packets after which the network counts as cut."""
_PREFIXES = ("service=", "postgresql://", "postgres://")
_PASSWORD = re.compile(r"(?<=:)[^:/@]*(?=@)|(?<=password=)[^&\s]*")

Failure = Literal[
    "missing", "unreachable", "timeout", "password", "certificate", "no-service", "no-database", "no-archive", "older",
    "newer", "full", "rights", "disk-full", "cut", "other",
]  # fmt: skip


class ServerProblem(Exception):
    """Why a shared archive does not answer: the kind of failure, and one line for the user."""

    def __init__(self, kind: Failure, line: str) -> None:
        super().__init__(line)
        self.kind = kind
        self.line = line

    @property
    def may_pass(self) -> bool:
        """Whether trying again later may help."""
        return self.kind in ("unreachable", "timeout", "full", "cut", "disk-full", "other")


def is_address(text: str) -> bool:
    """Return whether the text names a shared archive rather than a folder."""
    return text.startswith(_PREFIXES)


def node_addresses(address: str) -> tuple[str, ...]:
    """Return the addresses of the nodes: `service=north,south` names two services; a URL is one node."""
    if not address.startswith("service="):
        return (address,)
    first, _space, options = address.removeprefix("service=").partition(" ")
    return tuple(f"service={name} {options}".rstrip() for name in first.split(",") if name)


def shown(address: str) -> str:
    """Return the address for messages, without its password."""
    return clean_line(_PASSWORD.sub("***", address))


def without_password(address: str) -> str:
    """Return the address without its password, to be stored."""
    return re.sub(r"(?<=://)([^:/@]*):[^/@]*@", r"\1@", re.sub(r"\bpassword=[^&\s]*&?", "", address))


def connect(
    address: str, *, seconds: int = CONNECT_SECONDS, statement_seconds: int = STATEMENT_SECONDS
) -> "Connection":
    """Return a connection to one node, in autocommit mode. Raises ServerProblem.

    `statement_seconds` bounds each statement; 0 does not.
    """
    try:
        import psycopg
    except ImportError as error:
        raise ServerProblem("missing", _("缺少 psycopg，装上它：pip install 'ganews-tui[shared]'")) from error
    with explained(address):
        conn = psycopg.connect(
            address,
            autocommit=True,
            connect_timeout=seconds,
            client_encoding="utf-8",
            application_name="ganews-tui",
            keepalives_idle=_SILENT_SECONDS // 2,
            keepalives_interval=2,
            keepalives_count=2,
            tcp_user_timeout=_SILENT_SECONDS * 1000,
        )
        conn.execute(f"set statement_timeout = {statement_seconds * 1000}")
        return conn


@contextmanager
def explained(address: str) -> Iterator[None]:
    """Turn the errors of psycopg inside the context into a ServerProblem."""
    import psycopg

    try:
        yield
    except psycopg.Error as error:
        raise problem_of(error, address) from error


def problem_of(error: "psycopg.Error", address: str) -> ServerProblem:
    """Return what an error of psycopg means for the user."""
    kind = _kind(error.sqlstate or "", str(error))
    where = shown(address)
    said = {
        "unreachable": _("{where}：连不上服务器。"),
        "timeout": _("{where}：服务器太久没有回答。"),
        "password": _("{where}：用户名或密码不对。"),
        "certificate": _("{where}：不信任服务器的证书，没有连接。"),
        "no-service": _("{where}：服务文件里没有这个服务。"),
        "no-database": _("{where}：服务器上没有这个数据库。"),
        "no-archive": _("{where}：这个数据库不是共享库；建库：ganews-tui shared init"),
        "full": _("{where}：服务器的连接已满，稍后再试。"),
        "rights": _("{where}：没有做这件事的权限。"),
        "disk-full": _("{where}：服务器的磁盘已满。"),
        "cut": _("{where}：与服务器的连接断了。"),
    }.get(kind)
    if said is None:
        return ServerProblem("other", f"{where}：{clean_line(str(error).strip().partition(chr(10))[0])}")
    return ServerProblem(kind, said.format(where=where))


_STATES: dict[str, Failure] = {
    "28P01": "password",
    "28000": "password",
    "3D000": "no-database",
    "42P01": "no-archive",
    "42883": "no-archive",
    "42501": "rights",
    "53300": "full",
    "53100": "disk-full",
    "57014": "timeout",
    "57P01": "cut",
    "57P02": "cut",
    "57P03": "unreachable",
}
"""Kinds of failure by SQLSTATE (PostgreSQL, appendix A)."""
_MESSAGES: tuple[tuple[str, Failure], ...] = (
    ("password", "password"),
    ("authentication failed", "password"),
    ("no pg_hba.conf entry", "password"),
    ("certificate", "certificate"),
    ("ssl", "certificate"),
    ("definition of service", "no-service"),
    ("service file", "no-service"),
    ("too many", "full"),
    ("connection slots", "full"),
    ("not permitted to log in", "password"),
    ("permission denied", "rights"),
    ("timeout expired", "timeout"),
    ("timed out", "timeout"),
    ("database", "no-database"),
    ("role", "password"),
    ("starting up", "unreachable"),
    ("shutting down", "unreachable"),
    ("refused", "unreachable"),
    ("translate host name", "unreachable"),
    ("no such file", "unreachable"),
    ("unreachable", "unreachable"),
    ("closed the connection", "cut"),
    ("connection is closed", "cut"),
    ("connection is lost", "cut"),
    ("could not receive data", "cut"),
    ("could not send data", "cut"),
    ("consuming input failed", "cut"),
)
"""Kinds of failure by words of the message, in order: an error while connecting has no SQLSTATE."""


def _kind(state: str, message: str) -> Failure:
    if state in _STATES:
        return _STATES[state]
    lowered = message.lower()
    found = next((kind for words, kind in _MESSAGES if words in lowered), None)
    if found is not None and not state:
        return found
    return "cut" if state.startswith("08") else "other"
