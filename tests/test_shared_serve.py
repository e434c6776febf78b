"""A shared library in browsers: only for readers whom a proxy names and who have a login role of their own."""

from pathlib import Path

import pytest

from tests import browser as chromium
from tests.archives import new_archive, rows, shared
from tests.browser import Browser
from tests.page_server import NamingProxy, PageServer
from tests.postgres import Cluster
from tests.test_shared_breaks import wait_until
from tui.cli import main, reader_roles
from tui.cli.arguments import Arguments
from tui.cli.reader_roles import BadRoles, read_roles
from tui.cli.serve import _served_archive
from tui.cli.subcommands import subcommands
from tui.paths import content_dir
from tui.serve.access import ProxyAccess, Refused, User, user_key

Capture = pytest.CaptureFixture[str]
READERS = "# 名字 角色\n\n安娜 anna\nbert  bert\n"


def roles_file(tmp_path: Path, text: str = READERS) -> Path:
    path = tmp_path / "roles"
    path.write_text(text, "utf-8")
    path.chmod(0o644)
    return path


def test_roles_are_read_from_a_file_of_any_editor(tmp_path: Path) -> None:
    text = "\ufeff" + READERS.removeprefix("# 名字 角色\n\n").replace("\n", "\r\n")
    assert read_roles(roles_file(tmp_path, text)) == {"安娜": "anna", "bert": "bert"}


def test_roles_are_never_read_in_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader_roles, "MAX_BYTES", len(READERS.encode()) - 2)
    with pytest.raises(BadRoles):
        read_roles(roles_file(tmp_path))


@pytest.fixture
def archive(postgres: Cluster, capsys: Capture) -> str:
    """An archive whose address names no user, with the readers anna and bert."""
    address = new_archive(postgres, capsys, content_dir())
    for user in ("anna", "bert"):
        shared(capsys, "grant", address, user, "reader")
    return address.replace("owner@", "")


def test_each_reader_opens_the_archive_in_their_own_role(archive: str, tmp_path: Path) -> None:
    options = {"roles": str(roles_file(tmp_path)), "socket": str(tmp_path / "socket")}
    served = _served_archive(archive, Arguments(subcommands()["serve"], (archive,), options))
    assert served is not None and served.known is not None
    access = ProxyAccess(served.known)
    for name, role in (("安娜", "anna"), ("bert", "bert")):
        user = access.user({"x-remote-user": name})
        address, *_options = served.program_arguments(user)
        assert rows(address, "select session_user::text") == [(role,)]
    with pytest.raises(Refused):
        access.user({"x-remote-user": "cora"})
    with pytest.raises(KeyError):
        served.program_arguments(User(user_key("cora")))


@pytest.mark.parametrize("words", [[], ["--socket", "SOCKET"], ["--roles", "ROLES"]])
def test_archive_is_refused_in_one_line_without_roles(
    words: list[str], archive: str, tmp_path: Path, capsys: Capture
) -> None:
    files = {"SOCKET": str(tmp_path / "socket"), "ROLES": str(roles_file(tmp_path))}
    assert main(["serve", archive, *(files.get(word, word) for word in words)]) == 2
    said = capsys.readouterr()
    assert said.out == "" and "共享库" in said.err and said.err.count("\n") == 1


def test_two_readers_whom_the_server_maps_to_one_role_are_refused(
    archive: str, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader_roles, "as_role", lambda archive, role: f"{archive}&user=anna")
    words = ["--socket", str(tmp_path / "socket"), "--roles", str(roles_file(tmp_path))]
    assert main(["serve", archive, *words]) == 2
    assert "每位读者要有自己的角色" in capsys.readouterr().err


@pytest.mark.parametrize(
    "text", ["anna\n", "anna a b\n", "a anna\nb anna\n", "a anna\na bert\n", "# nobody\n", "\xff"], ids=repr
)
def test_file_that_does_not_tell_readers_apart_is_refused(text: str, tmp_path: Path) -> None:
    path = roles_file(tmp_path)
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(BadRoles) as caught:
        read_roles(path)
    assert "\n" not in str(caught.value)


def test_file_that_others_can_change_is_refused(tmp_path: Path) -> None:
    path = roles_file(tmp_path)
    path.chmod(0o664)
    with pytest.raises(BadRoles, match="chmod"):
        read_roles(path)


def test_role_is_added_to_every_kind_of_address() -> None:
    assert reader_roles.as_role("service=a,b", "an'na") == "service=a,b user='an\\'na'"
    assert reader_roles.as_role("postgresql://h/d", "安 娜") == "postgresql://h/d?user=%E5%AE%89%20%E5%A8%9C"
    assert (
        reader_roles.as_role("postgresql://h/d?sslmode=require", "anna") == "postgresql://h/d?sslmode=require&user=anna"
    )


def test_two_readers_in_a_browser_have_marks_of_their_own(archive: str, tmp_path: Path) -> None:
    chromium.require()
    path = roles_file(tmp_path, "liu anna\nwang bert\n")
    owner = archive.replace("///", "//owner@/")
    stars = "select person from mark where kind = 'star' and is_on order by 1"
    words = (archive, "--socket", str(tmp_path / "socket"), "--roles", str(path))
    with PageServer(tmp_path, *words) as server, Browser() as browser:
        for name, before in (("liu", []), ("wang", [("anna",)])):
            proxy = NamingProxy(Path(server.address), name)
            page = browser.open(proxy.address)
            page.wait_for_text("赤峰")
            assert rows(owner, stars) == before
            page.press("s")
            wait_until(lambda: len(rows(owner, stars)) > len(before))  # noqa: B023
            proxy.close()
        browser.close_pages()
