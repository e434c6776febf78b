"""Worker processes: start, import and interruption."""

import io
import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.archive import Archive, archive
from tests.program import GANEWS, PATIENCE, Program, environment
from tests.test_untrusted_folder import library
from tui.indexer.workers import WorkerPool

__all__ = ["archive"]


class Covered(io.StringIO):
    """A replacement for standard error, as an app with a screen installs: it has no file descriptor."""

    def fileno(self) -> int:
        return -1


def test_workers_start_while_an_app_has_the_screen(archive: Archive) -> None:
    before, sys.stderr = sys.stderr, Covered()
    try:
        crew = WorkerPool(archive.root, 1)
    finally:
        sys.stderr = before
    assert list(crew.results([])) == []
    crew.close()


def test_importing_the_main_module_in_a_worker_starts_nothing() -> None:
    """A worker process begins by importing the main module under another name."""
    code = "import runpy; runpy.run_module('tui', run_name='__mp_main__', alter_sys=True)"
    done = subprocess.run([sys.executable, "-c", code, "--version"], capture_output=True, text=True, env={**os.environ})
    assert (done.returncode, done.stdout) == (0, "")


def test_ctrl_c_prints_no_traceback_while_workers_start(tmp_path: Path) -> None:
    """The terminal sends Ctrl-C to every foreground process, including workers that cannot handle it yet."""
    root = library(tmp_path / "library")
    for pause in (0.05, 0.15, 0.3):
        home = tmp_path / f"home {pause}"
        with Program([*GANEWS, "search", "反诈", "--library", str(root)], env=environment(home)) as program:
            children = Path(f"/proc/{program.pid}/task/{program.pid}/children")
            if not children.exists():
                pytest.skip("this system does not tell who began a process")
            deadline = time.monotonic() + PATIENCE
            while not started(program.pid) and time.monotonic() < deadline:
                program.read(0.005)
            assert time.monotonic() < deadline
            end = time.monotonic() + pause
            while time.monotonic() < end:
                program.read(0.01)
            program.send("\x03")
            program.wait(20)
            program.settle(0.3)
            assert b"Traceback" not in program.raw, program.raw


def started(process: int) -> bool:
    """Return whether any thread of the process has started a process."""
    with suppress(OSError):
        return any(path.read_text() for path in Path(f"/proc/{process}/task").glob("*/children"))
    return False
