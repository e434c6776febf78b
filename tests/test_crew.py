"""Processes that read for another."""

import io
import os
import subprocess
import sys

from tests.archive import Archive, archive
from tui.indexer.crew import Crew

__all__ = ["archive"]


class Covered(io.StringIO):
    """What stands in place of the error output while an app has the screen: it has no file."""

    def fileno(self) -> int:
        return -1


def test_a_crew_comes_together_while_an_app_has_the_screen(archive: Archive) -> None:
    before, sys.stderr = sys.stderr, Covered()
    try:
        crew = Crew(archive.root, 1)
    finally:
        sys.stderr = before
    assert list(crew.results([])) == []
    crew.close()


def test_importing_the_program_as_a_new_process_does_starts_nothing() -> None:
    """Processes begin by importing the main module under another name."""
    code = "import runpy; runpy.run_module('tui', run_name='__mp_main__', alter_sys=True)"
    done = subprocess.run([sys.executable, "-c", code, "--version"], capture_output=True, text=True, env={**os.environ})
    assert (done.returncode, done.stdout) == (0, "")
