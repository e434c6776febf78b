"""The login roles of readers whom a proxy logs in, when a shared archive is served to browsers."""

import stat
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from ..archive_address import shown
from ..clean import clean_line
from ..i18n import _
from ..serve.access import user_key

MAX_BYTES = 1_000_000
"""Bytes of the file."""


class BadRoles(Exception):
    """The readers cannot be told apart. The message is one line for the user."""


def read_roles(path: Path) -> dict[str, str]:
    """Return the login role of each name that the proxy may give. Raises BadRoles.

    Each line has a name and a role; empty lines and those that begin with # count for nothing. Only the user who
    starts the server may be able to write the file, because it gives each reader their role.
    """
    try:
        if path.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH):
            raise BadRoles(_("{path}：别人也能改这个文件，先 chmod go-w。").format(path=clean_line(str(path))))
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
        if len(raw) > MAX_BYTES:
            raise BadRoles(_("{path} 太大。").format(path=clean_line(str(path))))
        lines = raw.decode("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        why = clean_line(getattr(error, "strerror", None) or str(error))
        raise BadRoles(_("读不了 {path}：{why}").format(path=clean_line(str(path)), why=why)) from error
    roles: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        if len(words) != 2:
            raise BadRoles(_("{path} 第 {n} 行：应是 名字 角色。").format(path=clean_line(str(path)), n=number))
        name, role = words
        if name in roles or role in roles.values():
            raise BadRoles(_("{path} 第 {n} 行：每位读者要有自己的角色。").format(path=clean_line(str(path)), n=number))
        roles[name] = role
    if not roles:
        raise BadRoles(_("{path} 里没有读者。").format(path=clean_line(str(path))))
    return roles


def addresses(archive: str, roles: Mapping[str, str]) -> dict[str, str]:
    """Return the address under which each reader opens the archive, by the key of the name; see serve.access."""
    return {user_key(name): as_role(archive, role) for name, role in roles.items()}


def as_role(archive: str, role: str) -> str:
    """Return the address of the archive for a login role."""
    if archive.startswith("service="):
        escaped = role.replace("\\", "\\\\").replace("'", "\\'")
        return f"{archive} user='{escaped}'"
    return f"{archive}{'&' if '?' in archive else '?'}user={quote(role, safe='')}"


def check_roles(archive: str, roles: Mapping[str, str]) -> str:
    """Return the name of the archive, after logging in as each role. Raises ServerProblem, or BadRoles.

    The server may map names to other roles, so it is asked which role it sees.
    """
    from ..archive_address import node_addresses
    from ..shared.postgres import connect, explained

    seen: set[str] = set()
    name = ""
    for role in roles.values():
        address = node_addresses(as_role(archive, role))[0]
        with connect(address) as conn, explained(address):
            found = conn.execute("select session_user::text, name from library").fetchone() or ("", "")
        if str(found[0]) in seen:
            raise BadRoles(_("{where}：每位读者要有自己的角色。").format(where=shown(address)))
        seen.add(str(found[0]))
        name = clean_line(str(found[1]))
    return name
