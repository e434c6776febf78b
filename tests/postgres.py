"""A PostgreSQL cluster for tests, and a database in it for each test. Needs no running server.

The programs run as the unprivileged user `nobody` if the tests run as root. The server listens on a Unix socket in a
temporary folder and does not sync its files.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from glob import glob
from itertools import count
from pathlib import Path

import psycopg
import pytest

_OWNER = "owner"
_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "lc_messages": "C",
    "shared_buffers": "64MB",
}
_SECONDS = 60
"""Seconds within which the server starts."""


def programs() -> Path | None:
    """Return the folder with initdb and pg_ctl, None if PostgreSQL is not installed."""
    found = shutil.which("pg_ctl")
    folders = [Path(found).resolve().parent] if found else []
    folders += map(Path, sorted(glob("/usr/lib/postgresql/*/bin"), reverse=True))
    return next((one for one in folders if (one / "initdb").exists() and (one / "postgres").exists()), None)


@dataclass
class Cluster:
    """A cluster of PostgreSQL in a temporary folder."""

    folder: Path
    programs: Path
    settings: Mapping[str, str] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=count)

    def create(self) -> None:
        """Create the cluster's files."""
        if os.geteuid() == 0:
            user = pwd.getpwnam("nobody")
            os.chown(self.folder, user.pw_uid, user.pw_gid)
        locale = ("--encoding=UTF8", "--locale=C", "--lc-ctype=C.UTF-8")
        self._run("initdb", "-U", _OWNER, "--auth=trust", *locale, "--no-sync", "-D", str(self.folder / "data"))

    def start(self) -> None:
        """Start the server and wait until it accepts connections."""
        settings = " ".join(f"-c {name}='{value}'" for name, value in (_SETTINGS | dict(self.settings)).items())
        options = f"-k {self.folder} {settings}"
        self._ctl("start", "-l", str(self.folder / "log"), "-o", options)

    def stop(self, mode: str = "immediate") -> None:
        """Stop the server; `immediate` is a crash, `fast` breaks the connections."""
        self._ctl("stop", "-m", mode)

    @property
    def pid(self) -> int:
        """The process id of the server."""
        return int((self.folder / "data" / "postmaster.pid").read_text().split("\n")[0])

    def address(self, database: str, user: str = _OWNER) -> str:
        """Return the address of a database."""
        return f"postgresql://{user}@/{database}?host={self.folder}"

    def new_database(self) -> str:
        """Create an empty database; return its owner's address."""
        name = f"archive{next(self._numbers)}"
        with psycopg.connect(self.address("postgres"), autocommit=True) as conn:
            conn.execute(f"create database {name} template template0".encode())
        return self.address(name)

    def _ctl(self, *arguments: str) -> None:
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-w", "-t", str(_SECONDS), *arguments)

    def _run(self, program: str, *arguments: str) -> None:
        command: Sequence[str] = (str(self.programs / program), *arguments)
        user = "nobody" if os.geteuid() == 0 else None
        with open(os.devnull, "w") as null:  # not a pipe: the server would keep it open
            done = subprocess.run(
                command,
                user=user,
                group=pwd.getpwnam(user).pw_gid if user else None,
                extra_groups=[] if user else None,
                cwd="/",
                stdout=null,
                stderr=null,
                env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"},
            )
        if done.returncode:
            log = self.folder / "log"
            raise RuntimeError(f"{program}: {done.returncode} {log.read_text() if log.exists() else ''}")


@contextmanager
def cluster(settings: Mapping[str, str] | None = None) -> Iterator[Cluster]:
    """Run a new cluster. Skips the test without PostgreSQL, or fails if GANEWS_NEEDS_POSTGRES is set."""
    found = programs()
    if found is None:
        if os.environ.get("GANEWS_NEEDS_POSTGRES"):
            pytest.fail("PostgreSQL is not installed, and GANEWS_NEEDS_POSTGRES is set")
        pytest.skip("PostgreSQL is not installed")
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))  # short: the path of a socket has at most 107 bytes
    folder.chmod(0o755)
    one = Cluster(folder, found, settings or {})
    try:
        one.create()
        one.start()
        yield one
        one.stop()
    finally:
        if (folder / "data" / "postmaster.pid").exists():
            one.stop()
        shutil.rmtree(folder, ignore_errors=True)


def processes(one: Cluster) -> list[int]:
    """Return the process ids of the connections and helpers of the cluster."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if stat.read_text().rpartition(")")[2].split()[1] == str(one.pid):
                found.append(int(stat.parent.name))
    return found


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """The cluster of this run of the tests."""
    with cluster() as one:
        yield one
