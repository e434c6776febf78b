"""The app on a shared library whose server refuses to let it connect again: one line, and reading and marking go on."""

import os
import pwd
import random
import shutil
import subprocess
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import psycopg
import pytest

from tests.archives import new_archive, rows, shared
from tests.postgres import Cluster, cluster
from tests.program import GANEWS, Program, environment
from tui.paths import content_dir

Capture = pytest.CaptureFixture[str]
HOST = f"127.{random.randrange(1, 255)}.{random.randrange(1, 255)}.1"
"""A loopback address on which no other server listens at PostgreSQL's port."""
FAILURES = ("用户名或密码不对", "不信任服务器的证书", "连接已满")
KEPT = "又连上了"


def certificate(folder: Path) -> Path:
    """Make a certificate that signs itself; return its file, beside which is the key."""
    folder.mkdir()
    files = ("-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem"))
    command = ("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=archive", *files)
    subprocess.run(command, check=True, capture_output=True)
    return folder / "cert.pem"


def has_stars(address: str, count: int) -> bool:
    return rows(address, "select count(*)::int from mark where kind = 'star' and is_on") == [(count,)]


@pytest.fixture
def secured(tmp_path: Path) -> Iterator[Cluster]:
    """A cluster that wants encryption and a password."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    with cluster({"listen_addresses": HOST, "password_encryption": "scram-sha-256"}) as one:
        data, made = one.folder / "data", certificate(tmp_path / "server")
        for name, source in (("server.crt", made), ("server.key", made.with_name("key.pem"))):
            shutil.copy(source, data / name)
            if os.geteuid() == 0:
                user = pwd.getpwnam("nobody")
                os.chown(data / name, user.pw_uid, user.pw_gid)
            (data / name).chmod(0o600)
        rules = data / "pg_hba.conf"
        rules.write_text(f"hostssl all anna all scram-sha-256\n{rules.read_text()}")
        with psycopg.connect(one.address("postgres"), autocommit=True) as conn:
            conn.execute("alter system set ssl = on")
            conn.execute("select pg_reload_conf()")
        yield one


def test_app_reads_and_marks_on_when_the_server_refuses_it(secured: Cluster, capsys: Capture, tmp_path: Path) -> None:
    owner = new_archive(secured, capsys, content_dir())
    shared(capsys, "grant", owner, "anna", "reader")
    trusted = tmp_path / "trusted.pem"
    shutil.copy(tmp_path / "server" / "cert.pem", trusted)
    other = certificate(tmp_path / "other")
    passwords = tmp_path / "pgpass"
    passwords.write_text("*:*:*:anna:geheim\n")
    passwords.chmod(0o600)
    database = owner.partition("@/")[2].partition("?")[0]
    address = f"postgresql://anna@{HOST}/{database}?sslmode=verify-ca&sslrootcert={trusted}"

    def refuse(failure: str) -> None:
        if failure == FAILURES[0]:
            conn.execute("alter role anna password 'other'")
        elif failure == FAILURES[1]:
            shutil.copy(other, trusted)
        else:
            conn.execute("alter role anna connection limit 0")
        conn.execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'anna'")

    def admit() -> None:
        conn.execute("alter role anna password 'geheim' connection limit -1")
        shutil.copy(tmp_path / "server" / "cert.pem", trusted)

    env = environment(tmp_path / "home", PGPASSFILE=str(passwords))
    conn = psycopg.connect(owner, autocommit=True)
    admit()
    with conn, Program([*GANEWS, address], env=env, size=(160, 40)) as program:
        program.wait_for("篇")
        program.wait_for("赤峰")
        program.settle()
        for count, failure in enumerate(FAILURES, 1):
            refuse(failure)
            program.wait_for(failure)
            assert "赤峰" in program.screen.text()
            program.send("s")
            program.send("j")
            program.settle()
            assert "赤峰" in program.screen.text()
            admit()
            program.wait_for(KEPT)
            program.wait_until(partial(has_stars, owner, count), "the star on the server")
        program.send("q")
        assert program.wait() == 0
