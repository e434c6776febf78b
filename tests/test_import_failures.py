"""`import` when steps fail, links are in the way, or the process is killed: true messages, no lost text."""

import ctypes
import errno
import io
import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests import ordinary_user
from tests.program import environment
from tests.test_cli import Run, run
from tui.cli import main

ROOT = Path(__file__).resolve().parent.parent
UNTOUCHED, REPLACED, UNDONE = "原来的内容没有动", "新的内容已经换上", "已经恢复成上一次的样子"
STEPS = ("open", "rename", "replace", "link", "mkdir", "rmdir", "unlink", "chmod", "fchmod", "fsync", "listdir")
__all__ = ["run"]


class Killed(BaseException):
    """An exception that ends the import at once, past every `except Exception`, as SIGKILL does."""


@pytest.fixture(autouse=True)
def quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Skip forcing files to disk, for which hundreds of imports would wait."""
    monkeypatch.setattr(os, "fsync", lambda _handle: None)


@pytest.fixture(params=["in-one-step", "in-two-steps"])
def home(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder on a system that can, or cannot, exchange two folders in one step."""
    if request.param == "in-two-steps":
        monkeypatch.setattr(ctypes, "CDLL", unavailable)
    return tmp_path


def unavailable(*_arguments: object, **_more: object) -> None:
    raise OSError


def twice_imported(folder: Path) -> Path:
    root = folder / "library"
    for number in (1, 2):
        write_page(folder, number)
        assert put(root) == 0
    (root / "june/图.png").write_bytes(b"\x89PNG")
    return root


def write_page(folder: Path, number: int) -> None:
    (folder / "page.txt").write_text(f"第{number}期平安建设见成效\n\n双河讯 该局加强巡逻防控。\n", "utf-8")


def put(root: Path, *more: str) -> int:
    words = ["import", str(root.parent / "page.txt"), "--into", str(root), "--bulletin", "june"]
    return main([*words, *(more or ("--replace",))])


def undo(root: Path) -> int:
    return main(["import", "--undo", "--into", str(root), "--bulletin", "june"])


def edition(root: Path) -> int:
    """Return which of the imported pages is in the library, complete."""
    texts = [path.read_text("utf-8") for path in (root / "june").glob("*.md")]
    assert len(texts) == 1 and (root / "june/bulletin.yaml").exists()
    return next(number for number in range(1, 9) if f"第{number}期" in texts[0])


@contextmanager
def failing(
    monkeypatch: pytest.MonkeyPatch, root: Path, error: Callable[[], BaseException], after: int, times: int
) -> Iterator[list[str]]:
    """Let `times` steps on the file system within the library fail, after the first `after` ones.

    Yields a list that gets an entry for each step that failed.
    """
    failed: list[str] = []
    seen = 0

    def wrapped(name: str, real: Callable[..., object]) -> Callable[..., object]:
        def step(*args: object, **more: object) -> object:
            nonlocal seen
            where = args[0] if args else None
            if isinstance(where, int) or (isinstance(where, str | Path) and str(where).startswith(str(root))):
                seen += 1
                if after < seen <= after + times:
                    failed.append(name)
                    raise error()
            return real(*args, **more)

        return step

    with monkeypatch.context() as patched:
        for name in STEPS:
            patched.setattr(os, name, wrapped(name, getattr(os, name)))
        patched.setattr(io, "open", wrapped("open", io.open))
        yield failed


def full() -> OSError:
    return OSError(errno.EIO, "Input/output error")


def each_failing_step(
    monkeypatch: pytest.MonkeyPatch,
    folder: Path,
    error: Callable[[], BaseException],
    times: int,
    act: Callable[[Path], object],
) -> Iterator[tuple[Path, str]]:
    """Perform `act` on a new library for each step that can fail; yield the libraries in which a step failed."""
    first = folder / "first"
    first.mkdir()
    twice_imported(first)
    write_page(first, 3)
    for after in range(200):
        root = shutil.copytree(first, folder / f"{after}") / "library"
        try:
            with failing(monkeypatch, root, error, after, times) as failed:
                act(root)
        except Killed:
            pass
        if not failed:
            assert after > 2
            return
        yield root, f"{failed} after {after}"
    raise AssertionError("the import never ends")


