"""The users of an archive: login roles and what they may do."""

from typing import TYPE_CHECKING

from ..i18n import _
from .postgres import ServerProblem

if TYPE_CHECKING:
    from .postgres import Connection

LEVELS = ("reader", "editor", "admin")
_STATEMENT_TIMEOUT = "30s"
"""Limit of each query of a reader. Readers may change it: it guards against mistakes, not malice."""


def grant(conn: "Connection", user: str, level: str) -> bool:
    """Let a user read, edit or administer the archive, or with the level `none` nothing of these.

    Creates the login role, without a password, if it is missing; returns whether it did.
    """
    from psycopg import sql

    name, database = sql.Identifier(user), sql.Identifier(conn.info.dbname)
    if user.startswith("ganews_"):
        raise ServerProblem("other", _("“{name}”是程序自己的角色，请用别的名字。").format(name=user))
    is_new = conn.execute("select from pg_roles where rolname = %s", (user,)).fetchone() is None
    with conn.transaction():
        if is_new and level != "none":
            conn.execute(sql.SQL("create role {} login").format(name))
        if is_new and level == "none":
            raise ServerProblem("other", _("没有“{name}”这个用户。").format(name=user))
        for other in LEVELS:
            role = sql.Identifier(f"ganews_{other}")
            if conn.execute("select pg_has_role(%s, %s, 'member')", (user, f"ganews_{other}")).fetchone() == (True,):
                conn.execute(sql.SQL("revoke {} from {}").format(role, name))
        conn.execute(sql.SQL("revoke all on database {} from {}").format(database, name))
        if level != "none":
            conn.execute(sql.SQL("grant {} to {}").format(sql.Identifier(f"ganews_{level}"), name))
            conn.execute(sql.SQL("grant connect on database {} to {}").format(database, name))
        setting = sql.SQL("alter role {} in database {} set statement_timeout = {}")
        conn.execute(setting.format(name, database, sql.Literal(_STATEMENT_TIMEOUT if level == "reader" else "0")))
    return is_new
