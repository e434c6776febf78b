"""`ganews-tui serve`: the app in a browser."""

import os
import socket
import sys
from pathlib import Path

from ..i18n import _
from ..library import Library
from ..paths import content_dir, state_dir
from ..session.stores import BUNDLED_TITLE
from .arguments import Arguments, UsageError
from .open_library import try_open
from .output import remark

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
    library = try_open(arguments, arguments.operands[0] if arguments.operands else "")
    if library is None:
        return _FAILED
    if names := missing():
        remark(_("网页还没有做好，缺 {names}：在源码文件夹里运行 make page").format(names=" ".join(names)))
        return _FAILED
    socket_path = arguments.path("socket")
    serving = Serving(
        argv=_program_arguments(library, arguments),
        title=_(BUNDLED_TITLE) if library.root == content_dir().resolve() else library.root.name,
        port=port,
        socket_path=socket_path,
        users=arguments.number("readers") or DEFAULT_READERS,
        state_home=state_dir(),
    )
    try:
        return serve(
            serving,
            Program(_prepare, _run_app),
            lambda closed: _index(library, closed),
            lambda at: _tell(at, socket_path),
            lambda: remark(_("更新目录的进程已结束；新的文章要重新启动才会出现")),
        )
    except OSError as error:
        remark(_("不能在这里接收连接：{error}").format(error=error.strerror or error))
        return _FAILED


def _program_arguments(library: Library, arguments: Arguments) -> list[str]:
    """Return the command line of each reader's program: the page draws ambiguous characters two cells wide."""
    language = ["--lang", arguments.text("lang")] if arguments.flag("lang") else []
    return [str(library.root), "--ambiguous", "2", *language]


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
