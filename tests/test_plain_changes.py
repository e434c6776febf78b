"""Plain mode while its library changes: an unreadable article is one line, and the conversation continues."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.program import GANEWS, ROOT, environment

GOOD = "---\ntitle: [反诈宣传, 第{n}讲]\ndate: '2023-06-0{n}'\n---\n\n第{n}篇的正文。\n"
Harm = Callable[[Path], object]


def replaced(file: Path, make: Callable[[Path], object]) -> None:
    file.unlink()
    make(file)


HARM: dict[str, Harm] = {
    "bytes that are not UTF-8": lambda file: file.write_bytes(b"\xff\xfe\xfa" * 9),
    "nothing": lambda file: file.write_bytes(b""),
    "removed": lambda file: file.unlink(),
    "a folder": lambda file: replaced(file, Path.mkdir),
    "a pipe": lambda file: replaced(file, os.mkfifo),
    "a link in a circle": lambda file: replaced(file, lambda path: path.symlink_to(path.name)),
    "a link out of the library": lambda file: replaced(file, lambda path: path.symlink_to("/etc/passwd")),
    "its bulletin removed": lambda file: shutil.rmtree(file.parent),
}


@pytest.mark.parametrize("harm", HARM)
def test_plain_mode_prints_one_line_when_an_article_becomes_unreadable(harm: str, tmp_path: Path) -> None:
    folder = tmp_path / "library/a"
    folder.mkdir(parents=True)
    (folder / "bulletin.yaml").write_text("id: a\ntitle: 甲\n", "utf-8")
    for n in (1, 2):
        (folder / f"{n}.md").write_text(GOOD.format(n=n), "utf-8")
    plain = subprocess.Popen(
        [*GANEWS, "--plain", str(tmp_path / "library")],
        env=environment(tmp_path / "home"),
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert plain.stdout is not None and plain.stdin is not None
    plain.stdin.write(b"l\n")
    plain.stdin.flush()
    seen = b""
    while "2：".encode() not in seen or not seen.endswith(b"\n"):
        more = os.read(plain.stdout.fileno(), 4096)
        assert more, seen.decode()
        seen += more
    assert "2：反诈宣传 第1讲".encode() in seen
    HARM[harm](folder / "1.md")
    out, err = plain.communicate(b"2\n1\nq\n", timeout=30)
    said = [line for line in out.decode().splitlines() if line]
    assert (plain.returncode, err) == (0, b"")
    assert len(said[0]) < 40
    if harm != "its bulletin removed":
        assert "第2篇的正文。" in out.decode()
