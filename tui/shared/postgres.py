"""Connections to a shared archive: their addresses, and a plain line for each way in which they fail."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal

from ..archive_address import shown
from ..clean import clean_line
from ..i18n import _

if TYPE_CHECKING:
    import psycopg

    Connection = psycopg.Connection[tuple[Any, ...]]

CONNECT_SECONDS = 5
STATEMENT_SECONDS = 30
_SILENT_SECONDS = 10
"""Seconds without an answer to keepalive packets after which the network counts as cut."""

Failure = Literal[
    "missing", "unreachable", "timeout", "password", "certificate", "tls", "no-service", "no-database",
    "no-archive", "older", "newer", "full", "rights", "disk-full", "cut", "other",
]  # fmt: skip


class ServerProblem(Exception):
    """Why a shared archive does not answer: the kind of failure, and one line for the user."""

    def __init__(self, kind: Failure, line: str) -> None:
        super().__init__(line)
        self.kind = kind
        self.line = line


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
        "tls": _("{where}：不能和服务器建立加密连接。"),
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
    (r'database ".*" does not exist', "no-database"),
    (r'role ".*" does not exist', "password"),
    (r"password|authentication failed|not permitted to log in", "password"),
    (r"no pg_hba\.conf entry|permission denied|pg_hba\.conf rejects", "rights"),
    (r"certificate|root\.crt", "certificate"),
    (r"does not support ssl|ssl negotiation|ssl error|ssl connection", "tls"),
    (r"definition of service|service file", "no-service"),
    (r"too many|connection slots", "full"),
    (r"closed the connection|connection is (closed|lost)|could not (receive|send) data|consuming input failed", "cut"),
    (r"timeout expired|timed out", "timeout"),
    (
        r"refused|resolve host|translate host name|no such file|unreachable|no route|starting up|shutting down"
        r"|in recovery mode",
        "unreachable",
    ),
)
"""Kinds of failure by patterns in the lower-case message, in order: an error while connecting has no SQLSTATE."""


def _kind(state: str, message: str) -> Failure:
    if state in _STATES:
        return _STATES[state]
    said = message.lower().rpartition(" failed: ")[2]
    found = next((kind for pattern, kind in _MESSAGES if re.search(pattern, said)), None)
    if found is not None and not state:
        return found
    return "cut" if state.startswith("08") else "other"