@pytest.mark.parametrize("times", [1, 1000], ids=["once", "from-then-on"])
def test_import_reports_the_text_in_place_at_every_failing_step(
    home: Path, times: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    statuses: list[int] = []
    act = lambda root: statuses.append(put(root))  # noqa: E731
    for root, step in each_failing_step(monkeypatch, home, full, times, act):
        said = capsys.readouterr().err
        if statuses[-1] == 0:
            assert edition(root) == 3, step  # the step that failed only removes files that are no longer needed
        elif not (root / "june").exists():
            assert ".replaced/june.aside" in said, step
        else:
            assert edition(root) == {True: 2, False: 3}[UNTOUCHED in said], (step, said)
            assert (UNTOUCHED in said) != (REPLACED in said), (step, said)
            assert (root / "june/图.png").exists(), step
        assert put(root) == 0, (step, capsys.readouterr().err)
        assert edition(root) == 3
        assert undo(root) == 0 and edition(root) == 2, step
        capsys.readouterr()


@pytest.mark.parametrize("times", [1, 1000], ids=["once", "from-then-on"])
def test_undo_reports_the_text_in_place_at_every_failing_step(
    home: Path, times: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    statuses: list[int] = []
    act = lambda root: statuses.append(undo(root))  # noqa: E731
    for root, step in each_failing_step(monkeypatch, home, full, times, act):
        said = capsys.readouterr().err
        if statuses[-1] and not (root / "june").exists():
            assert ".replaced/june.aside" in said, step
        elif statuses[-1]:
            assert edition(root) == {True: 2, False: 1}[UNTOUCHED in said], (step, said)
            assert (UNTOUCHED in said) != (UNDONE in said), (step, said)
        now = edition(root) if (root / "june").exists() else 2
        assert undo(root) == 0 and edition(root) == 3 - now, (step, capsys.readouterr().err)


def test_undo_is_right_after_a_kill_at_every_step(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for root, step in each_failing_step(monkeypatch, home, Killed, 1, put):
        now = edition(root) if (root / "june").exists() else 2
        assert now in (2, 3), step
        assert undo(root) == 0, (step, capsys.readouterr().err)
        assert edition(root) == now - 1, step
        assert undo(root) == 0 and edition(root) == now, step


def test_import_replaces_a_bulletin_with_read_only_folders_repeatedly(tmp_path: Path) -> None:
    root = twice_imported(tmp_path)
    pictures = root / "june/pictures/more"
    pictures.mkdir(parents=True)
    (pictures / "1.png").write_bytes(b"\x89PNG")
    pictures.chmod(0o555)
    pictures.parent.chmod(0o555)
    ganews = [sys.executable, "-m", "tui", "import", "--into", str(root), "--bulletin", "june"]
    for number in (3, 4, 5):
        write_page(tmp_path, number)
        done = ordinary_user.run(
            [*ganews, str(tmp_path / "page.txt"), "--replace"], cwd=ROOT, env=environment(tmp_path)
        )
        assert (done.returncode, edition(root)) == (0, number), done.stderr
    done = ordinary_user.run([*ganews, "--undo"], cwd=ROOT, env=environment(tmp_path))
    assert (done.returncode, edition(root)) == (0, 4), done.stderr
    assert (pictures / "1.png").exists() and stat.S_IMODE(pictures.stat().st_mode) == 0o555


def test_import_leaves_a_read_only_bulletin_and_says_so(tmp_path: Path) -> None:
    root = twice_imported(tmp_path)
    write_page(tmp_path, 3)
    (root / "june").chmod(0o555)
    ganews = [sys.executable, "-m", "tui", "import", "--into", str(root), "--bulletin", "june"]
    for more in ([str(tmp_path / "page.txt"), "--replace"], ["--undo"]):
        done = ordinary_user.run([*ganews, *more], cwd=ROOT, env=environment(tmp_path, LANG="zh_CN.UTF-8"))
        assert (done.returncode, edition(root)) == (2, 2), done.stderr
        assert UNTOUCHED in done.stderr


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder beside the library that looks like a bulletin."""
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / "bulletin.yaml").write_text("title: 机密\n", "utf-8")
    (folder / "secret-name.md").write_text("---\ntitle: [机密]\n---\n\n不该看见\n", "utf-8")
    return folder


def unchanged(outside: Path) -> bool:
    return sorted(path.name for path in outside.iterdir()) == ["bulletin.yaml", "secret-name.md"]


@pytest.mark.parametrize("link", ["june", "june/2.md", "june/bulletin.yaml", "june/more", ".replaced"])
@pytest.mark.parametrize("more", [["--dry-run"], ["--dry-run", "--replace"], ["--replace"], ["--undo"]])
def test_import_prints_nothing_of_files_outside(
    run: Run, tmp_path: Path, outside: Path, link: str, more: list[str]
) -> None:
    write_page(tmp_path, 1)
    path = tmp_path / "library" / link
    path.parent.mkdir(parents=True)
    target = {"june/2.md": "secret-name.md", "june/bulletin.yaml": "bulletin.yaml"}.get(link, "")
    path.symlink_to(outside / target)
    pages = [] if more == ["--undo"] else [str(tmp_path / "page.txt"), "--bulletin", "june"]
    _status, out, err = run("import", *pages, "--into", str(tmp_path / "library"), *more)
    for secret in ("机密", "不该看见", "secret-name"):
        assert secret not in out + err
    assert unchanged(outside)


@pytest.mark.parametrize("name", ["june", "june.writing", "june.ready", "june.aside", "june.first", "june.made"])
def test_import_never_replaces_a_bulletin_by_a_link(run: Run, outside: Path, name: str) -> None:
    root = twice_imported(outside.parent)
    kept = root / ".replaced" / name
    if kept.exists():
        kept.rename(outside.parent / "kept")
    kept.symlink_to(outside)
    status, _out, _err = run("import", "--undo", "--into", str(root), "--bulletin", "june")
    assert not (root / "june").is_symlink()
    assert (status, edition(root)) == ((2, 2) if name == "june" else (0, 1))
    write_page(outside.parent, 3)
    assert put(root) == 0 and edition(root) == 3
    assert not (root / "june").is_symlink() and unchanged(outside)


def test_import_keeps_a_link_as_a_link(run: Run, outside: Path) -> None:
    root = twice_imported(outside.parent)
    (root / "june/more").symlink_to(outside)
    (root / "june/own").mkdir()
    (root / "june/own/more").symlink_to(outside)
    write_page(outside.parent, 3)
    assert put(root) == 0
    assert (root / "june/more").is_symlink() and (root / "june/own/more").is_symlink()
    assert unchanged(outside)


@pytest.mark.parametrize("more", [["--dry-run"], ["--replace"], []])
def test_import_refuses_a_bulletin_that_is_not_a_folder(run: Run, tmp_path: Path, more: list[str]) -> None:
    write_page(tmp_path, 1)
    (tmp_path / "library").mkdir()
    (tmp_path / "library/june").write_text("我的笔记", "utf-8")
    assert put(tmp_path / "library", *more, "--title", "六月") == 2
    assert (tmp_path / "library/june").read_text("utf-8") == "我的笔记"


def test_import_keeps_the_modes_of_a_private_bulletin(run: Run, tmp_path: Path) -> None:
    root = twice_imported(tmp_path)
    june = root / "june"
    (june / "bulletin.yaml").chmod(0o600)
    june.chmod(0o700)
    write_page(tmp_path, 3)
    assert put(root) == 0
    assert stat.S_IMODE(june.stat().st_mode) == 0o700
    assert stat.S_IMODE((june / "bulletin.yaml").stat().st_mode) == 0o600


def test_import_keeps_what_only_resembles_a_text(run: Run, tmp_path: Path) -> None:
    root = twice_imported(tmp_path)
    (root / "june/old.md").mkdir()
    (root / "june/old.md/1.png").write_bytes(b"\x89PNG")
    (root / "june/my-bulletin.yaml").write_text("我的", "utf-8")
    write_page(tmp_path, 3)
    assert put(root) == 0
    assert (root / "june/old.md/1.png").exists() and (root / "june/my-bulletin.yaml").exists()
