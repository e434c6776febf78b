"""`ganews-tui serve`: the app in a browser."""

import os
import socket
import sys
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..i18n import _
from ..library import Library
from ..paths import content_dir, state_dir
from ..session.stores import BUNDLED_TITLE
from .arguments import Arguments, UsageError
from .open_library import shared_address, try_open
from .output import remark

if TYPE_CHECKING:
    from ..serve.access import User

DEFAULT_READERS = 20
MAX_PORT = 65535
_FAILED = 2


def run(arguments: Arguments) -> int:
    """Serve the library until a signal comes; the address goes to standard output."""
    try:
        from ..serve.files import missing
        from ..serve.server_start import Serving, serve
        from ..serve.warm import Program
    except ModuleNotFoundError as error:
        if error.name != "websockets":
            raise
        remark(_("缺少 websockets，装上它：pip install 'ganews-tui[serve]'"))
        return _FAILED
    port = arguments.number("port") or 0
    if port > MAX_PORT:
        raise UsageError(_("--port 最大是 {n}").format(n=MAX_PORT))
    given = arguments.operands[0] if arguments.operands else ""
    address = shared_address(arguments, given)
    served = _served_archive(address, arguments) if address else _served_folder(arguments, given)
    if served is None:
        return _FAILED
    if names := missing():
        remark(_("网页还没有做好，缺 {names}：在源码文件夹里运行 make page").format(names=" ".join(names)))
        return _FAILED
    socket_path = arguments.path("socket")
    serving = Serving(
        argv=served.program_arguments,
        title=served.title,
        port=port,
        socket_path=socket_path,
        users=arguments.number("readers") or DEFAULT_READERS,
        known=served.known,
        state_home=state_dir(),
    )
    try:
        return serve(
            serving,
            Program(_prepare, _run_app),
            served.keep_current,
            lambda at: _tell(at, socket_path),
            lambda: remark(_("更新目录的进程已结束；新的文章要重新启动才会出现")),
        )
    except OSError as error:
        remark(_("不能在这里接收连接：{error}").format(error=error.strerror or error))
        return _FAILED


class _Served(NamedTuple):
    """What is served."""

    title: str
    program_arguments: "Callable[[User], Sequence[str]]"
    """Returns the command line of a user's program."""
    keep_current: Callable[[socket.socket], None]
    """Keeps the library up to date until the socket ends."""
    known: Collection[str] | None = None
    """Keys of the users who may read; None for everyone."""


def _served_folder(arguments: Arguments, given: str) -> _Served | None:
    """Return the library of files to serve, or report why it cannot be opened and return None."""
    library = try_open(arguments, given)
    if library is None:
        return None
    title = _(BUNDLED_TITLE) if library.root == content_dir().resolve() else library.root.name
    line = [str(library.root), *_page_options(arguments)]
    return _Served(title, lambda user: line, lambda closed: _index(library, closed))


def _served_archive(address: str, arguments: Arguments) -> _Served | None:
    """Return the shared archive to serve, or report what is missing and return None.

    Marks belong to the login role, so each reader needs one of their own.
    """
    from ..archive_address import shown
    from ..shared.postgres import ServerProblem
    from .reader_roles import BadRoles, addresses, check_roles, read_roles

    path = arguments.path("roles")
    if path is None or arguments.path("socket") is None:
        text = _("ganews-tui: {address} 是共享库：每位读者要有自己的角色，用 --socket 和 --roles 文件。")
        remark(text.format(address=shown(address)))
        return None
    try:
        roles = read_roles(path)
        title = check_roles(address, roles)
    except BadRoles as error:
        remark(f"ganews-tui: {error}")
        return None
    except ServerProblem as problem:
        remark(f"ganews-tui: {problem.line}")
        return None
    of_users = addresses(address, roles)
    options = _page_options(arguments)
    return _Served(title, lambda user: [of_users[user.key], *options], _wait_for_end, of_users.keys())


def _page_options(arguments: Arguments) -> list[str]:
    """Return the options of each user's program: the page draws ambiguous characters two cells wide."""
    language = ["--lang", arguments.text("lang")] if arguments.flag("lang") else []
    return ["--ambiguous", "2", *language]


def _wait_for_end(closed: socket.socket) -> None:
    """Do nothing until the server ends: an archive is kept up to date by those who load it."""
    closed.recv(1)


def _tell(address: str, socket_path: Path | None) -> None:
    print(address, flush=True)
    if socket_path is None:
        remark(_("在浏览器里打开这个地址，只能打开一次。按 Ctrl+C 结束。"))
    else:
        remark(_("等待代理从这个套接字连接。按 Ctrl+C 结束。"))
    sys.stderr.flush()


def _prepare() -> None:
    """Import what the app's start needs."""
    from . import command_line, exit_status  # noqa: F401
    from .open_app import import_app

    import_app()


def _run_app(argv: list[str]) -> int:
    from . import main

    return main(argv)


def _index(library: Library, closed: socket.socket) -> None:
    """Keep the catalogue in step with the folder until the server closes its end of the socket."""
    os.nice(5)  # a reader's key comes first
    from ..catalogue import Catalogue
    from ..indexer import Indexer
    from ..session.indexing import Indexing

    catalogue = Catalogue(library)
    if not catalogue.total:
        Indexer(catalogue).first()
    indexing = Indexing(catalogue, lambda progress: None)
    indexing.start()
    closed.recv(1)
    indexing.close()
    catalogue.close()
