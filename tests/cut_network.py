"""A TCP proxy that a test can cut, delay or stop from answering."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from queue import Queue

CHUNK = 1 << 16


class Proxy:
    """Passes connections on to a server's Unix socket."""

    def __init__(self, target: str) -> None:
        self._target = target
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.delay = 0.0
        """Seconds that every byte takes in each direction."""
        self.is_cut = False
        """Whether new connections are refused."""
        self.is_hung = False
        """Whether nothing is passed on any more."""
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Break all connections, and refuse new ones until `mend`."""
        self.is_cut = True
        for pair in self._pairs:
            for end in pair:
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
        self._pairs.clear()

    def mend(self) -> None:
        self.is_cut = self.is_hung = False

    def close(self) -> None:
        self.cut()
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _address = self._listener.accept()
            except OSError:
                return
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else small pieces wait 40 ms for others
            if self.is_cut:
                client.close()
                continue
            server = socket.socket(socket.AF_UNIX)
            try:
                server.connect(self._target)
            except OSError:
                client.close()
                continue
            self._pairs.append((client, server))
            for source, sink in ((client, server), (server, client)):
                threading.Thread(target=self._pass_on, args=(source, sink), daemon=True).start()

    def _pass_on(self, source: socket.socket, sink: socket.socket) -> None:
        waiting: Queue[tuple[float, bytes]] = Queue()
        threading.Thread(target=self._send, args=(waiting, sink), daemon=True).start()
        with suppress(OSError):
            while data := source.recv(CHUNK):
                waiting.put((time.monotonic() + self.delay, data))
        waiting.put((0.0, b""))

    def _send(self, waiting: "Queue[tuple[float, bytes]]", sink: socket.socket) -> None:
        """Send what is waiting, each piece when its time has come."""
        with suppress(OSError):
            while (piece := waiting.get())[1]:
                time.sleep(max(piece[0] - time.monotonic(), 0.0))
                while self.is_hung:
                    time.sleep(0.02)
                sink.sendall(piece[1])
        with suppress(OSError):
            sink.shutdown(socket.SHUT_RDWR)


@contextmanager
def proxy(target: str) -> Iterator[Proxy]:
    """Run a proxy before the server at a Unix socket."""
    one = Proxy(target)
    try:
        yield one
    finally:
        one.close()
