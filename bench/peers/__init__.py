"""Programs to compare measurements with (peers), and their installation.

`python -m bench peers` installs Debian packages if apt-get is available, and Python packages into a separate
environment. Measurements report and skip missing peers.
"""

import argparse
import os
import shutil
import subprocess
import sys
import venv
from dataclasses import dataclass
from glob import glob

from ..library import MADE

_ENVIRONMENT = MADE / "peers"


@dataclass(frozen=True, slots=True)
class Peer:
    """A program, named by its command, or a Python package, named by its module."""

    name: str
    debian: str = ""
    module: str = ""
    """Module to import; pip installs the package under the peer's name."""


PEERS = (
    Peer("less", debian="less"),
    Peer("newsboat", debian="newsboat"),
    Peer("w3m", debian="w3m"),
    Peer("rg", debian="ripgrep"),
    Peer("initdb", debian="postgresql"),
    Peer("tantivy", module="tantivy"),
    Peer("jieba", module="jieba"),
    Peer("rjieba", module="rjieba"),
    Peer("whoosh", module="whoosh"),
    Peer("textual-serve", module="textual_serve"),
)


def command(name: str) -> str | None:
    """Return the path of a peer's program, or None if it is not installed.

    Debian keeps PostgreSQL's own programs outside PATH.
    """
    debian = sorted(glob("/usr/lib/postgresql/*/bin"))
    return shutil.which(name) or shutil.which(name, path=os.pathsep.join(debian))


def python(module: str) -> str | None:
    """Return the path of a Python that can import `module`, or None."""
    for candidate in (str(_ENVIRONMENT / "bin" / "python"), sys.executable):
        if os.path.exists(candidate) and _imports(candidate, module):
            return candidate
    return None


def have(peer: Peer) -> bool:
    return (python(peer.module) if peer.module else command(peer.name)) is not None


def run(args: argparse.Namespace) -> None:
    """Install missing peers, then report which are available."""
    for peer in PEERS:
        if not have(peer):
            _install(peer)
        print(f"{peer.name}: {'here' if have(peer) else 'missing, will be skipped'}")


def _install(peer: Peer) -> None:
    if peer.module:
        if not _ENVIRONMENT.exists():
            venv.create(_ENVIRONMENT, with_pip=True)
        _try([str(_ENVIRONMENT / "bin" / "python"), "-m", "pip", "install", "-q", peer.module])
    elif os.geteuid() == 0 and shutil.which("apt-get"):
        _try(["apt-get", "install", "-y", "-q", peer.debian])
    else:
        print(f"{peer.name}: install the package {peer.debian}", file=sys.stderr)


def _try(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        print((done.stderr or done.stdout).strip().rpartition("\n")[2], file=sys.stderr)


def _imports(executable: str, module: str) -> bool:
    return subprocess.run([executable, "-c", f"import {module}"], capture_output=True).returncode == 0
