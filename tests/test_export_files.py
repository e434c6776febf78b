"""Files that `export` writes are complete, as private as the replaced file, and overwrite none unasked."""

import os
import stat
from pathlib import Path

import pytest

from tests.test_cli import Run, run

FORMATS = ("epub", "html", "md", "txt", "json", "jsonl", "csv")
__all__ = ["run"]


def someone_writes(into: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let another program write `into` just before the export forces its file to disk."""
    real = os.fsync

    def fsync(handle: int) -> None:
        real(handle)
        if not into.exists():
            into.write_text("别人的", "utf-8")

    monkeypatch.setattr(os, "fsync", fsync)


def no_second_names(monkeypatch: pytest.MonkeyPatch) -> None:
    def link(*_arguments: object, **_more: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", link)


@pytest.mark.parametrize("links", [True, False], ids=["", "no-hard-links"])
@pytest.mark.parametrize("suffix", FORMATS)
def test_export_never_overwrites_a_file_that_appears_meanwhile(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, links: bool
) -> None:
    into = tmp_path / "out" / f"公安新闻.{suffix}"
    into.parent.mkdir()
    if not links:
        no_second_names(monkeypatch)
    someone_writes(into, monkeypatch)
    status, _out, err = run("export", "kailu", "--into", str(into))
    assert (status, into.read_text("utf-8")) == (2, "别人的")
    assert "--replace" in err
    assert os.listdir(into.parent) == [into.name]


@pytest.mark.parametrize("links", [True, False], ids=["", "no-hard-links"])
@pytest.mark.parametrize("suffix", FORMATS)
def test_export_writes_names_of_every_length_the_system_takes(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, links: bool
) -> None:
    if not links:
        no_second_names(monkeypatch)
    (tmp_path / "out").mkdir()
    for length in (250, 255):
        room = length - len(suffix) - 1
        into = tmp_path / "out" / f"{'册' * (room // 3)}{'a' * (room % 3)}.{suffix}"
        assert len(os.fsencode(into.name)) == length
        for more in ([], ["--replace"]):
            status, _out, err = run("export", "kailu", "--into", str(into), *more)
            assert status == 0, err
        assert os.listdir(into.parent) == [into.name]
        into.unlink()
    status, _out, err = run("export", "kailu", "--into", str(tmp_path / "out" / f"{'a' * 255}.{suffix}"))
    assert status == 2 and len(err.splitlines()) == 1
    assert os.listdir(tmp_path / "out") == []


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o444, 0o755])
def test_export_keeps_the_mode_of_the_file_it_replaces(run: Run, tmp_path: Path, mode: int) -> None:
    into = tmp_path / "f.txt"
    into.write_text("旧", "utf-8")
    into.chmod(mode)
    assert run("export", "01-kailu", "--into", str(into), "--replace")[0] == 0
    assert stat.S_IMODE(into.stat().st_mode) == mode
    assert into.read_text("utf-8") != "旧"


def test_export_to_a_new_file_follows_the_umask(run: Run, tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        for number, mask in enumerate((0o077, 0o022, 0o002)):
            os.umask(mask)
            into = tmp_path / f"{number}.txt"
            assert run("export", "01-kailu", "--into", str(into))[0] == 0
            assert stat.S_IMODE(into.stat().st_mode) == 0o666 & ~mask
    finally:
        os.umask(before)


def test_export_is_never_less_private_than_the_replaced_file(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    into = tmp_path / "out/f.txt"
    into.parent.mkdir()
    into.write_text("旧", "utf-8")
    into.chmod(0o600)
    modes: list[int] = []
    real = os.fsync

    def fsync(handle: int) -> None:
        real(handle)
        modes.extend(stat.S_IMODE(path.stat().st_mode) for path in into.parent.iterdir())

    monkeypatch.setattr(os, "fsync", fsync)
    assert run("export", "01-kailu", "--into", str(into), "--replace")[0] == 0
    assert set(modes) == {0o600}


def test_export_reports_a_full_disk_and_leaves_no_file(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    into = tmp_path / "out/f.txt"
    into.parent.mkdir()
    into.write_text("旧", "utf-8")
    monkeypatch.setattr(os, "fsync", full)
    for name, more in (("f.txt", ["--replace"]), ("new.txt", [])):
        status, _out, err = run("export", "--into", str(into.with_name(name)), *more)
        assert status == 2 and "No space left" in err
    assert os.listdir(into.parent) == ["f.txt"] and into.read_text("utf-8") == "旧"


def test_config_init_never_overwrites_a_file_that_appears_meanwhile(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path(run("config", "path")[1].strip())
    someone_writes(path, monkeypatch)
    real = Path.write_text
    monkeypatch.setattr(
        Path, "write_text", lambda self, *given: real(self, *given) if self == path else _late(self, path)
    )
    assert run("config", "init")[0] == 1
    assert path.read_text("utf-8") == "别人的"


def _late(written: Path, path: Path) -> int:
    """Write a file as `Path.write_text` does, after another program has written `path`."""
    with path.open("w", encoding="utf-8") as file:
        file.write("别人的")
    with written.open("w", encoding="utf-8") as file:
        return file.write("设置")
